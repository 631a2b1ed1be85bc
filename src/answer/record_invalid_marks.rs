//! Whether a text begins with one of the sentences of `record_invalid`.
//!
//! The engine has only their lengths and hashes, made when it is compiled: the sentences would be 3 KB of a page's
//! load, these are a seventh of it. That another text has one of the hashes is a chance of 88 in 2^32: one in 48
//! million.

use crate::answer::record_invalid::BEGINNINGS;

/// Bytes, and their hash.
type Mark = (u8, u32);

const COUNT: usize = count();
const MARKS: [Mark; COUNT] = marks();

/// FNV-1a.
const SEED: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

const fn add(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(PRIME)
}

const fn count() -> usize {
    let mut count: usize = 1;
    let mut rest = BEGINNINGS.as_bytes();
    while let [byte, more @ ..] = rest {
        if *byte == b'\n' {
            count = count.wrapping_add(1);
        }
        rest = more;
    }
    count
}

const fn marks() -> [Mark; COUNT] {
    let mut marks = [(0, SEED); COUNT];
    let mut left: &mut [Mark] = &mut marks;
    let mut rest = BEGINNINGS.as_bytes();
    while let [byte, more @ ..] = rest {
        if *byte == b'\n' {
            left = match left {
                [_, others @ ..] => others,
                [] => &mut [],
            };
        } else if let [(length, hash), ..] = left {
            *length = length.wrapping_add(1);
            *hash = add(*hash, *byte);
        }
        rest = more;
    }
    marks
}

/// Whether `text` begins with Rails' sentence about an invalid record, in any language.
pub fn begins(text: &str) -> bool {
    MARKS.iter().any(|(length, hash)| {
        text.as_bytes()
            .get(..usize::from(*length))
            .is_some_and(|start| start.iter().fold(SEED, |hash, byte| add(hash, *byte)) == *hash)
    })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/record_invalid_marks.rs"]
mod tests;
