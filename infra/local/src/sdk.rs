//! The real AWS clients, pointed at this bundle.

use std::net::SocketAddr;

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::config::{
    BehaviorVersion, Region, SharedCredentialsProvider, SharedHttpClient,
};

/// The region of all local clients. The engine and the captured SES serve any.
pub const REGION: &str = "local";

/// An HTTP client without TLS, because everything is on loopback.
fn http_client() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().build_http()
}

/// Credentials that nobody verifies. Their key id names the caller.
fn credentials(caller: &str) -> SharedCredentialsProvider {
    SharedCredentialsProvider::new(Credentials::from_keys(caller, "local", None))
}

/// The address of a loopback listener as an endpoint.
#[must_use]
pub fn address(listener: SocketAddr) -> String {
    format!("http://{listener}")
}

/// A DynamoDB client; `caller` is its access key id.
#[must_use]
pub fn dynamodb(endpoint: &str, caller: &str) -> aws_sdk_dynamodb::Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static(REGION))
        .credentials_provider(credentials(caller))
        .http_client(http_client())
        .endpoint_url(endpoint)
        .build();
    aws_sdk_dynamodb::Client::from_conf(config)
}

/// A DynamoDB Streams client; `caller` is its access key id.
#[must_use]
pub fn streams(endpoint: &str, caller: &str) -> aws_sdk_dynamodbstreams::Client {
    let config = aws_sdk_dynamodbstreams::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static(REGION))
        .credentials_provider(credentials(caller))
        .http_client(http_client())
        .endpoint_url(endpoint)
        .build();
    aws_sdk_dynamodbstreams::Client::from_conf(config)
}

/// An SESv2 client; `caller` is its access key id.
#[must_use]
pub fn sesv2(endpoint: &str, caller: &str) -> aws_sdk_sesv2::Client {
    let config = aws_sdk_sesv2::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static(REGION))
        .credentials_provider(credentials(caller))
        .http_client(http_client())
        .endpoint_url(endpoint)
        .build();
    aws_sdk_sesv2::Client::from_conf(config)
}
