//! Where a field stands in what the caller gave.
//!
//! Most places are never told to anybody, so they are only links to what stands above; `input/told.js` writes the one
//! that an issue is about as JavaScript would: `template_params.button_params[1].payload`.

/// The most characters of a field's name that are kept.
const MAX_NAME: usize = 64;

/// A place, and all above it.
#[derive(Debug, Clone, Copy)]
pub enum Place<'p> {
    /// Where it begins; empty for the message itself.
    Root(&'static str),
    /// The field of an object.
    Field(&'p Place<'p>, &'p str),
    /// The item of a list.
    Item(&'p Place<'p>, usize),
}

/// One step on the way down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To a field of this name, of which the first 64 characters are kept.
    Field(String),
    /// To an item.
    Item(usize),
}

impl<'p> Place<'p> {
    /// The message itself.
    pub const MESSAGE: Place<'static> = Place::Root("");

    /// A field of this object.
    pub fn field(&'p self, name: &'p str) -> Place<'p> {
        Place::Field(self, name)
    }

    /// An item of this list.
    pub fn item(&'p self, position: usize) -> Place<'p> {
        Place::Item(self, position)
    }

    /// The steps that lead there, to keep; the first is the root's text.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        self.add_steps(&mut steps);
        steps
    }

    fn add_steps(&self, steps: &mut Vec<Step>) {
        let (above, step) = match self {
            Place::Root(text) => (None, Step::Field((*text).to_owned())),
            Place::Field(above, name) => {
                let end = name.char_indices().nth(MAX_NAME).map_or(name.len(), |(end, _)| end);
                (Some(above), Step::Field(name.get(..end).unwrap_or(name).to_owned()))
            }
            Place::Item(above, position) => (Some(above), Step::Item(*position)),
        };
        if let Some(above) = above {
            above.add_steps(steps);
        }
        steps.push(step);
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/place.rs"]
mod tests;
