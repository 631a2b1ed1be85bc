//! The known name nearest to a misspelt one.

/// The name with the fewest single-letter edits from `name`, if that is at most a third of its length
/// (and at least two edits are allowed). Case, `_` and `-` do not count: `inReplyTo` is `in_reply_to`.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = fold(name);
    // A name this long is no slip of the fingers, and the table below would grow with it.
    if name.len() > 64 {
        return None;
    }
    let allowed = usize::max(2, name.len().wrapping_div(3));
    known
        .iter()
        .map(|candidate| (edits(&name, &fold(candidate)), *candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn fold(name: &str) -> Vec<char> {
    name.chars()
        .filter(|character| *character != '_' && *character != '-')
        .map(|character| character.to_ascii_lowercase())
        .collect()
}

/// Levenshtein's distance, one row at a time.
fn edits(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.iter().enumerate() {
        let mut left = line.saturating_add(1);
        let mut next = vec![left];
        for (above_pair, other) in row.windows(2).zip(to) {
            let (diagonal, above) = match above_pair {
                [diagonal, above] => (*diagonal, *above),
                _ => continue,
            };
            let replaced = diagonal.saturating_add(usize::from(letter != other));
            left = replaced.min(left.min(above).saturating_add(1));
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    const KNOWN: [&str; 4] = ["content", "private", "content_attributes", "attachments"];

    #[test]
    fn finds_the_name_that_was_meant() {
        for (typed, meant) in [
            ("contents", "content"),
            ("Private", "private"),
            ("contentAttributes", "content_attributes"),
            ("attachment", "attachments"),
            ("attachements", "attachments"),
            ("conten_atributes", "content_attributes"),
        ] {
            assert_eq!(nearest(typed, &KNOWN), Some(meant), "{typed}");
        }
    }

    #[test]
    fn says_nothing_when_nothing_is_near() {
        for typed in ["subject", "", "x", &"content".repeat(20)] {
            assert_eq!(nearest(typed, &["content", "private"]), None, "{typed}");
        }
    }

    #[test]
    fn counts_edits_as_levenshtein_does() {
        let distance = |a: &str, b: &str| edits(&fold(a), &fold(b));
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("same", "same"), 0);
    }
}
