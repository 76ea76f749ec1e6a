//! The HTTP client below the AWS clients: HTTP/1.1, over connections that are kept.
//!
//! It does what a function needs of one and no more, which makes a program smaller and an event
//! cheaper (`docs/adr/0018` has the figures): AWS's APIs speak HTTP/1.1, an answer is read as a whole
//! before anything is made of it, and who is reached are a handful of hosts.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use aws_smithy_runtime_api::client::{
    http::{
        HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
    },
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
};
use aws_smithy_types::body::SdkBody;
use http::{
    HeaderValue, Request, Response, Uri,
    header::HOST,
    uri::{Authority, PathAndQuery, Scheme},
};
use http_body_util::BodyExt;
use hyper::{
    client::conn::http1::{self, SendRequest},
    rt::{Read, Write},
};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::TlsConnector;

/// The longest wait for a connection, TLS included. In one region it takes a few milliseconds.
const CONNECT: Duration = Duration::from_secs(1);

/// A client that reaches `https` addresses by this TLS, and none without.
pub(super) fn client(tls: Option<Arc<rustls::ClientConfig>>) -> SharedHttpClient {
    let connections = Connections(Arc::new(Shared {
        tls: tls.map(TlsConnector::from),
        resting: Mutex::default(),
    }));
    let connector = SharedHttpConnector::new(connections);
    http_client_fn(move |_, _| connector.clone())
}

/// The connections of a process. Clones share them.
#[derive(Clone)]
struct Connections(Arc<Shared>);

struct Shared {
    tls: Option<TlsConnector>,
    /// Those that carry no request just now.
    resting: Mutex<Vec<(Origin, Sender)>>,
}

type Sender = SendRequest<SdkBody>;

/// The server that a connection leads to.
#[derive(Clone, PartialEq)]
struct Origin {
    scheme: Scheme,
    authority: Authority,
}

impl Origin {
    fn is_secure(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    fn usual_port(&self) -> u16 {
        if self.is_secure() { 443 } else { 80 }
    }
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").finish_non_exhaustive()
    }
}

impl HttpConnector for Connections {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let connections = self.clone();
        HttpConnectorFuture::new(async move { connections.send(request).await })
    }
}

impl Connections {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let request = request.try_into_http1x().map_err(user)?;
        let (origin, mut request) = by_origin(request)?;
        loop {
            let (mut sender, rested) = match self.rested(&origin).await {
                Some(sender) => (sender, true),
                None => (self.connect(&origin).await?, false),
            };
            match sender.try_send_request(request).await {
                Ok(response) => {
                    let response = whole(response).await?;
                    self.resting().push((origin, sender));
                    return response.try_into().map_err(user);
                }
                Err(mut error) => match error.take_message() {
                    // The other side had enough of a resting connection just now. Nothing of the
                    // request has left.
                    Some(unsent) if rested => request = unsent,
                    Some(_) | None => return Err(io(error.into_error())),
                },
            }
        }
    }

    /// A connection that is there already.
    async fn rested(&self, origin: &Origin) -> Option<Sender> {
        loop {
            let (_, mut sender) = {
                let mut resting = self.resting();
                // The one that rested least is least likely to have been closed.
                let place = resting.iter().rposition(|(to, _)| to == origin)?;
                resting.swap_remove(place)
            };
            if sender.ready().await.is_ok() {
                return Some(sender);
            }
        }
    }

    async fn connect(&self, origin: &Origin) -> Result<Sender, ConnectorError> {
        match timeout(CONNECT, self.open(origin)).await {
            Ok(opened) => opened,
            Err(elapsed) => Err(ConnectorError::timeout(elapsed.into())),
        }
    }

    async fn open(&self, origin: &Origin) -> Result<Sender, ConnectorError> {
        // The brackets of an IPv6 address (RFC 3986 §3.2.2) are no part of it.
        let host = origin.authority.host().trim_matches(['[', ']']);
        let port = origin.authority.port_u16();
        let port = port.unwrap_or_else(|| origin.usual_port());
        let tcp = TcpStream::connect((host, port)).await.map_err(io)?;
        tcp.set_nodelay(true).map_err(io)?;
        if !origin.is_secure() {
            return speak(TokioIo::new(tcp)).await;
        }
        let tls = self
            .0
            .tls
            .as_ref()
            .ok_or("no address was to be reached by TLS");
        let name = ServerName::try_from(host.to_owned()).map_err(user)?;
        let tls = tls.map_err(user)?.connect(name, tcp).await.map_err(io)?;
        speak(TokioIo::new(tls)).await
    }

    fn resting(&self) -> MutexGuard<'_, Vec<(Origin, Sender)>> {
        self.0
            .resting
            .lock()
            .expect("nothing panics while it holds the connections")
    }
}

/// Begins HTTP on a connection, which a task of its own then carries until either side ends it.
async fn speak<T>(over: T) -> Result<Sender, ConnectorError>
where
    T: Read + Write + Send + Unpin + 'static,
{
    let (sender, connection) = http1::handshake(over).await.map_err(io)?;
    // What goes wrong with it, whoever waits for an answer is told.
    tokio::spawn(async { drop(connection.await) });
    Ok(sender)
}

/// The server of a request, and the request in the form for a server: with a path for a target and
/// the host beside it (RFC 9112 §3.2.1).
fn by_origin(mut request: Request<SdkBody>) -> Result<(Origin, Request<SdkBody>), ConnectorError> {
    let parts = std::mem::take(request.uri_mut()).into_parts();
    let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
        return Err(user("the address of an endpoint is absolute"));
    };
    let path = parts.path_and_query;
    *request.uri_mut() = Uri::from(path.unwrap_or(PathAndQuery::from_static("/")));
    let origin = Origin { scheme, authority };
    // As it was signed: without the port that the scheme implies.
    let host = match origin.authority.port_u16() {
        Some(port) if port != origin.usual_port() => origin.authority.as_str(),
        Some(_) | None => origin.authority.host(),
    };
    let host = HeaderValue::from_str(host).map_err(user)?;
    request.headers_mut().entry(HOST).or_insert(host);
    Ok((origin, request))
}

/// The answer with all of its body.
async fn whole(
    response: Response<hyper::body::Incoming>,
) -> Result<Response<SdkBody>, ConnectorError> {
    let (parts, body) = response.into_parts();
    let body = body.collect().await.map_err(io)?.to_bytes();
    Ok(Response::from_parts(parts, SdkBody::from(body)))
}

/// An error that may not occur another time.
fn io(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ConnectorError {
    ConnectorError::io(error.into())
}

/// An error that occurs every time.
fn user(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ConnectorError {
    ConnectorError::user(error.into())
}
