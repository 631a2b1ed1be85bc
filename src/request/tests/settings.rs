use super::*;

#[test]
fn reads_what_the_facade_writes() {
    let settings = Settings::new(
        serde_json::from_str(
            r#"{"kind":"template","channel":"whatsapp","maxRetries":2,"timeout":30000.5,
                "dangerouslyRetryUnknown":true}"#,
        )
        .unwrap(),
    );
    assert_eq!(settings.operation().name, "template");
    assert_eq!(settings.channel(), Some(Channel::WhatsApp));
    assert_eq!(settings.number("timeout"), 30_000.5);
    assert_eq!(settings.policy(), Policy { max_retries: 2, retry_unknown: true });
    assert_eq!(settings.text("apiKey"), "");
}
