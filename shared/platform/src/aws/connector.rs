//! The HTTP client below the AWS clients: this process's kept connections in the SDK's form.

use std::{sync::Arc, time::Duration};

use aws_smithy_runtime_api::client::{
    http::{
        HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
    },
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
};
use aws_smithy_types::body::SdkBody;
use connections::{Connections, Error, Settings};

/// The longest wait for a connection, TLS included. In one region it takes a few milliseconds.
const CONNECT: Duration = Duration::from_secs(1);

/// A client that reaches `https` addresses by this TLS, and none without.
pub(super) fn client(tls: Option<Arc<rustls::ClientConfig>>) -> SharedHttpClient {
    let connections = Connections::new(Settings {
        tls,
        connect: CONNECT,
        // AWS's own answers, each of which has a limit of its own.
        longest: usize::MAX,
    });
    let connector = SharedHttpConnector::new(Connector(connections));
    http_client_fn(move |_, _| connector.clone())
}

#[derive(Debug, Clone)]
struct Connector(Connections<SdkBody>);

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let connector = self.clone();
        HttpConnectorFuture::new(async move { connector.send(request).await })
    }
}

impl Connector {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let request = request.try_into_http1x().map_err(user)?;
        let response = self.0.send(request).await.map_err(known)?;
        response.map(SdkBody::from).try_into().map_err(user)
    }
}

/// The SDK tries again what may not occur another time.
fn known(error: Error) -> ConnectorError {
    match error {
        Error::Timeout(cause) => ConnectorError::timeout(cause),
        Error::Unsent(cause) | Error::Lost(cause) => ConnectorError::io(cause),
        Error::Unusable(cause) => ConnectorError::user(cause),
    }
}

/// An error that occurs every time.
fn user(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ConnectorError {
    ConnectorError::user(error.into())
}
