use super::*;

#[test]
fn finds_the_type_by_the_extension_whatever_its_case() {
    assert_eq!(of_name("Photo.JPG"), "image/jpeg");
    assert_eq!(of_name("archive.tar.zip"), "application/zip");
    assert_eq!(of_name("voice.opus"), "audio/ogg");
    assert_eq!(of_name("film.m4v"), "video/mp4");
    assert_eq!(of_name("scan.jfif"), "image/jpeg");
    assert_eq!(of_name("README"), UNKNOWN);
    assert_eq!(of_name("odd."), UNKNOWN);
}

#[test]
fn names_a_blob_by_its_type() {
    assert_eq!(default_name("image/png", 0), "attachment-1.png");
    assert_eq!(default_name("audio/ogg; codecs=opus", 2), "attachment-3.oga");
    assert_eq!(default_name("", 0), "attachment-1");
}

#[test]
fn sends_types_bare_and_small_but_audio_with_its_codec() {
    for (given, sent) in [
        ("video/webm;codecs=vp8,opus", "video/webm"),
        ("IMAGE/PNG ; x=y", "image/png"),
        ("text/plain;charset=UTF-8", "text/plain"),
        ("Audio/Ogg; codecs=opus", "audio/ogg; codecs=opus"),
        ("audio/webm", "audio/webm"),
    ] {
        assert_eq!(to_send(given), sent);
    }
}

#[test]
fn tells_a_media_type_from_other_text() {
    for valid in ["image/png", "image/svg+xml", "text/plain; charset=utf-8"] {
        assert!(is_valid(valid), "{valid}");
    }
    for invalid in ["", "png", "image/", "/png", "image/p ng", "image/png\r\nX: y", "a/b\n"] {
        assert!(!is_valid(invalid), "{invalid}");
    }
}
