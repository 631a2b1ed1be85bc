use super::*;

#[test]
fn what_stopped_an_attempt_before_it_was_sent_proves_that_nothing_was() {
    assert_eq!(Failed::stopped(true, false).outcome, Outcome::NotSent);
    assert_eq!(Failed::stopped(false, false).outcome, Outcome::NotSent);
    assert_eq!(Failed::stopped(true, true).outcome, Outcome::Unknown);
    assert_eq!(Failed::stopped(false, true).outcome, Outcome::Unknown);
}
