//! What a failed fetch proves.
//!
//! Runtimes throw different things; only a few of them prove that the request was never written. Anything
//! not recognised proves nothing.

use crate::value::Value;

/// What is proved by what fetch threw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The connection never came about: nothing was sent, and trying again may help.
    NotConnected,
    /// The server's certificate was refused: nothing was sent, and trying again changes nothing.
    Certificate,
    /// LiveDesk answered with a redirect, which was not followed.
    Redirected,
    /// Nothing.
    None,
}

/// System calls that come before the first byte, as Node names them; Bun has the second, Deno neither.
const CONNECTING: [&str; 2] = ["connect", "getaddrinfo"];
/// undici's code for a connection that took too long to come about.
const CONNECT_TIMEOUT: &str = "UND_ERR_CONNECT_TIMEOUT";
/// OpenSSL's verification errors as Node names them, by their beginnings.
const CERTIFICATE: [&str; 8] = [
    "CERT_",
    "CRL_",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "ERR_TLS_CERT_",
    "HOSTNAME_MISMATCH",
    "INVALID_CA",
    "SELF_SIGNED_CERT_",
    "UNABLE_TO_",
];
/// undici's words when `redirect: "error"` met a redirect; it has no code for it.
const REDIRECTED: &str = "unexpected redirect";

/// What an error chain proves. Each link is `{ code?, syscall?, message?, errors? }`, outermost first;
/// `errors` are the members of an AggregateError, one per address that was tried.
pub fn proof(links: &[Value]) -> Proof {
    links.iter().map(proof_of_link).find(|proof| *proof != Proof::None).unwrap_or(Proof::None)
}

/// The first error code of the chain, such as `ECONNRESET`.
pub fn code(links: &[Value]) -> Option<&str> {
    links.iter().find_map(|link| link.get("code").and_then(Value::as_text)).filter(|code| !code.is_empty())
}

fn proof_of_link(link: &Value) -> Proof {
    let text = |key| link.get(key).and_then(Value::as_text).unwrap_or_default();
    if let Some(Value::List(members)) = link.get("errors")
        && !members.is_empty()
    {
        // One address that was reached is enough to have received the request.
        let unconnected = members.iter().all(|member| proof_of_link(member) == Proof::NotConnected);
        return if unconnected { Proof::NotConnected } else { Proof::None };
    }
    let code = text("code");
    if CONNECTING.contains(&text("syscall")) || code == CONNECT_TIMEOUT {
        Proof::NotConnected
    } else if CERTIFICATE.iter().any(|start| code.starts_with(start)) {
        Proof::Certificate
    } else if text("message") == REDIRECTED {
        Proof::Redirected
    } else {
        Proof::None
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn links(json: &str) -> Vec<Value> {
        match serde_json::from_str(json).unwrap() {
            Value::List(links) => links,
            other => vec![other],
        }
    }

    #[test]
    fn proves_only_what_runtimes_make_certain() {
        for (chain, expected) in [
            (
                r#"[{"message":"fetch failed"},{"code":"ECONNREFUSED","syscall":"connect"}]"#,
                Proof::NotConnected,
            ),
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
            (r#"[{},{"message":"unexpected redirect"}]"#, Proof::Redirected),
            (r#"[{},{"code":"ECONNRESET","syscall":"read"}]"#, Proof::None),
            (r#"[{"code":"ECONNREFUSED"}]"#, Proof::None),
            (r#"[{"message":"Failed to fetch"}]"#, Proof::None),
            (r#"[{"syscall":["connect"]}]"#, Proof::None),
            ("[]", Proof::None),
        ] {
            assert_eq!(proof(&links(chain)), expected, "{chain}");
        }
    }

    #[test]
    fn names_the_first_code_of_the_chain() {
        assert_eq!(code(&links(r#"[{},{"code":"ECONNRESET"}]"#)), Some("ECONNRESET"));
        assert_eq!(code(&links(r#"[{"message":"x"}]"#)), None);
    }
}
