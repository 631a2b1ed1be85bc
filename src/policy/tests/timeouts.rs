use super::*;

#[test]
fn the_shorter_limit_ends_an_attempt() {
    let timeouts = Timeouts::new(30_000.0, 120_000.0, 0);
    let limit = timeouts.next(0.0);
    assert_eq!((limit.ms, limit.is_total), (30_000.0, false));
    let limit = timeouts.next(100_000.0);
    assert_eq!((limit.ms, limit.is_total, limit.option_ms), (20_000.0, true, 120_000.0));
    assert_eq!(timeouts.next(130_000.0).ms, 1.0);
    assert!(!timeouts.is_over(119_999.0));
    assert!(timeouts.is_over(120_000.0));
}

#[test]
fn files_extend_both_by_a_second_per_128_kib() {
    let timeouts = Timeouts::new(30_000.0, 120_000.0, 10 * 131_072);
    assert_eq!(timeouts.next(0.0).ms, 40_000.0);
    assert_eq!(timeouts.remaining(0.0), 130_000.0);
}

#[test]
fn zero_is_no_limit_whatever_the_files() {
    let timeouts = Timeouts::new(0.0, 0.0, 1 << 40);
    assert_eq!(timeouts.next(1e9).ms, 0.0);
    assert_eq!(timeouts.remaining(1e9), f64::INFINITY);
    assert!(!timeouts.is_over(1e9));
    let only_total = Timeouts::new(0.0, 5_000.0, 0).next(1_000.0);
    assert_eq!((only_total.ms, only_total.is_total), (4_000.0, true));
}
