//! The footer of a template.

use crate::data::json::Writer;
use crate::data::value::Value;
use crate::input::fields::Fields;
use crate::input::issue::Issues;
use crate::input::place::Place;
use crate::message::template::variables::{ValueRule, Variables, read_optional, write_optional};

const VALUE: ValueRule = ValueRule { max_characters: 60, max_variables: None };

/// The footer of a template, with its variables, if it has any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footer<'a>(pub Option<Variables<'a>>);

/// Reads `footer_params`.
pub fn read_footer<'a>(value: &'a Value<'a>, place: &Place<'_>, issues: &mut Issues) -> Option<Footer<'a>> {
    let fields = Fields::of(value, place, issues)?;
    fields.refuse_unknown(&["text_variables"], "", issues);
    let variables = read_optional(&fields, &VALUE, issues);
    if variables.as_ref().is_some_and(|variables| !variables.0.is_empty()) {
        let problem = "has variables: LiveDesk documents them, but Meta's own footers take none";
        fields.warning("text_variables", "footer_variables", problem, issues);
    }
    Some(Footer(variables))
}

impl Footer<'_> {
    /// Adds the object of LiveDesk's page.
    pub fn write(&self, json: &mut Writer) {
        json.open('{');
        write_optional(self.0.as_ref(), json);
        json.close('}');
    }
}
