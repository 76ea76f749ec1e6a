//! The AWS clients, configured completely from Lambda's environment.
//!
//! Nothing here makes a call: no credentials are fetched, no region is looked up, no endpoint is
//! discovered (`docs/adr/0004`). All clients share one HTTP client and with it one pool of
//! connections and one set of root certificates, with `ring` below (`docs/adr/0003`).

mod connector;
mod trust;

use std::{io, time::Duration};

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::config::{
    BehaviorVersion, IdentityCache, Region, SharedCredentialsProvider, SharedHttpClient,
    StalledStreamProtectionConfig, retry::RetryConfig, timeout::TimeoutConfig,
};
use secrecy::ExposeSecret;

use crate::config::AwsConfig;

/// The number of tries of a call, the first included. Transaction conflicts are not retried here,
/// because the store loads and decides anew after them.
const ATTEMPTS: u32 = 3;
/// The longest that one attempt may take.
const ATTEMPT: Duration = Duration::from_secs(3);
/// The longest that a call may take with all its attempts. A function has ten seconds
/// (`infra/template.yaml`) and must be able to answer 503 within them.
const OPERATION: Duration = Duration::from_secs(7);

/// The clients of one function.
#[derive(Debug, Clone)]
pub struct Clients {
    /// The tables.
    pub dynamodb: aws_sdk_dynamodb::Client,
    config: AwsConfig,
    http: SharedHttpClient,
}

/// The reason why there are no clients.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The file that `AWS_CA_BUNDLE` names cannot be read.
    #[error("AWS_CA_BUNDLE names a file that cannot be read")]
    Roots(#[source] io::Error),
    /// It is no list of certificates.
    #[error("AWS_CA_BUNDLE names a file that holds no certificates")]
    Tls(#[source] connections::TlsError),
}

impl ClientError {
    /// Never: the same environment fails the same way again.
    #[must_use]
    pub const fn retryable(&self) -> bool {
        false
    }
}

impl Clients {
    /// Builds the clients. Makes no call.
    ///
    /// # Errors
    /// If `AWS_CA_BUNDLE` was given and is not usable.
    pub fn build(config: &AwsConfig) -> Result<Self, ClientError> {
        let http = http_client(config)?;
        Ok(Self {
            dynamodb: dynamodb(config, http.clone()),
            config: config.clone(),
            http,
        })
    }

    /// The mail. Made when it is asked for, so that a function that sends none carries nothing of it.
    #[must_use]
    pub fn sesv2(&self) -> aws_sdk_sesv2::Client {
        sesv2(&self.config, self.http.clone())
    }
}

/// A DynamoDB client over a given HTTP client.
#[must_use]
pub fn dynamodb(config: &AwsConfig, http: SharedHttpClient) -> aws_sdk_dynamodb::Client {
    let builder = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(config.region.clone()))
        .credentials_provider(credentials(config))
        .http_client(http)
        .retry_config(retries())
        .timeout_config(timeouts())
        // An answer is read as a whole within an attempt's time, so no stream can stall.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        // They are at hand, and stay the same.
        .identity_cache(IdentityCache::no_cache());
    let builder = match &config.dynamodb_endpoint {
        Some(endpoint) => builder.endpoint_url(endpoint),
        None => builder,
    };
    aws_sdk_dynamodb::Client::from_conf(builder.build())
}

/// An SESv2 client over a given HTTP client.
#[must_use]
pub fn sesv2(config: &AwsConfig, http: SharedHttpClient) -> aws_sdk_sesv2::Client {
    let builder = aws_sdk_sesv2::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(config.region.clone()))
        .credentials_provider(credentials(config))
        .http_client(http)
        .retry_config(retries())
        .timeout_config(timeouts())
        // An answer is read as a whole within an attempt's time, so no stream can stall.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        // They are at hand, and stay the same.
        .identity_cache(IdentityCache::no_cache());
    let builder = match &config.sesv2_endpoint {
        Some(endpoint) => builder.endpoint_url(endpoint),
        None => builder,
    };
    aws_sdk_sesv2::Client::from_conf(builder.build())
}

/// The HTTP client that all AWS clients of a process share.
///
/// # Errors
/// If `AWS_CA_BUNDLE` was given and is not usable.
pub fn http_client(config: &AwsConfig) -> Result<SharedHttpClient, ClientError> {
    let tls = if speaks_tls(config) {
        Some(trust::tls(&config.roots)?)
    } else {
        None
    };
    Ok(connector::client(tls))
}

/// Tells whether any client reaches its service over TLS. The local engine and the tests' stubs do
/// not use it, and then no root certificates are read.
fn speaks_tls(config: &AwsConfig) -> bool {
    [&config.dynamodb_endpoint, &config.sesv2_endpoint]
        .into_iter()
        .any(|endpoint| !matches!(endpoint, Some(url) if url.starts_with("http://")))
}

/// The credentials that Lambda put into the environment. They are valid for as long as the process
/// lives: Lambda replaces the process, not the variables.
fn credentials(config: &AwsConfig) -> SharedCredentialsProvider {
    let session = config.session_token.as_ref();
    SharedCredentialsProvider::new(Credentials::from_keys(
        config.access_key_id.clone(),
        config.secret_access_key.expose_secret(),
        session.map(|token| token.expose_secret().to_owned()),
    ))
}

fn retries() -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(ATTEMPTS)
        .with_initial_backoff(Duration::from_millis(50))
        .with_max_backoff(Duration::from_secs(1))
}

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .operation_attempt_timeout(ATTEMPT)
        .operation_timeout(OPERATION)
        .build()
}

#[cfg(test)]
#[path = "aws/tests.rs"]
mod tests;
