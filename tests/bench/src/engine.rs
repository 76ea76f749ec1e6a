//! The common part of the proxies between a function and the engine.

use std::net::SocketAddr;

use axum::Router;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// The bundle's DynamoDB.
pub(crate) struct Engine {
    endpoint: String,
    client: reqwest::Client,
}

impl Engine {
    /// The engine at an address.
    pub(crate) fn at(endpoint: &str) -> Self {
        Self {
            endpoint: endpoint.to_owned(),
            client: reqwest::Client::new(),
        }
    }

    /// Passes a call to the engine and returns its answer.
    pub(crate) async fn ask(&self, mut headers: HeaderMap, body: Bytes) -> (StatusCode, Bytes) {
        // These belong to the connection with the caller.
        headers.remove(header::HOST);
        headers.remove(header::CONTENT_LENGTH);
        let asking = self.client.post(&self.endpoint).headers(headers).body(body);
        let answered = asking.send().await.unwrap();
        (answered.status(), answered.bytes().await.unwrap())
    }
}

/// An answer in the form of DynamoDB.
pub(crate) fn dynamodb(status: StatusCode, body: Bytes) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/x-amz-json-1.0")];
    (status, kind, body).into_response()
}

/// Answers on a free port of this machine as long as the tasks live.
pub(crate) async fn serve(router: Router) -> (JoinSet<()>, SocketAddr) {
    let (listener, address) = listen().await;
    let mut tasks = JoinSet::new();
    tasks.spawn(async move { axum::serve(listener, router).await.unwrap() });
    (tasks, address)
}

/// A free port of this machine.
pub(crate) async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}
