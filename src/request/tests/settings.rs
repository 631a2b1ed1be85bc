use super::*;
use crate::data::tagged::whole;

const CLIENT: &str = "s14;https://d.testuus8;Basic YQs8;whatsappi30000;i120000;i2;";

#[test]
fn reads_what_the_facade_writes() {
    let text = whole(&format!("{CLIENT}s8;templateuuuuui141;{{1;7;contents2;Hiuu"));
    let settings = Settings::read(&text).unwrap();
    assert_eq!(settings.operation.name, "template");
    assert_eq!(settings.channel(), Some(Channel::WhatsApp));
    assert_eq!((settings.timeout(), settings.total_timeout()), (30_000.0, 120_000.0));
    assert_eq!(settings.policy(), Policy { max_retries: 2, retry_unknown: false });
    assert_eq!(settings.authorization().as_deref(), Some("Basic YQ"));
    assert_eq!(settings.written.message.get("content").unwrap().as_text(), Some("Hi"));
}

#[test]
fn what_is_given_for_one_call_counts_for_more_than_the_clients() {
    let text = whole(&format!("{CLIENT}s4;texti0;d1088244768;0;i5;tuuuuu"));
    let settings = Settings::read(&text).unwrap();
    assert_eq!((settings.timeout(), settings.total_timeout()), (0.0, 30_000.5));
    assert_eq!(settings.policy(), Policy { max_retries: 5, retry_unknown: true });
}

#[test]
fn an_unknown_kind_is_no_call_and_no_retry() {
    assert!(Settings::read(&whole(&format!("{CLIENT}s4;textuuuuuuuuu"))).is_some());
    for wrong in ["s4;Textuuuuuuuuu", "uuuuuuuuuu", "s4;textuuuuuuuu", "s4;textuuuuuuuuuu", "s5;retryuuu"] {
        assert!(Settings::read(&whole(&format!("{CLIENT}{wrong}"))).is_none(), "{wrong}");
    }
}
