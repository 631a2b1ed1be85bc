//! What a message's `template_params` lack, or have too much of, beside the template's definition.
//!
//! Each of it is what Meta refuses later: 132000 (another number of values), 132012 (a header of another format), 131008
//! (a button without its value), 132018 (a value that nothing waits for), 132001 (another name or language), 132015
//! (paused).

use super::button::Button;
use super::placeholders::names;
use super::{Definition, HEADERS, items, same, text_of};
use crate::data::text::add;
use crate::data::value::Value;
use crate::input::issue::{Detail, Issues, count};
use crate::input::place::Place;

/// To more than so many unknown names no similar ones are looked for, and no more are listed.
const MOST_GUESSES: usize = 20;

const PARAMS: Place<'_> = Place::Root("template_params");
const BODY: Place<'_> = Place::Root("template_params.processed_params");
const HEADER: Place<'_> = Place::Root("template_params.header_params");
const HEADER_TEXT: Place<'_> = Place::Root("template_params.header_params.text_variables");
const FOOTER_TEXT: Place<'_> = Place::Root("template_params.footer_params.text_variables");
const BUTTONS: Place<'_> = Place::Root("template_params.button_params");

/// Reports every difference.
pub fn compare(definition: Definition<'_>, params: &Value, issues: &mut Issues) {
    let mut check = Check { issues };
    check.identity(definition, params);
    let header = params.get("header_params");
    check.header(definition.header(), header);
    let mut parts = Vec::new();
    for (name, place, variables) in [
        ("body", &BODY, params.get("processed_params")),
        ("header", &HEADER_TEXT, text_variables(header)),
        ("footer", &FOOTER_TEXT, text_variables(params.get("footer_params"))),
    ] {
        parts.push((place, Part::of(name, definition, variables)));
    }
    for (index, (place, part)) in parts.iter().enumerate() {
        // What is too much in the body may be the header's, all else the body's.
        if let Some((_, other)) = parts.get(usize::from(index == 0)) {
            check.part(place, part, other);
        }
    }
    check.buttons(definition, items(params.get("button_params")));
}

fn text_variables<'a>(params: Option<&'a Value<'a>>) -> Option<&'a Value<'a>> {
    params?.get("text_variables")
}

#[inline(never)]
fn index_of(item: &Value) -> Option<i64> {
    item.get("index")?.as_int()
}

/// One text with variables, and what the message gives for them.
struct Part<'a> {
    name: &'static str,
    wanted: Vec<&'a str>,
    given: Vec<&'a str>,
    missing: Vec<&'a str>,
}

impl<'a> Part<'a> {
    #[inline(never)]
    fn of(name: &'static str, definition: Definition<'a>, variables: Option<&'a Value<'a>>) -> Part<'a> {
        let wanted = names(definition.text(name));
        let mut given = Vec::new();
        if let Some(Value::Object(fields)) = variables {
            for (key, _) in fields {
                given.push(*key);
            }
        }
        let missing = without(&wanted, &given);
        Part { name, wanted, given, missing }
    }

    /// `{{1}}, {{2}}`, or `no variables`.
    fn listed(&self) -> String {
        let mut list = String::new();
        let mut before = "{{";
        for name in self.wanted.iter().take(MOST_GUESSES) {
            add!(&mut list, before, name, "}}");
            before = ", {{";
        }
        if list.is_empty() { "no variables".to_owned() } else { list }
    }
}

/// Those of `names` that are not among the others.
#[inline(never)]
fn without<'a>(names: &[&'a str], others: &[&str]) -> Vec<&'a str> {
    let mut rest = Vec::new();
    for name in names {
        if !others.contains(name) {
            rest.push(*name);
        }
    }
    rest
}

struct Check<'i> {
    issues: &'i mut Issues,
}

/// How many bytes the names begin with in common.
#[inline(never)]
fn in_common(name: &str, other: &str) -> usize {
    let mut count: usize = 0;
    for (a, b) in name.bytes().zip(other.bytes()) {
        if a != b {
            break;
        }
        count = count.saturating_add(1);
    }
    count
}

impl Check<'_> {
    /// An error at the field `key` of what stands at `place`, or at that itself; `is` are the names of facts, and words.
    #[inline(never)]
    fn error(
        &mut self,
        place: &Place<'_>,
        key: &str,
        code: &'static str,
        problem: &str,
        is: &[(&'static str, Detail<'_>)],
    ) {
        let field = place.field(key);
        self.issues.error_with(if key.is_empty() { place } else { &field }, code, problem, is);
    }

    fn identity(&mut self, definition: Definition<'_>, params: &Value) {
        for (key, code) in [("name", "wrong_template"), ("language", "wrong_language")] {
            if let (Some(given), Some(defined)) = (text_of(params, key), text_of(definition.0, key))
                && given != defined
            {
                let problem = "is another one; the definition's is {suggestion}";
                self.error(&PARAMS, key, code, problem, &[("suggestion", Detail::Word(defined))]);
            }
        }
        if let Some(status) = text_of(definition.0, "status")
            && !same(status, "approved")
        {
            let problem = "is of a template that is {status}; Meta sends only those that are APPROVED";
            self.error(&PARAMS, "name", "not_approved", problem, &[("status", Detail::Word(status))]);
        }
        if let Some(kind) = definition.unfillable() {
            let problem = "cannot be sent: LiveDesk has no parameters for a {kind}";
            self.error(&PARAMS, "name", "cannot_fill", problem, &[("kind", Detail::Word(kind))]);
        }
    }

    /// `other` is where a value may have been meant to go.
    #[inline(never)]
    fn part(&mut self, place: &Place<'_>, part: &Part<'_>, other: &Part<'_>) {
        let extra = without(&part.given, &part.wanted);
        let mut missing = part.missing.clone();
        let is_pairwise = extra.len() == missing.len();
        let listed = part.listed();
        for name in extra.iter().copied() {
            let mut code = "extra_parameter";
            let mut problem = "is not in the template's {part}, which has {known} (132000)";
            let mut fact = ("known", Detail::Word(&listed));
            let is_elsewhere = missing.is_empty() || other.missing.contains(&name);
            let mut meant = if is_pairwise { missing.first().copied() } else { None };
            let mut most = if is_pairwise { 0 } else { 2 };
            for other in &missing {
                let common = in_common(name, other);
                if common > most {
                    (most, meant) = (common, Some(*other));
                }
            }
            if extra.len() > MOST_GUESSES {
                // Too many to look for what was meant.
            } else if let Some(waiting) = other.missing.first().filter(|_| is_elsewhere) {
                code = "misplaced_parameter";
                problem = if other.name == "body" {
                    "is not in the template's {part}; its body waits for {{{suggestion}}} (132000)"
                } else {
                    "is not in the template's {part}; its header waits for {{{suggestion}}} (132000)"
                };
                fact = ("suggestion", Detail::Word(waiting));
            } else if let Some(meant) = meant {
                code = "misnamed_parameter";
                problem = "is called {{{suggestion}}} in the template's {part} (132000)";
                fact = ("suggestion", Detail::Word(meant));
                missing.retain(|name| *name != meant);
            }
            self.error(place, name, code, problem, &[("part", Detail::Word(part.name)), fact]);
        }
        for name in missing {
            let problem = "is missing: the template's {part} has {{{name}}} (132000)";
            self.error(
                place,
                name,
                "missing_parameter",
                problem,
                &[("part", Detail::Word(part.name)), ("name", Detail::Word(name))],
            );
        }
    }

    #[inline(never)]
    fn header(&mut self, kind: Option<&str>, params: Option<&Value>) {
        let given = params.and_then(|params| text_of(params, "type"));
        let (key, code, problem) = match (kind, given) {
            (None, Some(given)) if given != "text" => {
                ("", "extra_parameter", "has no place: the template has no header (132012)")
            }
            (Some(kind), _) if !HEADERS.contains(&kind) => {
                ("", "cannot_fill", "cannot be sent: LiveDesk has no parameters for a {kind} header")
            }
            (Some(kind), Some(given)) if given != kind => {
                ("type", "wrong_header", "is of another kind: the template's header is {kind} (132012)")
            }
            (Some(kind), None) if params.is_none_or(Value::is_null) && kind != "text" => {
                ("", "missing_parameter", "is missing: the template's header is {kind} (132012)")
            }
            _ => return,
        };
        self.error(&HEADER, key, code, problem, &[("kind", Detail::Word(kind.unwrap_or("none")))]);
    }

    #[inline(never)]
    fn buttons(&mut self, definition: Definition<'_>, items: &[Value]) {
        let buttons = definition.buttons();
        for (position, item) in items.iter().enumerate() {
            let Some(index) = index_of(item) else { continue };
            let place = BUTTONS.item(position);
            match usize::try_from(index).ok().and_then(|index| buttons.get(index)) {
                Some(button) => self.button(Button(button), item, &place),
                None => {
                    let problem = "is no button's: the template has {limit}, counted from 0 (132018)";
                    let facts = [("limit", count(buttons.len()))];
                    self.issues.error_with(&place.field("index"), "unknown_button", problem, &facts);
                }
            }
        }
        for (index, button) in (0_i64..).zip(buttons) {
            let button = Button(button);
            let is_filled = || items.iter().any(|item| index_of(item) == Some(index));
            let (code, problem) = match () {
                () if button.is_unfillable() => (
                    "cannot_fill",
                    "cannot be sent: LiveDesk has no parameters for button {index}, a {kind} (131009)",
                ),
                () if button.needs_text() && !is_filled() => (
                    "missing_parameter",
                    "lacks button {index}, a {kind} whose address has a variable (131008)",
                ),
                () => continue,
            };
            let facts = [("index", Detail::Number(index)), ("kind", Detail::Word(button.kind()))];
            self.issues.error_with(&BUTTONS, code, problem, &facts);
        }
    }

    fn button(&mut self, button: Button<'_>, item: &Value, place: &Place<'_>) {
        let Some(given) = text_of(item, "sub_type") else { return };
        let (key, code, problem) = match (button.sub_type(), item.get("text").is_some()) {
            (None, _) => (
                "sub_type",
                "wrong_button",
                "is for a button of kind {kind}, which takes no parameters; leave it out",
            ),
            (Some(kind), _) if kind != given => {
                ("sub_type", "wrong_button", "is not this button's kind, {kind}; is it the index?")
            }
            (Some("url"), false) if button.needs_text() => (
                "text",
                "missing_parameter",
                "is missing: the address of this button, a {kind}, has a variable (131008)",
            ),
            (Some("url"), true) if !button.needs_text() => (
                "text",
                "extra_parameter",
                "has no place: the address of this button, a {kind}, has no variable (132018)",
            ),
            _ => return,
        };
        self.error(place, key, code, problem, &[("kind", Detail::Word(button.kind()))]);
    }
}
