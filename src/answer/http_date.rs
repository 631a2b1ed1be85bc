//! HTTP's dates (RFC 9110 section 5.6.7), in all three forms a server may still write.

use crate::data::number;
use crate::data::text::{has_one_of, split};

const MONTHS: &str = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
const WEEKDAYS: &str = "Mon Tue Wed Thu Fri Sat Sun";

/// The parts of a date as they come.
#[derive(Default)]
struct Parts {
    day: Option<u64>,
    month: Option<u64>,
    year: Option<u64>,
    seconds: Option<u64>,
}

/// The seconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
/// `Sun Nov  6 08:49:37 1994`; `None` for anything else, and before 1970.
pub fn parse(text: &str) -> Option<u64> {
    let mut words = split(text, " ,-").filter(|word| !word.is_empty());
    let weekday = words.next()?.get(..3)?;
    position(WEEKDAYS, weekday)?;
    let mut parts = Parts::default();
    for word in words {
        read_word(&mut parts, word)?;
    }
    seconds_since_1970(&parts)
}

fn position(list: &'static str, word: &str) -> Option<usize> {
    split(list, " ").position(|name| name == word)
}

fn read_word(parts: &mut Parts, word: &str) -> Option<()> {
    if let Some(before) = position(MONTHS, word) {
        parts.month = u64::try_from(before.checked_add(1)?).ok();
    } else if has_one_of(word, ":") {
        parts.seconds = Some(time_of_day(word)?);
    } else if word != "GMT" {
        let number = digits(word)?;
        if parts.day.is_none() {
            parts.day = Some(number);
        } else {
            parts.year = Some(whole_year(number, word.len())?);
        }
    }
    Some(())
}

fn digits(word: &str) -> Option<u64> {
    if word.len() > 4 {
        return None;
    }
    number::parse_digits(word).and_then(|number| u64::try_from(number).ok())
}

/// Two digits are of the century around 2020.
fn whole_year(number: u64, length: usize) -> Option<u64> {
    match (length, number) {
        (4, 1970..) => Some(number),
        (2, 70..) => number.checked_add(1900),
        (2, _) => number.checked_add(2000),
        _ => None,
    }
}

/// The seconds of `08:49:37`; a leap second is taken.
fn time_of_day(word: &str) -> Option<u64> {
    let mut numbers = split(word, ":").map(digits);
    let (hour, minute, second) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let valid = hour < 24 && minute < 60 && second <= 60 && numbers.next().is_none();
    let minutes = hour.checked_mul(60)?.checked_add(minute)?;
    valid.then(|| minutes.checked_mul(60)?.checked_add(second)).flatten()
}

fn seconds_since_1970(parts: &Parts) -> Option<u64> {
    let (year, month) = (parts.year?, parts.month?);
    let day = parts.day.filter(|day| (1..=31).contains(day))?;
    let mut days = day.checked_sub(1)?;
    for year in 1970..year {
        days = days.checked_add(days_of_year(year))?;
    }
    for month in 1..month {
        days = days.checked_add(days_of_month(month, year))?;
    }
    days.checked_mul(86_400)?.checked_add(parts.seconds?)
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of_year(year: u64) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_of_month(month: u64, year: u64) -> u64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/http_date.rs"]
mod tests;
