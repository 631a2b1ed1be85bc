use super::*;

fn facts(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

fn proved(json: &str) -> Proof {
    proof(&facts(json))
}

const REFUSED: &str = r#"[{"message":"fetch failed"},{"code":"ECONNREFUSED","syscall":"connect"}]"#;

#[test]
fn without_a_watch_the_runtimes_own_fetch_proves_only_what_is_certain() {
    for (links, expected) in [
        (REFUSED, Proof::NotConnected),
        (r#"[{},{"code":"ENOTFOUND","syscall":"getaddrinfo"}]"#, Proof::NotConnected),
        (r#"[{},{"code":"UND_ERR_CONNECT_TIMEOUT"}]"#, Proof::NotConnected),
        (
            r#"[{},{"code":"ECONNREFUSED","errors":[{"syscall":"connect"},{"syscall":"connect"}]}]"#,
            Proof::NotConnected,
        ),
        (r#"[{},{"errors":[{"syscall":"connect"},{"syscall":"read"}]}]"#, Proof::None),
        (r#"[{},{"code":"CERT_HAS_EXPIRED"}]"#, Proof::Certificate),
        (r#"[{},{"code":"DEPTH_ZERO_SELF_SIGNED_CERT"}]"#, Proof::Certificate),
        (r#"[{},{"code":"ERR_TLS_CERT_ALTNAME_INVALID"}]"#, Proof::Certificate),
        (r#"[{},{"message":"unexpected redirect"}]"#, Proof::Redirected(0)),
        (r#"[{},{"code":"ECONNRESET","syscall":"read"}]"#, Proof::None),
        (r#"[{"code":"ECONNREFUSED"}]"#, Proof::None),
        (r#"[{"message":"Failed to fetch"}]"#, Proof::None),
        (r#"[{"syscall":["connect"]}]"#, Proof::None),
        ("[]", Proof::None),
    ] {
        assert_eq!(proved(&format!(r#"{{"native":true,"links":{links}}}"#)), expected, "{links}");
    }
}

#[test]
fn without_a_watch_a_fetch_of_the_callers_proves_nothing() {
    assert_eq!(proved(&format!(r#"{{"links":{REFUSED}}}"#)), Proof::None);
    assert_eq!(proved(&format!(r#"{{"native":false,"links":{REFUSED}}}"#)), Proof::None);
}

#[test]
fn a_form_that_was_refused_at_once_may_have_been_sent_beside() {
    let links = r#""requests":0,"given":0,"links":[{"code":"UNKNOWN_FORM"}]"#;
    assert_eq!(proved(&format!("{{{links}}}")), Proof::NoForm);
    assert_eq!(proved(&format!(r#"{{"foreign":true,{links}}}"#)), Proof::None);
}

#[test]
fn a_watched_call_is_not_sent_only_if_all_its_requests_failed_before_a_connection() {
    for (watched, expected) in [
        // The request's own error, whatever it is.
        (r#""requests":1,"given":0,"own":true,"links":[{},{"code":"ECONNRESET"}]"#, Proof::NotConnected),
        (r#""requests":3,"given":0,"own":true,"links":[]"#, Proof::NotConnected),
        (r#""requests":1,"given":0,"own":true,"links":[{},{"code":"CERT_HAS_EXPIRED"}]"#, Proof::Certificate),
        // Another request's error, or another transport's.
        (r#""requests":1,"given":0,"own":false,"links":[{"syscall":"connect"}]"#, Proof::None),
        (r#""requests":0,"given":0,"own":false,"links":[{"syscall":"connect"}]"#, Proof::None),
        (r#""requests":0,"given":0,"native":true,"links":[{"syscall":"connect"}]"#, Proof::None),
        // Given to a connection.
        (r#""requests":1,"given":1,"own":true,"links":[{"syscall":"connect"}]"#, Proof::None),
        (r#""requests":2,"given":1,"own":true,"links":[{"syscall":"connect"}]"#, Proof::None),
        // A mock has no connection to give a request to: what it throws is all there is.
        (
            r#""requests":1,"given":0,"own":true,"mocked":true,"links":[{"syscall":"connect"}]"#,
            Proof::NotConnected,
        ),
        (r#""requests":1,"given":0,"own":true,"mocked":true,"links":[{"code":"ECONNRESET"}]"#, Proof::None),
    ] {
        assert_eq!(proved(&format!(r#"{{"prompt":true,{watched}}}"#)), expected, "{watched}");
        let late = proved(&format!("{{{watched}}}"));
        assert_eq!(late, Proof::None, "a wrapper that did something else first: {watched}");
        let foreign = proved(&format!(r#"{{"prompt":true,"foreign":true,{watched}}}"#));
        assert_eq!(foreign, Proof::None, "somebody else's dispatcher: {watched}");
    }
}

#[test]
fn a_blocked_port_counts_only_when_the_runtimes_own_fetch_says_so() {
    let bad_port = |native: bool| {
        proved(&format!(
            r#"{{"requests":0,"given":0,"native":{native},"links":[{{}},{{"message":"bad port"}}]}}"#
        ))
    };
    assert_eq!(bad_port(true), Proof::Refused);
    assert_eq!(bad_port(false), Proof::None);
}

#[test]
fn a_form_taken_for_text_is_not_sent_unless_another_request_was() {
    let links = r#""links":[{},{"code":"UNKNOWN_FORM"}]"#;
    assert_eq!(
        proved(&format!(r#"{{"requests":1,"given":0,"own":true,"prompt":true,{links}}}"#)),
        Proof::NoForm
    );
    assert_eq!(proved(&format!(r#"{{"requests":0,"given":0,{links}}}"#)), Proof::NoForm);
    assert_eq!(proved(&format!(r#"{{"requests":1,"given":0,{links}}}"#)), Proof::None);
    assert_eq!(proved(&format!(r#"{{"requests":1,"given":1,{links}}}"#)), Proof::None);
    assert_eq!(proved(&format!("{{{links}}}")), Proof::NoForm);
}

#[test]
fn a_redirect_that_fetch_failed_on_has_the_status_that_the_watch_saw() {
    let links = r#""links":[{},{"message":"unexpected redirect"}]"#;
    assert_eq!(
        proved(&format!(r#"{{"requests":1,"given":1,"redirect":307,{links}}}"#)),
        Proof::Redirected(307)
    );
    assert_eq!(proved(&format!(r#"{{"requests":1,"given":1,{links}}}"#)), Proof::None);
    assert_eq!(proved(r#"{"requests":1,"given":1,"redirect":307,"links":[]}"#), Proof::None);
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
            stopped_unsent(&facts(&format!(
                r#"{{"prompt":true{}{watched}}}"#,
                if watched.is_empty() { "" } else { "," }
            ))),
            expected,
            "{watched}"
        );
    }
}

#[test]
fn names_the_first_code_of_the_chain() {
    assert_eq!(code(&facts(r#"{"links":[{},{"code":"ECONNRESET"}]}"#)), Some("ECONNRESET"));
    assert_eq!(code(&facts(r#"{"links":[{"message":"x"}]}"#)), None);
}
