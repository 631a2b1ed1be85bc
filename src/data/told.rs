//! What goes to JavaScript: errors, issues, failures, warnings and events are all made of the fields below.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::marker::PhantomData;

/// Data for JavaScript.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number.
    Number(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Told>),
    /// An object.
    Object(Vec<(&'static str, Told)>),
}

#[cfg(test)]
impl Told {
    /// The field of an object.
    pub fn get(&self, name: &str) -> Option<&Told> {
        match self {
            Told::Object(fields) => fields.iter().find(|(known, _)| *known == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Text.
    pub fn text(text: &str) -> Told {
        Told::Text(text.to_owned())
    }

    /// The text, if this is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Told::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A field's name, which knows what may be in the field.
#[derive(Debug)]
pub struct Key<K>(&'static str, PhantomData<K>);

/// Text.
#[derive(Debug)]
pub struct Text;
/// Text, or `null`.
#[derive(Debug)]
pub struct Maybe;
/// A number.
#[derive(Debug)]
pub struct Number;
/// An id: a number, or from 2^53 on, where JavaScript's numbers have gaps, a string of digits.
#[derive(Debug)]
pub struct Id;
/// A flag.
#[derive(Debug)]
pub struct Flag;
/// The way to a field: the root's text, then names and positions.
#[derive(Debug)]
pub struct Steps;
/// A list of names.
#[derive(Debug)]
pub struct Names;
/// Numbers and words by their names.
#[derive(Debug)]
pub struct Params;
/// A list of issues.
#[derive(Debug)]
pub struct Issues;
/// What a form is made of.
#[derive(Debug)]
pub struct Form;
/// A failed delivery, explained.
#[derive(Debug)]
pub struct Failure;

macro_rules! keys {
    ($($(#[$doc:meta])* $key:ident: $kind:ident = $name:literal,)*) => {
        $($(#[$doc])* pub const $key: Key<$kind> = Key($name, PhantomData);)*

        /// All names and kinds.
        #[cfg(test)]
        pub const KEYS: &[(&str, &str)] = &[$(($name, stringify!($kind)),)*];
    };
}

keys! {
    /// An event's kind, or a file's media type.
    TYPE: Text = "type",
    /// A sentence for a reader.
    MESSAGE: Text = "message",
    /// A stable word for programs.
    CODE: Text = "code",
    /// Whether the message went out.
    OUTCOME: Text = "outcome",
    /// How many attempts there were.
    ATTEMPTS: Number = "attempts",
    /// The conversation.
    CONVERSATION_ID: Id = "conversationId",
    /// The message, where there is one.
    MESSAGE_ID: Id = "messageId",
    /// The HTTP status.
    STATUS: Number = "status",
    /// How long to wait before the next try, in milliseconds.
    RETRY_AFTER_MS: Number = "retryAfterMs",
    /// What is wrong with what a caller wrote.
    ISSUES: Issues = "issues",
    /// The path of an event's request.
    PATH: Text = "path",
    /// Where an issue is.
    STEPS: Steps = "path",
    /// What is wrong there; it follows the path.
    PROBLEM: Text = "problem",
    /// Of a name that is not known, those that are.
    KNOWN: Names = "known",
    /// What a sentence about the problem in another language would need.
    PARAMS: Params = "params",
    /// What ends a sentence about them.
    HINT: Text = "hint",
    /// How bad an issue is.
    SEVERITY: Text = "severity",
    /// Why a message was not delivered.
    FAILURE: Failure = "failure",
    /// What the channel said, if it said anything.
    RAW: Maybe = "raw",
    /// The channel's code.
    CHANNEL_CODE: Number = "code",
    /// What the channel said, without the code.
    TEXT: Text = "text",
    /// What kind of failure it is.
    CLASS: Text = "class",
    /// Whether a program may try again.
    CAN_RETRY: Flag = "canRetry",
    /// How often.
    MAX_RETRIES: Number = "maxRetries",
    /// What to do.
    ADVICE: Text = "advice",
    /// The method of an event's request.
    METHOD: Text = "method",
    /// Which attempt an event is about.
    ATTEMPT: Number = "attempt",
    /// How long an attempt took, in milliseconds.
    DURATION_MS: Number = "durationMs",
    /// When the next attempt begins, in milliseconds.
    DELAY_MS: Number = "delayMs",
    /// The field of the message that a warning is about.
    DOUBTED: Steps = "field",
    /// The field of a form that a file goes into.
    FIELD: Text = "field",
    /// The texts of a form.
    FIELDS: Form = "fields",
    /// Its files.
    FILES: Form = "files",
    /// The name of a text or a file.
    NAME: Text = "name",
    /// What a queue does next.
    DO: Text = "do",
    /// When, in milliseconds from now.
    AFTER_MS: Number = "afterMs",
    /// What it does with the message itself, once a person has put things right.
    THEN: Text = "then",
    /// Why.
    WHY: Text = "why",
    /// The place of a file among the binaries that came with the message.
    INDEX: Number = "index",
}

/// An object that is being put together.
#[derive(Debug, Default)]
pub struct ObjectBuilder(Vec<(&'static str, Told)>);

impl ObjectBuilder {
    fn add(&mut self, name: &'static str, value: Told) {
        self.0.push((name, value));
    }

    /// Adds text.
    pub fn text(&mut self, key: Key<Text>, text: &str) {
        self.add(key.0, Told::Text(text.to_owned()));
    }

    /// Adds text, or `null`.
    pub fn maybe(&mut self, key: Key<Maybe>, text: Option<&str>) {
        self.add(key.0, text.map_or(Told::Null, |text| Told::Text(text.to_owned())));
    }

    /// Adds a number, if there is one.
    pub fn number(&mut self, key: Key<Number>, number: Option<f64>) {
        if let Some(number) = number {
            self.add(key.0, Told::Number(number));
        }
    }

    /// Adds an id.
    pub fn id(&mut self, key: Key<Id>, id: i64) {
        self.add(key.0, id_told(id));
    }

    /// Adds a flag.
    pub fn flag(&mut self, key: Key<Flag>, flag: bool) {
        self.add(key.0, Told::Flag(flag));
    }

    /// Adds the way to a field.
    pub fn steps(&mut self, key: Key<Steps>, steps: Told) {
        self.add(key.0, steps);
    }

    /// Adds numbers and words.
    pub fn params(&mut self, key: Key<Params>, params: Told) {
        self.add(key.0, params);
    }

    /// Adds a list of names.
    pub fn names(&mut self, key: Key<Names>, names: &[&str]) {
        let mut list = Vec::new();
        names.iter().for_each(|name| list.push(Told::Text((*name).to_owned())));
        self.add(key.0, Told::List(list));
    }

    /// Adds a list of issues.
    pub fn issues(&mut self, key: Key<Issues>, issues: Told) {
        self.add(key.0, issues);
    }

    /// Adds the parts of a form.
    pub fn parts(&mut self, key: Key<Form>, parts: Vec<Told>) {
        self.add(key.0, Told::List(parts));
    }

    /// Adds a failure.
    pub fn failure(&mut self, key: Key<Failure>, failure: Told) {
        self.add(key.0, failure);
    }

    /// The object.
    pub fn build(self) -> Told {
        Told::Object(self.0)
    }
}

/// An object with a field of every kind, for tests.
#[cfg(test)]
pub fn sample() -> Told {
    let mut file = ObjectBuilder::default();
    file.text(NAME, "a");
    let mut all = ObjectBuilder::default();
    all.text(MESSAGE, "é😀");
    all.maybe(RAW, None);
    all.number(STATUS, Some(1.5));
    all.number(ATTEMPT, None);
    all.id(MESSAGE_ID, 7);
    all.id(CONVERSATION_ID, 9_007_199_254_740_992);
    all.flag(CAN_RETRY, true);
    all.steps(STEPS, Told::List(vec![Told::text("a"), Told::Number(0.0)]));
    all.names(KNOWN, &["a", "b"]);
    all.params(PARAMS, Told::Object(vec![("limit", Told::Number(7.0))]));
    all.issues(ISSUES, Told::List(vec![]));
    all.parts(FILES, vec![file.build()]);
    all.failure(FAILURE, Told::Null);
    all.build()
}

fn id_told(id: i64) -> Told {
    const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;
    if id <= MAX_SAFE_INTEGER { Told::Number(id as f64) } else { Told::Text(id.to_string()) }
}

impl Serialize for Told {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Told::Null => serializer.serialize_unit(),
            Told::Flag(flag) => serializer.serialize_bool(*flag),
            Told::Number(number) => serializer.serialize_f64(*number),
            Told::Text(text) => serializer.serialize_str(text),
            Told::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Told::Object(fields) => {
                let mut object = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    object.serialize_entry(name, value)?;
                }
                object.end()
            }
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn ids_that_javascript_cannot_hold_become_text() {
        assert_eq!(id_told(9_007_199_254_740_991), Told::Number(9_007_199_254_740_991.0));
        assert_eq!(id_told(9_007_199_254_740_992), Told::Text("9007199254740992".to_owned()));
    }
}
