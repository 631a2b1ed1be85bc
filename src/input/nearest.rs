//! The known name nearest to a misspelt one.

/// No known name is near a longer one.
const LONGEST: usize = 64;

/// The known name that differs least from `name`: in at most a third of its letters, and two are always allowed.
/// Case, `_` and `-` do not count: `inReplyTo` is `in_reply_to`.
///
/// The difference is what remains between the common beginning and the common end, which finds what
/// fingers do to a name (a letter missing, doubled, swapped) for a tenth of the code of counting edits.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let name = fold(name);
    let mut best = None;
    let mut least = usize::max(2, name.len().wrapping_div(3)).saturating_add(1);
    for candidate in known {
        let difference = difference(&name, &fold(candidate));
        if difference < least {
            least = difference;
            best = Some(*candidate);
        }
    }
    best
}

fn fold(name: &str) -> Vec<u8> {
    let mut folded = Vec::new();
    for byte in name.bytes() {
        if byte != b'_' && byte != b'-' {
            folded.push(byte.to_ascii_lowercase());
        }
    }
    folded
}

fn difference(mut name: &[u8], mut other: &[u8]) -> usize {
    while let (Some((a, left)), Some((b, others))) = (name.split_first(), other.split_first())
        && a == b
    {
        (name, other) = (left, others);
    }
    while let (Some((a, left)), Some((b, others))) = (name.split_last(), other.split_last())
        && a == b
    {
        (name, other) = (left, others);
    }
    name.len().max(other.len())
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/nearest.rs"]
mod tests;
