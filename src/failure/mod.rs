//! Why a message was not delivered, and what to do about it.
//!
//! The knowledge is in two data files beside this one: `whatsapp-codes.tsv` (code or range, class, the code's own advice,
//! where its class's says too little, least delay in seconds, most automatic tries; what is missing is none) and
//! `classes.tsv` (class, advice). `whatsapp-sources.tsv` is for readers alone: the basis of each row, which is D, Meta
//! documents the action; DJ, documented cause and our delay; or J, our judgement. `node scripts/build/failures.mjs` makes
//! docs/failures.md of all three.

use crate::data::json;
use crate::data::number;
use crate::data::text::{before, split, split_once};
use crate::data::told::{self, ObjectBuilder, Told};
use crate::data::value::Value;
use crate::message::limits::Channel;

const CODES: &str = include_str!("whatsapp-codes.tsv");
const CLASSES: &str = include_str!("classes.tsv");
/// Bytes.
const MOST_KEPT: usize = 64 * 1024;
/// The row of [`CLASSES`] for a template that was refused as a text would be.
const TEMPLATE_REFUSED: &str = "template_refused";
/// What a sender knows who knows nothing.
const UNKNOWN: &str = "unknown";
/// The rows of [`CLASSES`] for what is unknown since there is no reason at all, and since it is another channel's.
const NO_REASON: &str = "no_reason";
const OTHER_CHANNEL: &str = "other_channel";

/// A failed delivery, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// `external_error` as LiveDesk gave it, if it gave any: its first 64 KiB.
    pub raw: Option<String>,
    /// Meta's error code, when the text is one of WhatsApp's two shapes and the code is known.
    pub code: Option<u32>,
    /// The text without the code; empty when there is none.
    pub text: String,
    /// What kind of failure it is: `retry_now`, `retry_later`, `wait`, `use_template`, `fix_request`,
    /// `fix_account`, `never` or `unknown`.
    pub class: &'static str,
    /// Whether a program may call retry without a person doing something first.
    pub can_retry: bool,
    /// The least wait before that retry, in milliseconds.
    pub retry_after_ms: Option<u32>,
    /// The most automatic retries.
    pub max_retries: Option<u32>,
    /// One sentence a support agent can act on.
    pub advice: String,
}

impl Failure {
    /// Upstream stored the message without some of its files: the channel has no say in it.
    pub fn of_lost_files(advice: String) -> Failure {
        let class = "fix_request";
        let mut failure = describe(None, None, String::new(), &Entry::of_class(class));
        failure.advice = advice;
        failure
    }

    /// Whether the same message may go out at another time: after a wait, after a person has done something, or where
    /// nothing is known. The rest needs another message, or none.
    pub fn may_be_mended(&self) -> bool {
        !matches!(self.class, "use_template" | "fix_request" | "never" | "wait")
    }

    /// The same failure of a template: nobody is told to send one instead.
    pub fn of_template(mut self) -> Failure {
        if self.class == "use_template" {
            self.advice = advice_of(TEMPLATE_REFUSED).to_owned();
        }
        self
    }

    /// The failure as JavaScript sees it.
    pub fn to_value(&self) -> Told {
        let mut object = ObjectBuilder::default();
        object.maybe(told::RAW, self.raw.as_deref());
        object.number(told::CHANNEL_CODE, self.code.map(f64::from));
        object.text(told::TEXT, &self.text);
        object.text(told::CLASS, self.class);
        object.flag(told::CAN_RETRY, self.can_retry);
        object.number(told::RETRY_AFTER_MS, self.retry_after_ms.map(f64::from));
        object.number(told::MAX_RETRIES, self.max_retries.map(f64::from));
        object.text(told::ADVICE, &self.advice);
        object.build()
    }
}

/// What the table says of one code.
struct Entry {
    class: &'static str,
    min_delay_s: u32,
    auto_max: u32,
    advice: &'static str,
}

/// Explains a message, its `external_error`, a code of WhatsApp's alone, or `null`.
///
/// With a `channel` other than WhatsApp a number is never read as WhatsApp's.
pub fn explain(failed: &Value, channel: Option<Channel>) -> Failure {
    let external_error = match failed {
        Value::Object(_) => {
            failed.get("content_attributes").and_then(|attributes| attributes.get("external_error"))
        }
        other => Some(other),
    };
    let raw = match external_error {
        // What JSON cannot carry is nothing that LiveDesk gave.
        None | Some(Value::Null | Value::Undefined | Value::Foreign(_)) => None,
        Some(Value::Text(text)) => Some(beginning(text)),
        Some(other) => Some(beginning(&json::write(other))),
    };
    let whatsapp = channel.is_none_or(|channel| channel == Channel::WhatsApp);
    let known = raw
        .as_deref()
        .filter(|_| whatsapp)
        .and_then(|raw| split_whatsapp(raw).or_else(|| bare_code(failed, raw)))
        .and_then(|(code, text)| Some((code, text, look_up(code)?)));
    let (code, text, entry) = match known {
        Some((code, text, entry)) => (Some(code), text.to_owned(), entry),
        None => {
            let text = raw.as_deref().unwrap_or_default().trim().to_owned();
            let mut entry = Entry::of_class(UNKNOWN);
            if text.is_empty() {
                entry.advice = advice_of(NO_REASON);
            } else if !whatsapp || is_other_channels(&text) {
                entry.advice = advice_of(OTHER_CHANNEL);
            }
            (None, text, entry)
        }
    };
    let explained = describe(raw, code, text, &entry);
    if is_template(failed) { explained.of_template() } else { explained }
}

/// A code by itself, of who asks for it; in a message it is another channel's.
fn bare_code<'a>(failed: &Value, raw: &'a str) -> Option<(u32, &'a str)> {
    if matches!(failed, Value::Object(_)) { None } else { Some((small(raw.trim())?, "")) }
}

/// `190 - text` (Facebook, Instagram, Twilio) and `403, text` (Telegram).
fn is_other_channels(text: &str) -> bool {
    let number = before(text, " ,");
    let rest = text.get(number.len()..).unwrap_or_default();
    small(number).is_some() && (rest.starts_with(" - ") || rest.starts_with(", "))
}

/// Whether the message in an answer is a template, as far as it tells.
pub fn is_template(message: &Value) -> bool {
    // 3 is upstream's number for a template among the types of messages.
    if message.get("message_type").and_then(Value::as_int) == Some(3) {
        return true;
    }
    let attributes = message.get("additional_attributes");
    matches!(attributes.and_then(|attributes| attributes.get("template_params")), Some(Value::Object(_)))
}

/// What is kept of an `external_error`: its first 64 KiB.
fn beginning(text: &str) -> String {
    if text.len() <= MOST_KEPT {
        return text.to_owned();
    }
    // A character has at most four bytes.
    let cut = (0..4).find_map(|bytes| text.get(..MOST_KEPT.saturating_sub(bytes)));
    format!("{}...", cut.unwrap_or_default())
}

fn describe(raw: Option<String>, code: Option<u32>, text: String, entry: &Entry) -> Failure {
    let can_retry = matches!(entry.class, "retry_now" | "retry_later");
    let advice = fill(entry.advice, entry);
    Failure {
        raw,
        code,
        text,
        class: entry.class,
        can_retry,
        // After `wait` a person may try again, though no program.
        retry_after_ms: (entry.min_delay_s > 0 || can_retry).then(|| entry.min_delay_s.saturating_mul(1000)),
        max_retries: can_retry.then_some(entry.auto_max),
        advice,
    }
}

/// The advice with its `{delay}` and `{tries}` filled in.
fn fill(advice: &str, entry: &Entry) -> String {
    let mut filled = String::new();
    for part in split(advice, "{}") {
        match part {
            "delay" => filled.push_str(&duration(entry.min_delay_s)),
            "tries" => filled.push_str(&times(entry.auto_max)),
            text => filled.push_str(text),
        }
    }
    filled
}

impl Entry {
    fn of_class(class: &'static str) -> Entry {
        Entry { class, min_delay_s: 0, auto_max: 0, advice: advice_of(class) }
    }
}

/// WhatsApp's two shapes: `131047: text`, reported later, and `(#132000) text`, reported at once.
fn split_whatsapp(raw: &str) -> Option<(u32, &str)> {
    let raw = raw.trim();
    let (code, text) = match raw.strip_prefix("(#") {
        Some(rest) => split_once(rest, ")")?,
        // A time of day has no blank there.
        None => split_once(raw, ":").filter(|(_, text)| text.is_empty() || text.starts_with(' '))?,
    };
    Some((small(code)?, text.trim()))
}

fn look_up(code: u32) -> Option<Entry> {
    let listed = rows(CODES).find_map(|row| {
        let mut cells = split(row, "\t");
        let (first, last) = range(cells.next()?)?;
        if !(first..=last).contains(&code) {
            return None;
        }
        let class = cells.next()?;
        let own = cells.next().unwrap_or_default();
        let advice = if own.is_empty() { advice_of(class) } else { own };
        let mut number = || cells.next().and_then(small).unwrap_or_default();
        Some(Entry { class, min_delay_s: number(), auto_max: number(), advice })
    });
    listed.or(match code {
        // Families of Meta's codes: templates, and the phone number's registration.
        132_000..=132_999 => Some(Entry::of_class("fix_request")),
        133_000..=133_999 => Some(Entry::of_class("fix_account")),
        _ => None,
    })
}

/// `131047` or `200-299`.
fn range(cell: &str) -> Option<(u32, u32)> {
    let (first, last) = split_once(cell, "-").unwrap_or((cell, cell));
    Some((small(first)?, small(last)?))
}

fn small(digits: &str) -> Option<u32> {
    u32::try_from(number::parse_digits(digits)?).ok()
}

fn advice_of(class: &str) -> &'static str {
    rows(CLASSES)
        .filter_map(|row| split_once(row, "\t"))
        .find(|(name, _)| *name == class)
        .map_or("", |(_, advice)| advice)
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    split(table, "\n").skip(1).filter(|row| !row.is_empty())
}

/// A delay in words, in the largest unit that fits: `30 seconds`, `24 hours`.
fn duration(seconds: u32) -> String {
    let (number, unit) = match seconds {
        0..=119 => (seconds, "second"),
        120..=7199 => (seconds.div_euclid(60), "minute"),
        _ => (seconds.div_euclid(3600), "hour"),
    };
    plural(number, unit)
}

fn times(number: u32) -> String {
    match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => plural(number, "time"),
    }
}

fn plural(number: u32, unit: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{ending}")
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
