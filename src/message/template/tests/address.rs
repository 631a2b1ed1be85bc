use super::*;

fn codes(address: &str) -> Vec<&'static str> {
    let mut issues = Issues::new();
    doubt(address, &Place::MESSAGE, &mut issues);
    issues.into_vec().iter().map(|issue| issue.code).collect()
}

#[test]
fn an_address_that_meta_can_load_is_no_doubt() {
    for address in [
        "https://shop.example/a.png",
        "HTTPS://shop.example:8443/a.png?x=http://localhost/",
        "https://user@shop.example/10.0.0.1",
        "https://172.15.0.1/",
        "https://172.32.0.1/",
        "https://100.1.2.3/",
        "https://notlocalhost.example/",
        "https://[2001:db8::1]/a.png",
    ] {
        assert_eq!(codes(address), Vec::<&str>::new(), "{address}");
    }
}

#[test]
fn one_that_is_open_private_or_metas_is() {
    assert_eq!(codes("http://shop.example/a.png"), ["insecure_address"]);
    for host in [
        "localhost",
        "LOCALHOST:3000",
        "app.localhost",
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "172.16.0.1",
        "172.31.0.1:80",
        "169.254.1.1",
        "[::1]:8080",
        "[fd00::1]",
        "printer.local",
        "user:pass@localhost",
        "api.internal",
    ] {
        assert_eq!(codes(&format!("https://{host}/a.png")), ["private_address"], "{host}");
    }
    for host in ["scontent.xx.fbcdn.net", "lookaside.fbsbx.com", "mmg.whatsapp.net"] {
        assert_eq!(codes(&format!("https://{host}/v/t62?oe=1")), ["meta_address"], "{host}");
    }
    assert_eq!(codes("http://localhost/"), ["insecure_address", "private_address"]);
}
