//! The retry policy, by tables and by properties.

use super::*;
use crate::answer::expected::MESSAGE;
use crate::answer::refusal;
use crate::data::value::Value;
use proptest::prelude::*;

const DEFAULT: Policy = Policy { max_retries: 2, retry_unknown: false };
const DANGEROUS: Policy = Policy { max_retries: 2, retry_unknown: true };

fn answered(status: u16) -> Happened {
    let outcome = refusal::outcome(status, &Value::Null, &MESSAGE);
    Happened::Answered { status, outcome, retry_after_ms: None }
}

fn after(happened: Happened, attempts: u32) -> History {
    let mut history = History { attempts, ..History::default() };
    history.record(happened.outcome());
    history
}

fn first(happened: Happened, policy: Policy) -> Next {
    decide(happened, after(happened, 1), policy, f64::INFINITY, 1.0)
}

#[test]
fn retries_only_what_provably_created_nothing() {
    for happened in [answered(429), answered(425), Happened::NotConnected] {
        assert!(matches!(first(happened, DEFAULT), Next::RetryAfter(_)), "{happened:?}");
    }
    for (happened, outcome) in [
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
        (Happened::Unreadable, Outcome::Unknown),
        (Happened::Lost, Outcome::Unknown),
        (Happened::NotSent, Outcome::NotSent),
        (Happened::Aborted { sent: false }, Outcome::NotSent),
        (Happened::Aborted { sent: true }, Outcome::Unknown),
    ] {
        assert_eq!(first(happened, DEFAULT), Next::GiveUp(outcome), "{happened:?}");
    }
}

#[test]
fn the_dangerous_option_also_retries_what_may_be_stored_and_nothing_else() {
    for happened in [answered(500), answered(408), Happened::Lost, Happened::Unreadable] {
        assert!(matches!(first(happened, DANGEROUS), Next::RetryAfter(_)), "{happened:?}");
    }
    for happened in
        [answered(404), answered(406), answered(422), Happened::NotSent, Happened::Aborted { sent: true }]
    {
        assert!(matches!(first(happened, DANGEROUS), Next::GiveUp(_)), "{happened:?}");
    }
}

#[test]
fn a_refusal_does_not_take_back_that_an_earlier_attempt_may_be_stored() {
    let mut history = after(Happened::Lost, 1);
    history.attempts = 2;
    history.record(Outcome::Rejected);
    assert_eq!(decide(answered(401), history, DANGEROUS, f64::INFINITY, 0.5), Next::GiveUp(Outcome::Unknown));
}

#[test]
fn a_422_that_may_be_stored_stays_so_whatever_comes_later() {
    let mut history = after(answered(422), 1);
    assert!(history.maybe_stored);
    history.record(Outcome::NotSent);
    assert_eq!(history.outcome(Happened::NotConnected), Outcome::Unknown);
}

#[test]
fn waits_double_up_to_their_bound() {
    let wait = |happened, attempts| wait_ms(happened, after(happened, attempts), 1.0);
    let waits: Vec<f64> = (1..=6).map(|n| wait(Happened::NotConnected, n)).collect();
    assert_eq!(waits, [500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0]);
    let waits: Vec<f64> = (1..=6).map(|n| wait(answered(429), n)).collect();
    assert_eq!(waits, [5000.0, 10_000.0, 20_000.0, 40_000.0, 60_000.0, 60_000.0]);
    assert_eq!(wait(Happened::NotConnected, u32::MAX), 8000.0);
}

#[test]
fn retry_after_is_the_floor_and_more_than_a_minute_is_not_waited_for() {
    let asked = |ms| Happened::Answered { status: 429, outcome: Outcome::Rejected, retry_after_ms: Some(ms) };
    assert_eq!(wait_ms(asked(7000.0), after(asked(7000.0), 1), 0.0), 7000.0);
    assert_eq!(wait_ms(asked(0.0), after(asked(0.0), 1), 1.0), 500.0);
    assert!(matches!(first(asked(60_000.0), DEFAULT), Next::RetryAfter(_)));
    assert_eq!(first(asked(60_001.0), DEFAULT), Next::GiveUp(Outcome::Rejected));
}

#[test]
fn a_429_pauses_the_client_unless_it_asks_for_more_than_a_minute() {
    let asked = |ms| Happened::Answered { status: 429, outcome: Outcome::Rejected, retry_after_ms: Some(ms) };
    let paused = |happened, history| pause(happened, history, 1.0);
    assert_eq!(paused(asked(7000.0), after(asked(7000.0), 1)), Some(7500.0));
    assert_eq!(paused(asked(60_001.0), after(asked(60_001.0), 1)), None);
    for other in [answered(425), answered(503), Happened::Lost, Happened::NotConnected] {
        assert_eq!(paused(other, after(other, 1)), None, "{other:?}");
    }
    // A call that goes first as a probe waits as long as the refusals before it have made usual.
    let probe = History { refusals: 3, ..after(answered(429), 1) };
    assert_eq!(paused(answered(429), probe), Some(20_000.0));
}

#[test]
fn a_429_behind_a_wrapper_that_may_have_stored_is_not_repeated() {
    let history = History { attempts: 1, maybe_stored: true, ..History::default() };
    let next = |policy| decide(answered(429), history, policy, f64::INFINITY, 0.5);
    assert_eq!(next(DEFAULT), Next::GiveUp(Outcome::Unknown));
    assert!(matches!(next(DANGEROUS), Next::RetryAfter(_)));
}

fn happened() -> impl Strategy<Value = Happened> {
    let retry_after = prop::option::of(0.0..1e9);
    let outcome = prop_oneof![Just(Outcome::Rejected), Just(Outcome::Unknown)];
    prop_oneof![
        (prop_oneof![400u16..600, any::<u16>()], outcome, retry_after).prop_map(
            |(status, outcome, retry_after_ms)| Happened::Answered { status, outcome, retry_after_ms }
        ),
        Just(Happened::Unreadable),
        Just(Happened::NotConnected),
        Just(Happened::NotSent),
        Just(Happened::Lost),
        any::<bool>().prop_map(|sent| Happened::Aborted { sent }),
    ]
}

proptest! {
    #[test]
    fn no_input_leads_to_a_retry_of_what_may_be_stored(
        happened in happened(), attempts in any::<u32>(), max_retries in any::<u32>(),
        remaining in prop_oneof![Just(f64::INFINITY), any::<f64>()], random in any::<f64>(),
    ) {
        let policy = Policy { max_retries, retry_unknown: false };
        let next = decide(happened, after(happened, attempts), policy, remaining, random);
        if happened.outcome() == Outcome::Unknown {
            prop_assert_eq!(next, Next::GiveUp(Outcome::Unknown));
        }
    }

    #[test]
    fn no_retries_means_none(happened in happened(), retry_unknown in any::<bool>(), random in any::<f64>()) {
        let policy = Policy { max_retries: 0, retry_unknown };
        let next = decide(happened, after(happened, 1), policy, f64::INFINITY, random);
        prop_assert!(matches!(next, Next::GiveUp(_)));
    }

    #[test]
    fn a_wait_stays_in_its_range_and_within_the_deadline(
        happened in happened(), attempts in 1u32..40, remaining in 0.0..200_000.0, random in any::<f64>(),
    ) {
        let policy = Policy { max_retries: 50, retry_unknown: true };
        if let Next::RetryAfter(wait) = decide(happened, after(happened, attempts), policy, remaining, random) {
            prop_assert!(wait.is_finite() && wait >= 0.0 && wait < remaining);
            prop_assert!(wait >= retry_after(happened).unwrap_or_default());
            prop_assert!(wait <= MAX_RETRY_AFTER_MS + BACKOFF_MS.1);
        }
    }
}
