//! What the facade passes along with a call or a question: the client's options, checked there and with their defaults, and what
//! the caller wrote.

use crate::data::tagged::{Reader, record};
use crate::message::limits::Channel;
use crate::policy::retry::Policy;
use crate::request::credentials;
use crate::request::operation::{Input, Operation};
use crate::request::operations::named;

record! {
    /// The options of a client.
    Client {
        /// Where requests go, without a slash at its end.
        base_url: text = "baseUrl",
        /// With `api_secret`, what the Authorization header is made of.
        api_key: text = "apiKey",
        /// See `api_key`.
        api_secret: text = "apiSecret",
        /// The header as it was given, in their place.
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
        /// Retry also where the failure says that it cannot help.
        force: flag = "force",
        /// The conversation's id, to be checked.
        conversation_id: value = "conversationId",
        /// The message, or what is to be retried, to be checked.
        message: value = "message",
        /// `requestOptions.extra`, to be checked.
        extra: value = "extra",
        /// The template's definition, to be read; or `undefined`.
        definition: value = "definition",
    }
}

/// All that holds for one call.
pub struct Settings<'a> {
    /// The client's options.
    pub client: Client<'a>,
    /// What the caller wrote.
    pub written: Written<'a>,
    /// What the call asks for.
    pub operation: &'static Operation,
}

impl<'a> Settings<'a> {
    /// From the facade's text; `None` if it is no such text.
    pub fn read(text: &'a str) -> Option<Settings<'a>> {
        let mut reader = Reader::new(text);
        let client = Client::read(&mut reader);
        let written = Written::read(&mut reader);
        let operation = named(written.kind.unwrap_or_default())?;
        reader.has_ended().then_some(Settings { client, written, operation })
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

    /// What the caller wrote.
    pub fn input(&self, is_check: bool) -> Input<'_> {
        Input {
            message: &self.written.message,
            extra: &self.written.extra,
            channel: self.channel(),
            definition: &self.written.definition,
            is_check,
            force: self.written.force,
        }
    }

    /// The Authorization header that needs no asking: of the key and secret, or as it was given.
    pub fn authorization(&self) -> Option<String> {
        let Client { api_key, api_secret, authorization, .. } = self.client;
        match api_key {
            Some(key) => Some(credentials::basic(key, api_secret.unwrap_or_default())),
            None => authorization.map(str::to_owned),
        }
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
#[path = "tests/settings.rs"]
mod tests;
