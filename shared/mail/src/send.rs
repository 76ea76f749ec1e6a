//! Handing a mail to Amazon SES, and what SES says to it.

use std::fmt;

use aws_sdk_sesv2::{
    Client,
    config::retry::RetryConfig,
    error::{ProvideErrorMetadata, SdkError},
    operation::{
        delete_suppressed_destination::DeleteSuppressedDestinationError, send_email::SendEmailError,
    },
    primitives::Blob,
    types::{Destination, EmailContent, MessageTag, RawMessage},
};

use domain::EmailAddress;

use crate::email::Email;

/// Sends mails through SES (API version 2).
///
/// The caller decides whether an address may be written to: suppression is looked up before a mail
/// is rendered.
#[derive(Debug, Clone)]
pub struct Sender {
    client: Client,
    configuration_set: Option<String>,
}

/// SES has taken a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The id under which bounces, complaints and deliveries of this mail are reported; empty in
    /// the case, which the API's types allow, that SES gave none.
    pub ses_message_id: String,
}

/// The reason why SES did not take a mail, or may not have.
///
/// Neither `Display` nor `Debug` repeats SES's answer, because SES names addresses. The whole
/// answer is the `source`, for readers who look on purpose and not for a log.
#[derive(thiserror::Error)]
pub enum SendError {
    /// Faster than the account's maximum send rate. Waiting a moment helps.
    #[error("SES throttled the mail ({code})")]
    Throttled {
        /// The error's name.
        code: String,
        /// The SDK's error.
        source: Box<SdkError<SendEmailError>>,
    },
    /// The account's quota for 24 hours is used up. No mail leaves until some of it comes back.
    #[error("the daily quota of SES is used up ({code})")]
    QuotaGone {
        /// The error's name.
        code: String,
        /// The SDK's error.
        source: Box<SdkError<SendEmailError>>,
    },
    /// SES will not take this mail, however often it is offered.
    #[error("SES rejected the mail ({code})")]
    Rejected {
        /// The error's name.
        code: String,
        /// The SDK's error.
        source: Box<SdkError<SendEmailError>>,
    },
    /// SES takes no mail from us until a human mends something: the account is suspended or paused,
    /// a permission, the configuration set or a verified domain is missing. The mail is not at
    /// fault and has to be kept.
    #[error("SES takes no mail at present ({code})")]
    Paused {
        /// The error's name.
        code: String,
        /// The SDK's error.
        source: Box<SdkError<SendEmailError>>,
    },
    /// No answer, or none that tells anything. SES may have taken the mail: sending it again can
    /// make a double, which is the one window that delivery at least once leaves open.
    #[error("SES could not be reached ({code})")]
    Unavailable {
        /// The error's name, or how the call failed.
        code: String,
        /// The SDK's error.
        source: Box<SdkError<SendEmailError>>,
    },
}

impl SendError {
    /// Tells whether the same mail may be offered again later.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Rejected { .. } => false,
            Self::Throttled { .. }
            | Self::QuotaGone { .. }
            | Self::Paused { .. }
            | Self::Unavailable { .. } => true,
        }
    }

    /// Tells whether every other mail would fail alike, so that offering one is no use for now.
    #[must_use]
    pub fn stops_all(&self) -> bool {
        match self {
            Self::QuotaGone { .. } | Self::Paused { .. } => true,
            Self::Throttled { .. } | Self::Rejected { .. } | Self::Unavailable { .. } => false,
        }
    }

    /// The error's name as SES gives it, such as `MessageRejected`; for the record and the log.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Throttled { code, .. }
            | Self::QuotaGone { code, .. }
            | Self::Rejected { code, .. }
            | Self::Paused { code, .. }
            | Self::Unavailable { code, .. } => code,
        }
    }
}

impl fmt::Debug for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Throttled { .. } => "Throttled",
            Self::QuotaGone { .. } => "QuotaGone",
            Self::Rejected { .. } => "Rejected",
            Self::Paused { .. } => "Paused",
            Self::Unavailable { .. } => "Unavailable",
        };
        f.debug_struct(name)
            .field("code", &self.code())
            .finish_non_exhaustive()
    }
}

/// The reason why SES's own suppression list still holds an address.
///
/// As for a mail, neither `Display` nor `Debug` repeats SES's answer.
#[derive(thiserror::Error)]
#[error("SES's suppression list could not be changed ({code})")]
pub struct UnlistError {
    code: String,
    source: Box<SdkError<DeleteSuppressedDestinationError>>,
}

impl fmt::Debug for UnlistError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnlistError")
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}

impl Sender {
    /// Takes the SDK's client and the configuration set that reports bounces and complaints.
    ///
    /// The client's own retries are switched off. They know nothing of the send quota, would send
    /// unpaced, and would turn each lost answer into a possible double that nobody sees; the
    /// outbox retries instead.
    #[must_use]
    pub fn new(client: &Client, configuration_set: Option<String>) -> Self {
        let config = client
            .config()
            .to_builder()
            .retry_config(RetryConfig::disabled())
            .build();
        Self {
            client: Client::from_conf(config),
            configuration_set,
        }
    }

    /// Takes an address off the account's own suppression list, to which SES adds every address
    /// that bounced. An address that is not on it stays as it is.
    ///
    /// # Errors
    /// If SES does not do it.
    pub async fn unlist(&self, address: &EmailAddress) -> Result<(), UnlistError> {
        let request = self.client.delete_suppressed_destination();
        match request.email_address(address.as_str()).send().await {
            Ok(_) => Ok(()),
            Err(error) => {
                let code = error.code().unwrap_or("Unknown").to_owned();
                if code == "NotFoundException" {
                    return Ok(());
                }
                let source = Box::new(error);
                Err(UnlistError { code, source })
            }
        }
    }

    /// Offers a mail to SES, once.
    ///
    /// The mail goes as raw MIME: SES takes sender and subject from it, and the one recipient from
    /// the destination. Kind and message id go along as tags, which SES's events return.
    ///
    /// # Errors
    /// If SES does not take it, or does not confirm it.
    pub async fn send(&self, email: &Email) -> Result<Sent, SendError> {
        let answer = self
            .client
            .send_email()
            .set_configuration_set_name(self.configuration_set.clone())
            .destination(
                Destination::builder()
                    .to_addresses(email.to().as_str())
                    .build(),
            )
            .content(EmailContent::builder().raw(raw(email)).build())
            .email_tags(tag("lanyard-kind", email.kind()))
            .email_tags(tag("lanyard-message", &email.message().to_string()))
            .send()
            .await;
        match answer {
            Ok(output) => Ok(Sent {
                ses_message_id: output.message_id().unwrap_or_default().to_owned(),
            }),
            Err(error) => Err(classify(error, email)),
        }
    }
}

fn raw(email: &Email) -> RawMessage {
    RawMessage::builder()
        .data(Blob::new(email.to_mime()))
        .build()
        .expect("the data was given")
}

/// Tag values take letters, digits, `_`, `-`, `.` and `@`, which kinds and UUIDs are made of.
fn tag(name: &str, value: &str) -> MessageTag {
    MessageTag::builder()
        .name(name)
        .value(value)
        .build()
        .expect("name and value were given")
}

/// Sorts SES's errors by what helps against them.
///
/// Sources: the SES API v2 reference, `SendEmail`, "Errors" and "Common Errors"; the SES developer
/// guide, "Errors related to the sending quotas", for the messages "Maximum sending rate exceeded"
/// and "Daily message quota exceeded", which alone tell the two quotas apart.
fn classify(error: SdkError<SendEmailError>, email: &Email) -> SendError {
    let SdkError::ServiceError(answer) = &error else {
        let code = match &error {
            SdkError::ConstructionFailure(_) => "ConstructionFailure",
            SdkError::TimeoutError(_) => "Timeout",
            SdkError::DispatchFailure(_) => "DispatchFailure",
            _ => "ResponseError",
        };
        return SendError::Unavailable {
            code: code.to_owned(),
            source: Box::new(error),
        };
    };
    let status = answer.raw().status().as_u16();
    let named = answer.err();
    let code = named.code().unwrap_or("Unknown").to_owned();
    let said = named.message().unwrap_or_default().to_ascii_lowercase();
    let daily = said.contains("quota exceeded");
    // SES says "Email address is not verified. The following identities failed the check in
    // region …", also when only the recipient is meant, as in an account that is still in the
    // sandbox. When it means the desk's sender, every mail of the desk would be lost.
    let sender_unverified =
        said.contains("not verified") && said.contains(email.from().address.as_str());
    let source = Box::new(error);
    match code.as_str() {
        "TooManyRequestsException"
        | "ThrottlingException"
        | "Throttling"
        | "LimitExceededException" => {
            if daily {
                SendError::QuotaGone { code, source }
            } else {
                SendError::Throttled { code, source }
            }
        }
        "MessageRejected" if sender_unverified => SendError::Paused { code, source },
        // The mail itself. A content or an address that SES refuses stays refused.
        "MessageRejected" | "BadRequestException" | "ValidationException" | "ValidationError" => {
            SendError::Rejected { code, source }
        }
        // The account, its rights, or what the stack should have set up.
        "AccountSuspendedException"
        | "SendingPausedException"
        | "MailFromDomainNotVerifiedException"
        | "NotFoundException"
        | "AccessDeniedException"
        | "AccessDenied"
        | "NotAuthorized"
        | "OptInRequired"
        | "UnrecognizedClientException"
        | "InvalidClientTokenId"
        | "MissingAuthenticationToken"
        | "IncompleteSignature" => SendError::Paused { code, source },
        _ if status == 429 => SendError::Throttled { code, source },
        // An expired signature or token is renewed by itself; 5xx and what is unknown may pass.
        _ => SendError::Unavailable { code, source },
    }
}
