//! A WhatsApp template message.

pub mod address;
pub mod buttons;
pub mod footer;
pub mod header;
pub mod variables;

use crate::data::json::Writer;
use crate::data::text::{split, split_once};
use crate::data::value::Value;
use crate::input::fields::{EXTRA_HINT, Fields};
use crate::input::issue::{Detail, Issues};
use crate::input::place::Place;
use crate::message::content;
use crate::message::limits::Channel;
use crate::message::template::buttons::{Button, read_buttons};
use crate::message::template::footer::{Footer, read_footer};
use crate::message::template::header::{Header, read_header};
use crate::message::template::variables::{BODY_VALUE, Variables};

/// The fields of a template message.
pub const FIELDS: [&str; 3] = ["content", "template_params", "message_type"];
/// Meta's list.
const LANGUAGES: &str = "af ar ar_AE ar_EG ar_LB ar_MA ar_QA ar_SA az bg bn ca cs da de el en en_AU en_CA en_GB en_IN \
                         en_US es es_AR es_CL es_CO es_ES es_MX es_PE es_VE et fa fi fil fr fr_BE fr_CA ga gu ha he hi \
                         hr hu id it ja ka kk kn ko ky_KG lo lt lv mk ml mr ms nb nl pa pl pt_BR pt_PT ro ru rw_RW sk \
                         sl sq sr sv sw ta te th tr uk ur uz vi zh_CN zh_HK zh_TW zu";
/// Characters of a body with its values; of what is beyond, what is refused depends on the template's own text.
const MAX_BODY: usize = 1024;
const CATEGORIES: [&str; 3] = ["MARKETING", "UTILITY", "AUTHENTICATION"];
const PARAM_FIELDS: [&str; 8] = [
    "name",
    "namespace",
    "language",
    "category",
    "processed_params",
    "header_params",
    "footer_params",
    "button_params",
];

/// A WhatsApp template, and the text shown for it in the chat.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateMessage<'a> {
    /// What agents see in the conversation; required, as in a text.
    pub content: &'a str,
    /// The template and its values.
    pub template_params: TemplateParams<'a>,
}

/// Which template, and what fills it.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateParams<'a> {
    /// The template's name: `^[a-z0-9_]{1,512}$` (Meta).
    pub name: &'a str,
    /// The template's namespace, where an account still has one.
    pub namespace: Option<&'a str>,
    /// The language and perhaps a country: `en`, `en_US` (Meta).
    pub language: &'a str,
    /// `MARKETING`, `UTILITY` or `AUTHENTICATION`; others are passed on.
    pub category: Option<&'a str>,
    /// The body's variables.
    pub processed_params: Option<Variables<'a>>,
    /// The header's variable, media or location.
    pub header_params: Option<Header<'a>>,
    /// The footer's variables. Documented by LiveDesk; Meta's own API takes none.
    pub footer_params: Option<Footer<'a>>,
    /// The buttons' values, at most 10 (Meta).
    pub button_params: Option<Vec<Button<'a>>>,
}

impl<'a> TemplateMessage<'a> {
    /// Reads what the caller wrote, reporting everything wrong with it.
    pub fn read(
        message: &'a Value<'a>,
        channel: Option<Channel>,
        issues: &mut Issues,
    ) -> Option<TemplateMessage<'a>> {
        let fields = Fields::of(message, &Place::MESSAGE, issues)?;
        let content = content::require(&fields, channel, issues);
        check_channel(&fields, channel, issues);
        check_message_type(&fields, issues);
        let template_params = fields
            .require("template_params", issues)
            .and_then(|params| TemplateParams::read(params, &fields.place_of("template_params"), issues));
        fields.refuse_unknown(&FIELDS, EXTRA_HINT, issues);
        Some(TemplateMessage { content: content?, template_params: template_params? })
    }

    /// Adds the fields of the request, as LiveDesk's page writes them.
    pub fn write(&self, json: &mut Writer) {
        json.text_field("content", self.content);
        // A string here, an int in answers; sending an int would make the contact the sender.
        json.text_field("message_type", "outgoing");
        json.key("template_params");
        self.template_params.write(json);
    }
}

fn check_channel(fields: &Fields<'_, '_>, channel: Option<Channel>, issues: &mut Issues) {
    if let Some(other) = channel.filter(|channel| *channel != Channel::WhatsApp) {
        let problem = format!("is for WhatsApp; the channel given is {}", other.as_str());
        fields.error("template_params", "wrong_channel", &problem, issues);
    }
}

/// The page prints `message_type: "outgoing"`, so it may be there; it can be nothing else.
fn check_message_type(fields: &Fields<'_, '_>, issues: &mut Issues) {
    if let Some(given) = fields.get("message_type")
        && given.as_text() != Some("outgoing")
    {
        let problem = "can only be \"outgoing\", which is set for you; leave it out";
        fields.error("message_type", "invalid_value", problem, issues);
    }
}

impl<'a> TemplateParams<'a> {
    /// Reads what the caller wrote, reporting everything wrong with it.
    pub fn read(value: &'a Value<'a>, place: &Place<'_>, issues: &mut Issues) -> Option<TemplateParams<'a>> {
        let fields = Fields::of(value, place, issues)?;
        let name = fields.require_text("name", issues);
        check_name(&fields, name, issues);
        let namespace = fields.text("namespace", issues);
        let language = fields.require_text("language", issues);
        check_language(&fields, language, issues);
        let category = fields.text("category", issues);
        check_category(&fields, category, issues);
        let processed_params = fields.get("processed_params").and_then(|value| {
            let place = fields.place_of("processed_params");
            let variables = Variables::read(value, &place, &BODY_VALUE, issues)?;
            let total =
                variables.0.iter().fold(0_usize, |sum, (_, text)| sum.saturating_add(text.chars().count()));
            if total > MAX_BODY {
                issues.warning(
                    &place,
                    "long_body",
                    "have more than 1,024 characters, Meta's most for a whole body",
                );
            }
            Some(variables)
        });
        let header_params = fields
            .get("header_params")
            .and_then(|value| read_header(value, &fields.place_of("header_params"), issues));
        let footer_params = fields
            .get("footer_params")
            .and_then(|value| read_footer(value, &fields.place_of("footer_params"), issues));
        let button_params = fields
            .get("button_params")
            .and_then(|value| read_buttons(value, &fields.place_of("button_params"), issues));
        if matches!(header_params, Some(Header::Location { .. }))
            && !matches!(category, Some("MARKETING" | "UTILITY"))
        {
            let problem = "is not MARKETING or UTILITY, the only ones with a place in their header (Meta)";
            fields.warning("category", "location_category", problem, issues);
        }
        fields.refuse_unknown(&PARAM_FIELDS, "", issues);
        Some(TemplateParams {
            name: name?,
            namespace,
            language: language?,
            category,
            processed_params,
            header_params,
            footer_params,
            button_params,
        })
    }

    fn write(&self, json: &mut Writer) {
        json.open('{');
        json.text_field("name", self.name);
        json.optional_text_field("namespace", self.namespace);
        json.text_field("language", self.language);
        json.optional_text_field("category", self.category);
        if let Some(variables) = &self.processed_params {
            variables.write("processed_params", json);
        }
        if let Some(header) = &self.header_params {
            json.key("header_params");
            header.write(json);
        }
        if let Some(footer) = &self.footer_params {
            json.key("footer_params");
            footer.write(json);
        }
        if let Some(buttons) = &self.button_params {
            json.key("button_params");
            json.open('[');
            buttons.iter().for_each(|button| button.write(json));
            json.close(']');
        }
        json.close('}');
    }
}

fn check_name(fields: &Fields<'_, '_>, name: Option<&str>, issues: &mut Issues) {
    let valid = |name: &str| {
        (1..=512).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    if name.is_some_and(|name| !valid(name)) {
        fields.error(
            "name",
            "invalid_format",
            "must be 1 to 512 small letters a-z, digits and underscores",
            issues,
        );
    }
}

fn check_category(fields: &Fields<'_, '_>, category: Option<&str>, issues: &mut Issues) {
    if category.is_some_and(|category| !CATEGORIES.contains(&category)) {
        let problem = format!("is none of Meta's: {}", CATEGORIES.join(", "));
        fields.warning("category", "unknown_category", &problem, issues);
    }
}

fn check_language(fields: &Fields<'_, '_>, language: Option<&str>, issues: &mut Issues) {
    let Some(language) = language else {
        return;
    };
    if is_language(language) {
        if !split(LANGUAGES, " ").any(|known| known == language) {
            let problem = "is not in Meta's list of languages";
            fields.warning("language", "unknown_language", problem, issues);
        }
        return;
    }
    let place = fields.place_of("language");
    match suggest_language(language) {
        Some(suggestion) => {
            let facts = [("suggestion", Detail::Word(&suggestion))];
            issues.error_with(&place, "invalid_format", "is written {suggestion} by Meta", &facts);
        }
        None => {
            let problem =
                "must be a language such as en, with a country where the template has one, such as en_US";
            issues.error(&place, "invalid_format", problem);
        }
    }
}

/// `^[a-z]{2,3}(_[A-Z]{2})?$` (Meta).
fn is_language(text: &str) -> bool {
    let (language, country) = match split_once(text, "_") {
        Some((language, country)) => (language, Some(country)),
        None => (text, None),
    };
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && country
            .is_none_or(|country| country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// `en_US` for `en-US`, `en_us` and `EN-us`.
fn suggest_language(text: &str) -> Option<String> {
    let mut parts = split(text.trim(), "-_");
    let language = parts.next()?.to_ascii_lowercase();
    let suggestion = match parts.next() {
        Some(country) => format!("{language}_{}", country.to_ascii_uppercase()),
        None => language,
    };
    (parts.next().is_none() && is_language(&suggestion)).then_some(suggestion)
}
