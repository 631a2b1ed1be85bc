//! WhatsApp's marks in a text (`*bold*`, `_italic_`, `~strike~`, code, lists, quotes) as a tree, so that a page needs no
//! HTML of anybody's.
//!
//! A mark opens before anything but a blank and closes behind anything but a blank, on the same line, and neither may
//! touch a letter or digit outside: `2*3*4` and `snake_case_name` stay as they are. Meta documents the marks, not these
//! edges, which are as its apps behave. Lists and quotes begin a line.

use super::placeholders::is_position;
use crate::data::value::{ObjectBuilder, Value};

/// A text whose variables are filled, and where each value stands in it.
#[derive(Debug, Default)]
pub struct Filled<'a> {
    /// What the customer reads.
    pub text: String,
    /// In the order of the text.
    pub values: Vec<Span<'a>>,
}

/// One variable's value in a [`Filled`] text.
#[derive(Debug)]
pub struct Span<'a> {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// The variable's name.
    pub name: &'a str,
    /// Whether there is no value, and the variable stands there as it is written.
    pub is_missing: bool,
}

impl Filled<'_> {
    /// Text and variables alone, where WhatsApp knows no marks.
    pub fn plain(&self) -> Value {
        let mut nodes = Vec::new();
        Parser::of(self).add_text(0, self.text.len(), &mut nodes);
        Value::List(nodes)
    }

    /// With marks.
    pub fn marked(&self) -> Value {
        Value::List(Parser::of(self).blocks())
    }
}

/// Marks of a part of a line, the same twice in a row for what has a longer mark.
const INLINE: [(u8, &str); 4] = [(b'*', "bold"), (b'_', "italic"), (b'~', "strike"), (b'`', "code")];
const FENCE: &[u8; 3] = b"```";

struct Parser<'f, 'a> {
    text: &'f str,
    values: &'f [Span<'a>],
    /// The first value that is not behind what was added last.
    next_value: usize,
    /// No fence begins from here on.
    fences_end: usize,
}

impl<'f, 'a> Parser<'f, 'a> {
    fn of(filled: &'f Filled<'a>) -> Parser<'f, 'a> {
        let text = filled.text.as_str();
        // Beyond the last one there is none that could close another.
        let fences_end = text.as_bytes().windows(FENCE.len()).rposition(|three| three == FENCE).unwrap_or(0);
        Parser { text, values: &filled.values, next_value: 0, fences_end }
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(b'\n')
    }

    fn part(&self, start: usize, end: usize) -> &'f str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Where the line that goes on at `start` ends: at its line break, or the text's end.
    fn line_end(&self, start: usize) -> usize {
        let rest = self.part(start, self.text.len());
        start.saturating_add(rest.bytes().position(|byte| byte == b'\n').unwrap_or(rest.len()))
    }

    /// Lists and quotes by lines, and what is between them.
    fn blocks(&mut self) -> Vec<Value> {
        let mut nodes = Vec::new();
        let mut block = Block::default();
        // Where the lines began that are neither.
        let mut plain = 0;
        let mut start = 0;
        while start < self.text.len() {
            let mut end = self.line_end(start);
            let (kind, content) = self.line_kind(start, end);
            if kind == "text" {
                end = self.after_fences(start, end);
            }
            if block.kind != kind {
                block.close(&mut nodes);
                block.kind = kind;
            }
            let next = end.saturating_add(1);
            if kind != "text" {
                // The list or quote begins a line, so the line break before it is not repeated.
                self.inline(plain, start.saturating_sub(1), 0, &mut nodes);
                let mut line = Vec::new();
                self.inline(content, end, 0, &mut line);
                block.lines.push(Value::List(line));
                plain = next;
            }
            start = next;
        }
        block.close(&mut nodes);
        self.inline(plain, self.text.len(), 0, &mut nodes);
        nodes
    }

    /// What a line is, and where its text begins.
    fn line_kind(&self, start: usize, end: usize) -> (&'static str, usize) {
        let line = self.part(start, end);
        let marker = line.bytes().position(|byte| byte == b' ').unwrap_or(0);
        let content = start.saturating_add(marker).saturating_add(1);
        let has_text = !self.part(content, end).trim().is_empty();
        match line.get(..marker).unwrap_or_default() {
            ">" => ("quote", content),
            "*" | "-" if has_text => ("bullets", content),
            number if has_text && number.strip_suffix('.').is_some_and(|n| is_position(n) && n.len() < 4) => {
                ("numbers", content)
            }
            _ => ("text", start),
        }
    }

    /// The end of the line at which every fence that opens in this one is closed.
    fn after_fences(&self, mut start: usize, mut end: usize) -> usize {
        while start < end {
            match self.fence(start) {
                Some(close) => {
                    start = close;
                    if close > end {
                        end = self.line_end(close);
                    }
                }
                None => start = start.saturating_add(1),
            }
        }
        end
    }

    /// Of a fence that begins here and is closed: the byte after it.
    fn fence(&self, at: usize) -> Option<usize> {
        if self.byte(at) != b'`' || at >= self.fences_end {
            return None;
        }
        let inner = self.text.as_bytes().get(at..)?.strip_prefix(FENCE)?;
        let length =
            inner.windows(FENCE.len()).position(|three| three == FENCE).filter(|length| *length > 0)?;
        Some(at.saturating_add(length).saturating_add(FENCE.len().saturating_mul(2)))
    }

    /// Marks within lines; `inside` has a bit for every mark that is open.
    fn inline(&mut self, start: usize, end: usize, inside: u8, nodes: &mut Vec<Value>) {
        let mut at = start;
        let mut plain = start;
        // Where each mark is known to be closed nowhere before.
        let mut unclosed = [0_usize; INLINE.len()];
        while at < end {
            let found = self
                .fence(at)
                .filter(|after| *after <= end)
                .map(|after| (after, FENCE.len(), "code_block", 0));
            let found = found.or_else(|| self.mark(at, end, inside, &mut unclosed));
            let Some((after, width, kind, bit)) = found else {
                at = at.saturating_add(1);
                continue;
            };
            self.add_text(plain, at, nodes);
            let mut children = Vec::new();
            let (from, to) = (at.saturating_add(width), after.saturating_sub(width));
            if kind.starts_with("code") {
                self.add_text(from, to, &mut children);
            } else {
                self.inline(from, to, inside | bit, &mut children);
            }
            nodes.push(node(kind, "children", Value::List(children)).build());
            at = after;
            plain = after;
        }
        self.add_text(plain, end, nodes);
    }

    /// Of a mark that opens here and closes before `end`: the byte after it, its width, its name and its bit.
    fn mark(
        &self,
        at: usize,
        end: usize,
        inside: u8,
        unclosed: &mut [usize; INLINE.len()],
    ) -> Option<(usize, usize, &'static str, u8)> {
        let byte = self.byte(at);
        let position = INLINE.iter().position(|(mark, _)| *mark == byte)?;
        let (_, kind) = INLINE.get(position)?;
        let bit = 1_u8.rotate_left(position as u32);
        let first = self.byte(at.saturating_add(1));
        let opens =
            !first.is_ascii_whitespace() && first != byte && !is_word(self.part(0, at).chars().next_back());
        let known = unclosed.get_mut(position)?;
        if !opens || inside & bit != 0 || at < *known {
            return None;
        }
        let mut close = at.saturating_add(2);
        while close < end && self.byte(close) != b'\n' {
            let after = close.saturating_add(1);
            let is_close = self.byte(close) == byte
                && !self.byte(close.saturating_sub(1)).is_ascii_whitespace()
                && (after == end || !is_word(self.part(after, end).chars().next()));
            if is_close {
                return Some((after, 1, kind, bit));
            }
            close = after;
        }
        *known = close;
        None
    }

    /// What stands there, taken apart into text and variables. Never goes back.
    fn add_text(&mut self, mut start: usize, end: usize, nodes: &mut Vec<Value>) {
        while start < end {
            let value = self.values.get(self.next_value);
            let Some(span) = value.filter(|span| span.start < end) else {
                nodes.push(node("text", "text", Value::text(self.part(start, end))).build());
                return;
            };
            if span.start > start {
                nodes.push(node("text", "text", Value::text(self.part(start, span.start))).build());
            }
            let (from, to) = (span.start.max(start), span.end.min(end));
            if from < to {
                let mut variable = node("variable", "text", Value::text(self.part(from, to)));
                variable.text("name", span.name);
                if span.is_missing {
                    variable.add("missing", Value::Bool(true));
                }
                nodes.push(variable.build());
            }
            start = to.max(start);
            if span.end > end {
                return;
            }
            self.next_value = self.next_value.saturating_add(1);
        }
    }
}

/// Lines of one kind that follow each other.
#[derive(Default)]
struct Block {
    kind: &'static str,
    lines: Vec<Value>,
}

impl Block {
    fn close(&mut self, nodes: &mut Vec<Value>) {
        if !self.lines.is_empty() {
            nodes.push(node(self.kind, "lines", Value::List(std::mem::take(&mut self.lines))).build());
        }
    }
}

fn node(kind: &str, key: &str, value: Value) -> ObjectBuilder {
    let mut node = ObjectBuilder::default();
    node.text("type", kind);
    node.add(key, value);
    node
}

/// Whether a letter or digit stands there. Beyond ASCII all are letters but punctuation, symbols and emoji.
fn is_word(character: Option<char>) -> bool {
    character.is_some_and(|character| match character {
        '\0'..='\u{7f}' => character.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{fe00}'..='\u{fe6f}' => {
            false
        }
        '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{1f000}'.. => false,
        _ => true,
    })
}
