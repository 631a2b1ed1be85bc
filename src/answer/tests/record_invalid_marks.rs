use super::*;

#[test]
fn knows_every_sentence_and_what_follows_it_and_no_part_of_one() {
    let lines: Vec<&str> = BEGINNINGS.lines().collect();
    assert_eq!(lines.len(), COUNT);
    assert!(lines.len() > 80);
    for line in lines {
        assert!(line.len() > 5 && line.len() < 256 && line.trim() == line, "{line:?}");
        assert!(begins(line) && begins(&format!("{line} x")), "{line}");
        let last = line.char_indices().last().map_or(0, |(at, _)| at);
        let part = &line[..last];
        assert!(!begins(part) || BEGINNINGS.lines().any(|other| part.starts_with(other)), "{part}");
    }
    for other in ["", "Validation", "validation failed: x", "File exists @ dir_s_mkdir", "Fehler: x"] {
        assert!(!begins(other), "{other}");
    }
}
