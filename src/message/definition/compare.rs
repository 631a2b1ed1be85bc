//! What a message's `template_params` lack, or have too much of, beside the template's definition.
//!
//! Each of it is what Meta refuses later: 132000 (another number of values), 132012 (a header of another format), 131008
//! (a button without its value), 132018 (a value that nothing waits for), 132001 (another name or language), 132015
//! (paused).

use super::placeholders::{is_position, names};
use super::{Button, Definition};
use crate::data::text::{add, text};
use crate::data::value::Value;
use crate::input::issue::{Issues, field_path, item_path};
use crate::input::nearest::nearest;

/// To more than so many unknown names no similar ones are looked for.
const MOST_GUESSES: usize = 20;

/// Reports every difference.
pub fn compare(definition: &Definition<'_>, params: &Value, path: &str, issues: &mut Issues) {
    let place = |key: &str| field_path(path, key);
    check_identity(definition, params, path, issues);
    if let Some(kind) = definition.unfillable {
        let problem = text!("is a template with ", kind, ", for which LiveDesk has no parameters");
        issues.error(&place("name"), "cannot_fill", &problem);
    }
    let header_params = params.get("header_params").filter(|header| !header.is_null());
    let header = definition.header.as_ref();
    check_header(definition, header_params, &place("header_params"), issues);

    let has_text = header.is_some_and(|header| header.kind == "text");
    let header_text = header.map_or("", |header| header.text);
    let body = Part::of("body", definition.body, params.get("processed_params"));
    let head = Part::of("header", header_text, header_params.and_then(|header| header.get("text_variables")));
    body.check(&place("processed_params"), &head, issues);
    if has_text || !head.given.is_empty() {
        head.check(&field_path(&place("header_params"), "text_variables"), &body, issues);
    }
    let footer_params = params.get("footer_params").and_then(|footer| footer.get("text_variables"));
    let foot = Part::of("footer", definition.footer, footer_params);
    foot.check(&field_path(&place("footer_params"), "text_variables"), &body, issues);
    check_buttons(definition, params, &place("button_params"), issues);
}

fn check_identity(definition: &Definition<'_>, params: &Value, path: &str, issues: &mut Issues) {
    let identity =
        [("name", "wrong_template", definition.name), ("language", "wrong_language", definition.language)];
    for (key, code, defined) in identity {
        let given = params.get(key).and_then(Value::as_text);
        if let (Some(given), Some(defined)) = (given, defined)
            && given != defined
        {
            issues.error(
                &field_path(path, key),
                code,
                &text!("is another one; the definition's is ", defined),
            );
        }
    }
    if let Some(status) = definition.status.filter(|status| !status.eq_ignore_ascii_case("APPROVED")) {
        let problem = text!("is a template that is ", status, "; Meta sends only those that are APPROVED");
        issues.error(&field_path(path, "name"), "not_approved", &problem);
    }
}

/// One text with variables, and what the message gives for them.
struct Part<'a> {
    name: &'static str,
    wanted: Vec<&'a str>,
    given: Vec<&'a str>,
}

impl<'a> Part<'a> {
    fn of(name: &'static str, text: &'a str, variables: Option<&'a Value>) -> Part<'a> {
        let mut given = Vec::new();
        if let Some(Value::Object(fields)) = variables {
            for (key, _) in fields {
                given.push(key.as_str());
            }
        }
        Part { name, wanted: names(text), given }
    }

    fn missing(&self) -> Vec<&'a str> {
        let mut missing = self.wanted.clone();
        missing.retain(|name| !self.given.contains(name));
        missing
    }

    /// `{{1}}, {{2}}`, or `no variables`.
    fn listed(&self) -> String {
        let mut list = String::new();
        for name in self.wanted.iter().take(MOST_GUESSES) {
            let opening = if list.is_empty() { "{{" } else { ", {{" };
            add!(&mut list, opening, name, "}}");
        }
        if list.is_empty() { "no variables".to_owned() } else { list }
    }

    /// `other` is where a value may have been meant to go.
    fn check(&self, path: &str, other: &Part<'_>, issues: &mut Issues) {
        let mut missing = self.missing();
        let mut extra = self.given.clone();
        extra.retain(|name| !self.wanted.contains(name));
        let wanted_there = other.missing();
        let is_pairwise = extra.len() == missing.len();
        let may_guess = extra.len() <= MOST_GUESSES;
        for name in extra {
            let path = field_path(path, name);
            let has_only_moved = missing.is_empty()
                && is_position(name)
                && wanted_there.first().is_some_and(|n| is_position(n));
            if may_guess && (wanted_there.contains(&name) || has_only_moved) {
                let waiting = wanted_there.first().copied().unwrap_or_default();
                let problem = text!(
                    "is not in the template's ",
                    self.name,
                    "; its ",
                    other.name,
                    " waits for {{",
                    waiting,
                    "}} (132000)"
                );
                issues.error(&path, "misplaced_parameter", &problem);
                continue;
            }
            let meant = nearest(name, &missing).or_else(|| missing.first().copied().filter(|_| is_pairwise));
            if let Some(meant) = meant.filter(|_| may_guess) {
                let problem = text!("is called {{", meant, "}} in the template's ", self.name, " (132000)");
                issues.error(&path, "misnamed_parameter", &problem);
                missing.retain(|name| *name != meant);
            } else {
                let problem =
                    text!("is not in the template's ", self.name, ", which has ", self.listed(), " (132000)");
                issues.error(&path, "extra_parameter", &problem);
            }
        }
        for name in missing {
            let problem = text!("is missing: the template's ", self.name, " has {{", name, "}} (132000)");
            issues.error(&field_path(path, name), "missing_parameter", &problem);
        }
    }
}

fn check_header(definition: &Definition<'_>, params: Option<&Value>, path: &str, issues: &mut Issues) {
    let given = params.map(|params| params.get("type").and_then(Value::as_text).unwrap_or_default());
    let Some(header) = &definition.header else {
        if given.is_some_and(|kind| kind != "text") {
            issues.error(path, "extra_parameter", "has no place: the template has no header (132012)");
        }
        return;
    };
    let kind = header.kind;
    let what = match kind {
        "text" => "",
        "image" | "video" | "document" => "media_url",
        "location" => "location",
        _ => {
            let problem =
                text!("cannot fill the template's ", kind, " header: LiveDesk has no parameters for it");
            return issues.error(path, "cannot_fill", &problem);
        }
    };
    match given {
        Some(given) if given != kind && !given.is_empty() => {
            let problem = text!("is ", given, ", but the template's header is ", kind, " (132012)");
            issues.error(&field_path(path, "type"), "wrong_header", &problem);
        }
        None if kind != "text" => {
            let problem = text!(
                "is missing: the template's header is ",
                kind,
                "; give its type and ",
                what,
                " (132012)"
            );
            issues.error(path, "missing_parameter", &problem);
        }
        _ => {}
    }
}

fn check_buttons(definition: &Definition<'_>, params: &Value, path: &str, issues: &mut Issues) {
    let buttons = &definition.buttons;
    let items = match params.get("button_params") {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    let mut filled = Vec::new();
    for (position, item) in items.iter().enumerate() {
        let path = item_path(path, position);
        let Some(index) = item.get("index").and_then(Value::as_int) else { continue };
        match usize::try_from(index).ok().and_then(|index| buttons.get(index)) {
            Some(button) => check_button(button, item, &path, issues),
            None => {
                let problem = text!(
                    "is ",
                    index,
                    "; the template has ",
                    buttons.len(),
                    " buttons, counted from 0 (132018)"
                );
                issues.error(&field_path(&path, "index"), "unknown_button", &problem);
            }
        }
        if filled.len() <= buttons.len() {
            filled.push(index);
        }
    }
    for (index, button) in (0_i64..).zip(buttons) {
        if button.is_unfillable() {
            let problem = text!(
                "cannot fill button ",
                index,
                ": LiveDesk has no parameters for ",
                button.kind,
                " (131009)"
            );
            issues.error(path, "cannot_fill", &problem);
        } else if button.needs_text() && !filled.contains(&index) {
            let problem = text!(
                "lacks button ",
                index,
                ", whose address has a variable: add { index: ",
                index,
                ", sub_type: \"url\", text } (131008)"
            );
            issues.error(path, "missing_parameter", &problem);
        }
    }
}

fn check_button(button: &Button<'_>, item: &Value, path: &str, issues: &mut Issues) {
    let given = item.get("sub_type").and_then(Value::as_text);
    if given.is_some() && given != button.sub_type() {
        let problem = match button.sub_type() {
            Some(kind) => {
                text!("must be ", kind, " for this button of the template; is the index another's?")
            }
            None => text!(
                "is for another button: one of kind ",
                button.kind,
                " takes no parameters; leave it out"
            ),
        };
        issues.error(&field_path(path, "sub_type"), "wrong_button", &problem);
    } else if given == Some("url") {
        let path = field_path(path, "text");
        match (item.get("text").is_some(), button.needs_text()) {
            (false, true) => {
                issues.error(&path, "missing_parameter", "is missing: the address has a variable (131008)");
            }
            (true, false) => {
                issues.error(&path, "extra_parameter", "has no place: the address has no variable (132018)");
            }
            _ => {}
        }
    }
}
