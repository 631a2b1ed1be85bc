use super::*;

#[test]
fn finds_the_first_position_that_is_missing() {
    let of = |keys: &[&'static str]| first_missing(keys.iter().copied(), keys.len());
    assert_eq!(of(&["3", "1", "2"]), None);
    assert_eq!(of(&["1", "3"]), Some(2));
    assert_eq!(of(&["0", "1"]), Some(2));
    assert_eq!(of(&["01", "2"]), Some(1));
    assert_eq!(of(&["1", "99999999999999999999"]), Some(2));
}
