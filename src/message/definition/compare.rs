//! What a message's `template_params` lack, or have too much of, beside the template's definition.
//!
//! Each of it is what Meta refuses later: 132000 (another number of values), 132012 (a header of another format), 131008
//! (a button without its value), 132018 (a value that nothing waits for), 132001 (another name or language), 132015
//! (paused).

use super::button::Button;
use super::placeholders::names;
use super::{
    BODY, BUTTONS, Definition, FOOTER_TEXT, HEADER, HEADER_TEXT, HEADERS, at, filling, index_of, items, same,
    text_of,
};
use crate::data::text::split_once;
use crate::data::value::Value;
use crate::input::issue::{Detail, Issues, count};
use crate::input::place::Place;

/// To more than so many unknown names no similar ones are looked for, and no more are listed.
const MOST_GUESSES: usize = 20;

const PARAMS: Place<'_> = Place::Root("template_params");
/// The texts with variables, and where their values stand.
const PARTS: [(&str, &str); 3] = [("body", BODY), ("header", HEADER_TEXT), ("footer", FOOTER_TEXT)];

/// Reports every difference.
pub fn compare(definition: Definition<'_>, params: &Value, issues: &mut Issues) {
    check_identity(definition, params, issues);
    check_header(definition.header(), at(params, HEADER), issues);
    let mut parts = Vec::new();
    for (name, path) in PARTS {
        parts.push(Part::of(name, path, definition, params));
    }
    for (index, part) in parts.iter().enumerate() {
        // What is too much in the body may be the header's, all else the body's.
        if let Some(other) = parts.get(usize::from(index == 0)) {
            check_part(part, other, issues);
        }
    }
    check_buttons(definition.buttons(), params, issues);
}

/// An error at a field of what stands at `place`, or at that itself: `said` is the field, a code and the words, each
/// after a blank, and `facts` are what stands in them.
fn error(place: &Place<'_>, said: &'static str, facts: &[(&'static str, Detail<'_>)], issues: &mut Issues) {
    let (key, rest) = split_once(said, " ").unwrap_or_default();
    let (code, problem) = split_once(rest, " ").unwrap_or_default();
    let field = place.field(key);
    issues.error_with(if key.is_empty() { place } else { &field }, code, problem, facts);
}

/// One text with variables, and what the message gives for them.
struct Part<'a> {
    name: &'static str,
    path: &'static str,
    wanted: Vec<&'a str>,
    extra: Vec<&'a str>,
    missing: Vec<&'a str>,
}

impl<'a> Part<'a> {
    fn of(
        name: &'static str,
        path: &'static str,
        definition: Definition<'a>,
        params: &'a Value<'a>,
    ) -> Part<'a> {
        let wanted = names(definition.text(name));
        let mut given = Vec::new();
        if let Value::Object(fields) = at(params, path) {
            for (key, _) in fields {
                given.push(*key);
            }
        }
        let (extra, missing) = (without(&given, &wanted), without(&wanted, &given));
        Part { name, path, wanted, extra, missing }
    }

    /// `{{1}}, {{2}}`, or `no variables`.
    fn listed(&self) -> String {
        if self.wanted.is_empty() {
            return "no variables".to_owned();
        }
        let first = self.wanted.get(..MOST_GUESSES).unwrap_or(&self.wanted);
        format!("{{{{{}}}}}", first.join("}}, {{"))
    }
}

/// Those of `names` that are not among the others.
fn without<'a>(names: &[&'a str], others: &[&str]) -> Vec<&'a str> {
    let mut rest = Vec::new();
    for name in names {
        if !others.contains(name) {
            rest.push(*name);
        }
    }
    rest
}

/// How many bytes the names begin with in common.
fn in_common(name: &str, other: &str) -> usize {
    name.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count()
}

fn check_identity(definition: Definition<'_>, params: &Value, issues: &mut Issues) {
    for (key, said) in [
        ("name", "name wrong_template is another one; the definition's is {suggestion}"),
        ("language", "language wrong_language is another one; the definition's is {suggestion}"),
    ] {
        if let (Some(given), Some(defined)) = (text_of(params, key), text_of(definition.0, key))
            && given != defined
        {
            error(&PARAMS, said, &[("suggestion", Detail::Word(defined))], issues);
        }
    }
    if let Some(status) = text_of(definition.0, "status")
        && !same(status, "approved")
    {
        let said = "name not_approved is of a template that is {status}; Meta sends only APPROVED ones";
        error(&PARAMS, said, &[("status", Detail::Word(status))], issues);
    }
    if let Some(kind) = definition.unfillable() {
        let said = "name cannot_fill cannot be sent: LiveDesk has no parameters for a {kind}";
        error(&PARAMS, said, &[("kind", Detail::Word(kind))], issues);
    }
}

/// `other` is where a value may have been meant to go.
fn check_part(part: &Part<'_>, other: &Part<'_>, issues: &mut Issues) {
    let place = Place::Root(part.path);
    let mut missing = without(&part.missing, &[]);
    let is_pairwise = part.extra.len() == missing.len();
    let listed = part.listed();
    for name in &part.extra {
        let is_elsewhere = missing.is_empty() || other.missing.contains(name);
        let mut said = " extra_parameter is not in the template's {part}, which has {known} (132000)";
        let mut fact = ("known", listed.as_str());
        if part.extra.len() > MOST_GUESSES {
            // Too many to look for what was meant.
        } else if let Some(waiting) = other.missing.first().filter(|_| is_elsewhere) {
            said = if other.name == "body" {
                " misplaced_parameter is not in the template's {part}; its body waits for {{{suggestion}}} (132000)"
            } else {
                " misplaced_parameter is not in the template's {part}; its header waits for {{{suggestion}}} (132000)"
            };
            fact = ("suggestion", waiting);
        } else {
            let mut most = if is_pairwise { 0 } else { 3 };
            // From behind, so that of several the first is left.
            for other in missing.iter().rev() {
                let common = in_common(name, other);
                if common >= most {
                    most = common;
                    fact = ("suggestion", other);
                }
            }
            if fact.0 == "suggestion" {
                said = " misnamed_parameter is called {{{suggestion}}} in the template's {part} (132000)";
                missing = without(&missing, &[fact.1]);
            }
        }
        let facts = [("part", Detail::Word(part.name)), (fact.0, Detail::Word(fact.1))];
        error(&place.field(name), said, &facts, issues);
    }
    for name in missing {
        let said = " missing_parameter is missing: the template's {part} has {{{name}}} (132000)";
        let facts = [("part", Detail::Word(part.name)), ("name", Detail::Word(name))];
        error(&place.field(name), said, &facts, issues);
    }
}

fn check_header(kind: Option<&str>, params: &Value, issues: &mut Issues) {
    let given = text_of(params, "type");
    let said = match (kind, given) {
        (None, Some(given)) if given != "text" => {
            " extra_parameter has no place: the template has no header (132012)"
        }
        (Some(kind), _) if !HEADERS.contains(&kind) => {
            " cannot_fill cannot be sent: LiveDesk has no parameters for a {kind} header"
        }
        (Some(kind), Some(given)) if given != kind => {
            "type wrong_header is of another kind: the template's header is {kind} (132012)"
        }
        (Some(kind), None) if params.is_null() && kind != "text" => {
            " missing_parameter is missing: the template's header is {kind} (132012)"
        }
        _ => return,
    };
    error(&Place::Root(HEADER), said, &[("kind", Detail::Word(kind.unwrap_or("none")))], issues);
}

fn check_buttons(buttons: &[Value], params: &Value, issues: &mut Issues) {
    let all = Place::Root(BUTTONS);
    for (position, item) in items(at(params, BUTTONS)).iter().enumerate() {
        let Some(index) = index_of(item) else { continue };
        let place = all.item(position);
        match usize::try_from(index).ok().and_then(|index| buttons.get(index)) {
            Some(button) => check_button(Button(button), item, &place, issues),
            None => {
                let said =
                    "index unknown_button is no button's: the template has {limit}, counted from 0 (132018)";
                error(&place, said, &[("limit", count(buttons.len()))], issues);
            }
        }
    }
    for (index, button) in (0_i64..).zip(buttons) {
        let button = Button(button);
        let said = if button.is_unfillable() {
            " cannot_fill cannot be sent: LiveDesk has no parameters for button {index}, a {kind} (131009)"
        } else if button.needs_text() && filling(params, index).is_null() {
            " missing_parameter lacks button {index}, a {kind} whose address has a variable (131008)"
        } else {
            continue;
        };
        let facts = [("index", Detail::Number(index)), ("kind", Detail::Word(button.kind()))];
        error(&all, said, &facts, issues);
    }
}

fn check_button(button: Button<'_>, item: &Value, place: &Place<'_>, issues: &mut Issues) {
    let Some(given) = text_of(item, "sub_type") else { return };
    let said = match (button.sub_type(), item.get("text").is_some()) {
        (None, _) => {
            "sub_type wrong_button is for a button of kind {kind}, which has no parameters; leave it out"
        }
        (Some(kind), _) if kind != given => {
            "sub_type wrong_button is not this button's kind, {kind}; is it the index?"
        }
        (Some("url"), false) if button.needs_text() => {
            "text missing_parameter is missing: the address of this button, a {kind}, has a variable (131008)"
        }
        (Some("url"), true) if !button.needs_text() => {
            "text extra_parameter has no place: the address of this button, a {kind}, has no variable (132018)"
        }
        _ => return,
    };
    error(place, said, &[("kind", Detail::Word(button.kind()))], issues);
}
