use super::*;
use crate::data::value::Value;

fn facts(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

fn proved(json: &str) -> Option<Code> {
    proof(&Facts::read(&facts(json)))
}

const REFUSED: &str = r#"[{"message":"fetch failed"},{"code":"ECONNREFUSED","syscall":"connect"}]"#;

#[test]
fn without_a_watch_the_runtimes_own_fetch_proves_only_what_is_certain() {
    for (links, expected) in [
        (REFUSED, Some(Code::NotConnected)),
        (r#"[{},{"code":"ENOTFOUND","syscall":"getaddrinfo"}]"#, Some(Code::NotConnected)),
        (r#"[{},{"code":"UND_ERR_CONNECT_TIMEOUT"}]"#, Some(Code::NotConnected)),
        (
            r#"[{},{"code":"ECONNREFUSED","errors":[{"syscall":"connect"},{"syscall":"connect"}]}]"#,
            Some(Code::NotConnected),
        ),
        (r#"[{},{"errors":[{"syscall":"connect"},{"syscall":"read"}]}]"#, None),
        (r#"[{},{"code":"CERT_HAS_EXPIRED"}]"#, Some(Code::CertificateRefused)),
        (r#"[{},{"code":"DEPTH_ZERO_SELF_SIGNED_CERT"}]"#, Some(Code::CertificateRefused)),
        (r#"[{},{"code":"ERR_TLS_CERT_ALTNAME_INVALID"}]"#, Some(Code::CertificateRefused)),
        (r#"[{},{"message":"unexpected redirect"}]"#, Some(Code::Redirected)),
        (r#"[{},{"code":"ECONNRESET","syscall":"read"}]"#, None),
        (r#"[{"code":"ECONNREFUSED"}]"#, None),
        (r#"[{"message":"Failed to fetch"}]"#, None),
        (r#"[{"syscall":["connect"]}]"#, None),
        ("[]", None),
    ] {
        assert_eq!(proved(&format!(r#"{{"native":true,"links":{links}}}"#)), expected, "{links}");
    }
}

#[test]
fn without_a_watch_a_fetch_of_the_callers_proves_nothing() {
    assert_eq!(proved(&format!(r#"{{"links":{REFUSED}}}"#)), None);
    assert_eq!(proved(&format!(r#"{{"native":false,"links":{REFUSED}}}"#)), None);
}

#[test]
fn a_watched_call_is_not_sent_only_if_all_its_requests_failed_before_a_connection() {
    for (watched, expected) in [
        // The request's own error, whatever it is.
        (r#""requests":1,"given":0,"own":true,"links":[{},{"code":"ECONNRESET"}]"#, Some(Code::NotConnected)),
        (r#""requests":3,"given":0,"own":true,"links":[]"#, Some(Code::NotConnected)),
        (
            r#""requests":1,"given":0,"own":true,"links":[{},{"code":"CERT_HAS_EXPIRED"}]"#,
            Some(Code::CertificateRefused),
        ),
        // Another request's error, or another transport's.
        (r#""requests":1,"given":0,"own":false,"links":[{"syscall":"connect"}]"#, None),
        (r#""requests":0,"given":0,"own":false,"links":[{"syscall":"connect"}]"#, None),
        (r#""requests":0,"given":0,"native":true,"links":[{"syscall":"connect"}]"#, None),
        // Given to a connection.
        (r#""requests":1,"given":1,"own":true,"links":[{"syscall":"connect"}]"#, None),
        (r#""requests":2,"given":1,"own":true,"links":[{"syscall":"connect"}]"#, None),
        // A mock has no connection to give a request to: what it throws is all there is.
        (
            r#""requests":1,"given":0,"own":true,"mocked":true,"links":[{"syscall":"connect"}]"#,
            Some(Code::NotConnected),
        ),
        (r#""requests":1,"given":0,"own":true,"mocked":true,"links":[{"code":"ECONNRESET"}]"#, None),
    ] {
        assert_eq!(proved(&format!(r#"{{"prompt":true,{watched}}}"#)), expected, "{watched}");
        let late = proved(&format!("{{{watched}}}"));
        assert_eq!(late, None, "a wrapper that did something else first: {watched}");
        let foreign = proved(&format!(r#"{{"prompt":true,"foreign":true,{watched}}}"#));
        assert_eq!(foreign, None, "somebody else's dispatcher: {watched}");
    }
}

#[test]
fn a_blocked_port_counts_only_when_the_runtimes_own_fetch_says_so() {
    let seen = |native: bool| {
        facts(&format!(
            r#"{{"requests":0,"given":0,"native":{native},"links":[{{}},{{"message":"bad port"}}]}}"#
        ))
    };
    let bad_port = |native| proof(&Facts::read(&seen(native)));
    // Another attempt would meet the same port.
    assert!(!failed(&Facts::read(&seen(true))).may_pass);
    assert_eq!(bad_port(true), Some(Code::NotConnected));
    assert_eq!(bad_port(false), None);
}

#[test]
fn a_form_taken_for_text_is_not_sent_unless_another_request_was() {
    let links = r#""links":[{},{"code":"UNKNOWN_FORM"}]"#;
    assert_eq!(
        proved(&format!(r#"{{"requests":1,"given":0,"own":true,"prompt":true,{links}}}"#)),
        Some(Code::FormFailed)
    );
    assert_eq!(proved(&format!(r#"{{"requests":0,"given":0,{links}}}"#)), Some(Code::FormFailed));
    assert_eq!(proved(&format!(r#"{{"requests":1,"given":0,{links}}}"#)), None);
    assert_eq!(proved(&format!(r#"{{"requests":1,"given":1,{links}}}"#)), None);
    assert_eq!(proved(&format!("{{{links}}}")), Some(Code::FormFailed));
}

#[test]
fn a_redirect_that_fetch_failed_on_has_the_status_that_the_watch_saw() {
    let links = r#""links":[{},{"message":"unexpected redirect"}]"#;
    assert_eq!(
        proved(&format!(r#"{{"requests":1,"given":1,"redirect":307,{links}}}"#)),
        Some(Code::Redirected)
    );
    assert_eq!(proved(&format!(r#"{{"requests":1,"given":1,{links}}}"#)), None);
    assert_eq!(proved(r#"{"requests":1,"given":1,"redirect":307,"links":[]}"#), None);
}

#[test]
fn a_stopped_call_is_not_sent_only_if_our_signal_ended_it_before_a_connection() {
    for (watched, expected) in [
        (r#""requests":1,"given":0,"own":true"#, true),
        (r#""requests":1,"given":0,"own":false"#, false),
        (r#""requests":1,"given":1,"own":true"#, false),
        (r#""requests":1,"given":0,"own":true,"mocked":true"#, false),
        (r#""requests":0,"given":0,"own":true,"native":true,"works":true"#, true),
        (r#""requests":0,"given":0,"own":true,"native":true"#, false),
        (r#""requests":0,"given":0,"own":true,"works":true"#, false),
        (r#""own":true,"native":true,"works":true"#, false),
        ("", false),
    ] {
        assert_eq!(
            stopped_unsent(&Facts::read(&facts(&format!(
                r#"{{"prompt":true{}{watched}}}"#,
                if watched.is_empty() { "" } else { "," }
            )))),
            expected,
            "{watched}"
        );
    }
}

#[test]
fn names_the_first_code_of_the_chain() {
    let named = |json: &str| code(&Facts::read(&facts(json))).map(str::to_owned);
    assert_eq!(named(r#"{"links":[{},{"code":"ECONNRESET"}]}"#).as_deref(), Some("ECONNRESET"));
    assert_eq!(named(r#"{"links":[{"message":"x"}]}"#), None);
}
