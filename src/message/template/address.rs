//! Addresses of media, which Meta loads by itself.

use crate::data::text::{before, split, split_once};
use crate::input::issue::Issues;
use crate::input::place::Place;

/// Hosts that Meta serves media from; their addresses lapse within hours.
const METAS: &str = "fbcdn.net fbsbx.com whatsapp.net cdninstagram.com";
/// How the hosts begin, and end, that only one's own network knows (RFC 1918, 6761, 6762, 3927, 4193).
const PRIVATE: &str = "127. 10. 172.16. 172.17. 172.18. 172.19. 172.20. 172.21. 172.22. 172.23. 172.24. 172.25. \
                       172.26. 172.27. 172.28. 172.29. 172.30. 172.31. 192.168. 169.254. 0. localhost [::1] [fc [fd \
                       [fe80";
const PRIVATE_ENDS: &str = ".localhost .local .internal";

/// Warns of an address that Meta can hardly load; `http(s)` it is by now.
pub fn doubt(address: &str, place: &Place<'_>, issues: &mut Issues) {
    let (scheme, rest) = split_once(address, ":").unwrap_or_default();
    if scheme.len() < "https".len() {
        issues.warning(place, "insecure_address", "is http; give an https address");
    }
    let authority = before(rest.strip_prefix("//").unwrap_or_default(), "/?#");
    let mut host = split(authority, "@").last().unwrap_or_default().to_owned();
    host.make_ascii_lowercase();
    let port = if host.starts_with('[') { host.len() } else { before(&host, ":").len() };
    host.truncate(port);
    if is_private(&host) {
        issues.warning(place, "private_address", "is of a private network, where Meta cannot load anything");
    } else if has_one(&host, METAS, |host, end| host.ends_with(end)) {
        issues.warning(
            place,
            "meta_address",
            "is of Meta's own servers, whose addresses lapse; give one of yours",
        );
    }
}

fn is_private(host: &str) -> bool {
    has_one(host, PRIVATE, |host, start| host.starts_with(start))
        || has_one(host, PRIVATE_ENDS, |host, end| host.ends_with(end))
}

fn has_one(host: &str, parts: &'static str, has: fn(&str, &str) -> bool) -> bool {
    split(parts, " ").any(|part| has(host, part))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/address.rs"]
mod tests;
