//! The front door: local addresses, and the template's routes to the functions.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use tokio::net::TcpListener;

use crate::addresses;
use crate::clock::MovableClock;
use crate::lambda::function::Invoker;
use crate::lambda::gateway::{self, Envelope, LARGEST_BODY};
use crate::lambda::routes::Routes;
use crate::local::Local;

/// API Gateway's part.
#[derive(Debug)]
struct Gateway {
    routes: Routes,
    invoker: Invoker,
    clock: MovableClock,
}

/// Serves until it is dropped.
///
/// # Errors
///
/// If the listener breaks, which a loopback listener does not.
pub async fn serve(listener: TcpListener, local: Arc<Local>) -> std::io::Result<()> {
    let gateway = Gateway {
        routes: Routes::of(&local.template),
        invoker: local.deliverer.invoker.clone(),
        clock: local.clock.clone(),
    };
    let functions = Router::new().fallback(enter).with_state(Arc::new(gateway));
    let router = addresses::router(local).fallback_service(functions);
    axum::serve(
        listener,
        router.into_make_service_with_connect_info::<SocketAddr>(),
    )
    .await
}

async fn enter(
    State(gateway): State<Arc<Gateway>>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let answer = gateway.answer(caller, request).await;
    answer.map(Body::from)
}

impl Gateway {
    async fn answer(&self, caller: SocketAddr, request: Request) -> http::Response<Bytes> {
        let (parts, body) = request.into_parts();
        let Some(route) = self.routes.find(&parts.method, parts.uri.path()) else {
            return gateway::message(StatusCode::NOT_FOUND, "Not Found");
        };
        let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
            return gateway::message(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large");
        };
        let request_id = self.invoker.request_id();
        let envelope = Envelope {
            route_key: route.key,
            path_parameters: route.parameters,
            request_id: &request_id,
            source_ip: caller.ip(),
            at: self.clock.now(),
        };
        let event = gateway::event(&parts, &body, &envelope);
        match self
            .invoker
            .invoke(route.function, &request_id, event)
            .await
        {
            Ok(answer) => gateway::response(&answer),
            Err(error) => {
                tracing::error!(function = route.function, %error, "an invocation gave no answer");
                gateway::failure(&error)
            }
        }
    }
}
