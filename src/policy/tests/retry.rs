//! The retry policy, by tables and by properties.

use super::*;
use crate::answer::expected::MESSAGE;
use crate::answer::refusal;
use crate::data::value::Value;
use proptest::prelude::*;

const DEFAULT: Policy = Policy { max_retries: 2, retry_unknown: false };
const DANGEROUS: Policy = Policy { max_retries: 2, retry_unknown: true };

fn answered(status: u16) -> Failed {
    let outcome = refusal::outcome(status, &Value::Null, &MESSAGE);
    Failed { outcome, status: Some(status), ..Failed::new(Code::of_status(status)) }
}

/// A 429 that asks to wait.
fn asked(ms: f64) -> Failed {
    Failed { retry_after_ms: Some(ms), ..answered(429) }
}

fn not_connected() -> Failed {
    Failed { may_pass: true, ..Failed::new(Code::NotConnected) }
}

fn unreadable() -> Failed {
    Failed { status: Some(200), ..Failed::new(Code::UnreadableResponse) }
}

fn lost() -> Failed {
    Failed::new(Code::ConnectionLost)
}

fn after(failed: &Failed, attempts: u32) -> History {
    let mut history = History { attempts, ..History::default() };
    history.record(failed);
    history
}

fn first(failed: &Failed, policy: Policy) -> Next {
    decide(failed, after(failed, 1), policy, f64::INFINITY, 1.0)
}

#[test]
fn retries_only_what_provably_created_nothing() {
    for failed in [answered(429), answered(425), not_connected(), Failed::late()] {
        assert!(matches!(first(&failed, DEFAULT), Next::RetryAfter(_)), "{failed:?}");
    }
    for (failed, outcome) in [
        (answered(0), Outcome::Rejected),
        (answered(307), Outcome::Rejected),
        (answered(400), Outcome::Rejected),
        (answered(401), Outcome::Rejected),
        (answered(404), Outcome::Rejected),
        (answered(413), Outcome::Rejected),
        (answered(406), Outcome::Unknown),
        (answered(408), Outcome::Unknown),
        (answered(422), Outcome::Unknown),
        (answered(500), Outcome::Unknown),
        (answered(502), Outcome::Unknown),
        (answered(503), Outcome::Unknown),
        (unreadable(), Outcome::Unknown),
        (lost(), Outcome::Unknown),
        (Failed::new(Code::CertificateRefused), Outcome::NotSent),
        (Failed::stopped(true, false), Outcome::NotSent),
        (Failed::stopped(true, true), Outcome::Unknown),
    ] {
        assert_eq!(first(&failed, DEFAULT), Next::GiveUp(outcome), "{failed:?}");
    }
}

#[test]
fn the_dangerous_option_also_retries_what_may_be_stored_and_nothing_else() {
    for failed in [answered(500), answered(408), lost(), unreadable(), Failed::stopped(false, true)] {
        assert!(matches!(first(&failed, DANGEROUS), Next::RetryAfter(_)), "{failed:?}");
    }
    for failed in [
        answered(404),
        answered(406),
        answered(422),
        Failed::new(Code::CertificateRefused),
        Failed::stopped(true, true),
    ] {
        assert!(matches!(first(&failed, DANGEROUS), Next::GiveUp(_)), "{failed:?}");
    }
}

#[test]
fn a_refusal_does_not_take_back_that_an_earlier_attempt_may_be_stored() {
    let mut history = after(&lost(), 1);
    history.attempts = 2;
    history.record(&answered(401));
    assert_eq!(
        decide(&answered(401), history, DANGEROUS, f64::INFINITY, 0.5),
        Next::GiveUp(Outcome::Unknown)
    );
}

#[test]
fn a_422_that_may_be_stored_stays_so_whatever_comes_later() {
    let mut history = after(&answered(422), 1);
    assert!(history.maybe_stored);
    history.record(&not_connected());
    assert_eq!(history.outcome(&not_connected()), Outcome::Unknown);
}

#[test]
fn waits_double_up_to_their_bound() {
    let wait = |failed: Failed, attempts| wait_ms(&failed, after(&failed, attempts), 1.0);
    let waits: Vec<f64> = (1..=6).map(|n| wait(not_connected(), n)).collect();
    assert_eq!(waits, [500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0]);
    let waits: Vec<f64> = (1..=6).map(|n| wait(answered(429), n)).collect();
    assert_eq!(waits, [5000.0, 10_000.0, 20_000.0, 40_000.0, 60_000.0, 60_000.0]);
    assert_eq!(wait(not_connected(), u32::MAX), 8000.0);
}

#[test]
fn retry_after_is_the_floor_and_more_than_a_minute_is_not_waited_for() {
    assert_eq!(wait_ms(&asked(7000.0), after(&asked(7000.0), 1), 0.0), 7000.0);
    assert_eq!(wait_ms(&asked(0.0), after(&asked(0.0), 1), 1.0), 500.0);
    assert!(matches!(first(&asked(60_000.0), DEFAULT), Next::RetryAfter(_)));
    assert_eq!(first(&asked(60_001.0), DEFAULT), Next::GiveUp(Outcome::Rejected));
}

#[test]
fn a_429_pauses_the_client_unless_it_asks_for_more_than_a_minute() {
    let paused = |failed: Failed| pause(&failed, after(&failed, 1), 1.0);
    assert_eq!(paused(asked(7000.0)), Some(7500.0));
    assert_eq!(paused(asked(60_001.0)), None);
    for other in [answered(425), answered(503), lost(), not_connected()] {
        assert_eq!(paused(other.clone()), None, "{other:?}");
    }
    // A call that goes first as a probe waits as long as the refusals before it have made usual.
    let probe = History { refusals: 3, ..after(&answered(429), 1) };
    assert_eq!(pause(&answered(429), probe, 1.0), Some(20_000.0));
}

#[test]
fn a_429_behind_a_wrapper_that_may_have_stored_is_not_repeated() {
    let history = History { attempts: 1, maybe_stored: true, ..History::default() };
    let next = |policy| decide(&answered(429), history, policy, f64::INFINITY, 0.5);
    assert_eq!(next(DEFAULT), Next::GiveUp(Outcome::Unknown));
    assert!(matches!(next(DANGEROUS), Next::RetryAfter(_)));
}

fn failed() -> impl Strategy<Value = Failed> {
    let retry_after = prop::option::of(0.0..1e9);
    let outcome = prop_oneof![Just(Outcome::Rejected), Just(Outcome::Unknown)];
    prop_oneof![
        (prop_oneof![400u16..600, any::<u16>()], outcome, retry_after).prop_map(
            |(status, outcome, retry_after_ms)| Failed { outcome, retry_after_ms, ..answered(status) }
        ),
        Just(unreadable()),
        Just(not_connected()),
        Just(Failed::new(Code::AuthorizationFailed)),
        Just(lost()),
        (any::<bool>(), any::<bool>()).prop_map(|(aborted, sent)| Failed::stopped(aborted, sent)),
    ]
}

proptest! {
    #[test]
    fn no_input_leads_to_a_retry_of_what_may_be_stored(
        failed in failed(), attempts in any::<u32>(), max_retries in any::<u32>(),
        remaining in prop_oneof![Just(f64::INFINITY), any::<f64>()], random in any::<f64>(),
    ) {
        let policy = Policy { max_retries, retry_unknown: false };
        let next = decide(&failed, after(&failed, attempts), policy, remaining, random);
        if failed.outcome == Outcome::Unknown {
            prop_assert_eq!(next, Next::GiveUp(Outcome::Unknown));
        }
    }

    #[test]
    fn no_retries_means_none(failed in failed(), retry_unknown in any::<bool>(), random in any::<f64>()) {
        let policy = Policy { max_retries: 0, retry_unknown };
        let next = decide(&failed, after(&failed, 1), policy, f64::INFINITY, random);
        prop_assert!(matches!(next, Next::GiveUp(_)));
    }

    #[test]
    fn a_wait_stays_in_its_range_and_within_the_deadline(
        failed in failed(), attempts in 1u32..40, remaining in 0.0..200_000.0, random in any::<f64>(),
    ) {
        let policy = Policy { max_retries: 50, retry_unknown: true };
        if let Next::RetryAfter(wait) = decide(&failed, after(&failed, attempts), policy, remaining, random) {
            prop_assert!(wait.is_finite() && wait >= 0.0 && wait < remaining);
            prop_assert!(wait >= failed.retry_after_ms.unwrap_or_default());
            prop_assert!(wait <= MAX_RETRY_AFTER_MS + BACKOFF_MS.1);
        }
    }
}
