//! What the facade passes along with a call or a question: the client's options, checked there and with their defaults, and what
//! the caller wrote.

use crate::data::tagged::{Reader, record};
use crate::message::limits::Channel;
use crate::policy::retry::Policy;
use crate::request::operation::Kind;

record! {
    /// The options of a client.
    Client {
        /// Where requests go, without a slash at its end.
        base_url: text = "baseUrl",
        /// The Authorization header that needs no asking: of the key and secret, or as it was given.
        authorization: text = "authorization",
        /// The channel whose limits apply.
        channel: text = "channel",
        /// Milliseconds for one attempt; 0 is no limit.
        timeout: number = "timeout",
        /// Milliseconds for all attempts and waits together; 0 is no limit.
        total_timeout: number = "totalTimeout",
        /// How many attempts may follow the first.
        max_retries: number = "maxRetries",
    }
}

record! {
    /// What a caller wrote for one call.
    Written {
        /// Which of the four calls it is; `retry` also where a message of LiveDesk's is to be explained.
        kind: text = "kind",
        /// In place of the client's.
        timeout: number = "timeout",
        /// In place of the client's.
        total_timeout: number = "totalTimeout",
        /// In place of the client's.
        max_retries: number = "maxRetries",
        /// Also repeat what may have been stored.
        retry_unknown: flag = "dangerouslyRetryUnknown",
        /// The conversation's id, to be checked.
        conversation_id: value = "conversationId",
        /// The message, or what is to be retried, to be checked.
        message: value = "message",
        /// `requestOptions.extra`, to be checked.
        extra: value = "extra",
    }
}

/// All that holds for one call.
pub struct Settings<'a> {
    /// The client's options.
    pub client: Client<'a>,
    /// What the caller wrote.
    pub written: Written<'a>,
    /// Which of the four calls it is.
    pub kind: Kind,
}

impl<'a> Settings<'a> {
    /// From the facade's text; `None` if it is no such text.
    pub fn read(text: &'a str) -> Option<Settings<'a>> {
        let mut reader = Reader::new(text);
        let client = Client::read(&mut reader);
        let written = Written::read(&mut reader);
        let kind = Kind::parse(written.kind.unwrap_or_default())?;
        reader.has_ended().then_some(Settings { client, written, kind })
    }

    /// The channel whose limits apply.
    pub fn channel(&self) -> Option<Channel> {
        self.client.channel.and_then(Channel::parse)
    }

    /// Milliseconds for one attempt; 0 is no limit.
    pub fn timeout(&self) -> f64 {
        self.written.timeout.or(self.client.timeout).unwrap_or_default()
    }

    /// Milliseconds for all attempts and waits together; 0 is no limit.
    pub fn total_timeout(&self) -> f64 {
        self.written.total_timeout.or(self.client.total_timeout).unwrap_or_default()
    }

    /// What may be repeated.
    pub fn policy(&self) -> Policy {
        let max_retries = self.written.max_retries.or(self.client.max_retries);
        Policy {
            max_retries: max_retries.unwrap_or_default() as u32,
            retry_unknown: self.written.retry_unknown,
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::data::tagged::whole;

    const CLIENT: &str = "s14;https://d.tests8;Basic YQs8;whatsappi30000;i120000;i2;";

    #[test]
    fn reads_what_the_facade_writes() {
        let text = whole(&format!("{CLIENT}s8;templateuuuui141;{{1;7;contents2;Hiu"));
        let settings = Settings::read(&text).unwrap();
        assert_eq!(settings.kind, Kind::Template);
        assert_eq!(settings.channel(), Some(Channel::WhatsApp));
        assert_eq!((settings.timeout(), settings.total_timeout()), (30_000.0, 120_000.0));
        assert_eq!(settings.policy(), Policy { max_retries: 2, retry_unknown: false });
        assert_eq!(settings.client.authorization, Some("Basic YQ"));
        assert_eq!(settings.written.message.get("content").unwrap().as_text(), Some("Hi"));
    }

    #[test]
    fn what_is_given_for_one_call_counts_for_more_than_the_clients() {
        let text = whole(&format!("{CLIENT}s4;texti0;d1088244768;0;i5;tuuu"));
        let settings = Settings::read(&text).unwrap();
        assert_eq!((settings.timeout(), settings.total_timeout()), (0.0, 30_000.5));
        assert_eq!(settings.policy(), Policy { max_retries: 5, retry_unknown: true });
    }

    #[test]
    fn an_unknown_kind_is_no_call_and_no_retry() {
        assert!(Settings::read(&whole(&format!("{CLIENT}s4;textuuuuuuu"))).is_some());
        for wrong in ["s4;Textuuuuuuu", "uuuuuuuu", "s4;textuuuuuu", "s4;textuuuuuuuu", "s5;retryuuu"] {
            assert!(Settings::read(&whole(&format!("{CLIENT}{wrong}"))).is_none(), "{wrong}");
        }
    }
}
