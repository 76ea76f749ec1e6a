//! The connections of a process.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use bytes::Bytes;
use http::{
    HeaderValue, Request, Response, Uri,
    header::HOST,
    uri::{Authority, PathAndQuery, Scheme},
};
use http_body_util::{BodyExt, Limited};
use hyper::{
    body::{Body, Incoming},
    client::conn::http1::{self, SendRequest},
    rt::{Read, Write},
};
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, pki_types::ServerName};
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::TlsConnector;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The settings of a pool.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The TLS by which `https` addresses are reached; none of them is without.
    pub tls: Option<Arc<ClientConfig>>,
    /// The longest wait for a connection, TLS included.
    pub connect: Duration,
    /// The number of bytes of the longest answer that is read.
    pub longest: usize,
}

/// The reason why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request cannot be sent, this time or any other.
    #[error("the request cannot be sent")]
    Unusable(#[source] Cause),
    /// There was no connection in time. Nothing of the request has left.
    #[error("no connection in time")]
    Timeout(#[source] Cause),
    /// There was no connection. Nothing of the request has left.
    #[error("no connection")]
    Unsent(#[source] Cause),
    /// The connection broke before the end of the answer. The request may have been carried out.
    #[error("the connection broke before the end of the answer")]
    Lost(#[source] Cause),
}

/// The connections of a process. Clones share them.
pub struct Connections<B>(Arc<Shared<B>>);

struct Shared<B> {
    tls: Option<TlsConnector>,
    connect: Duration,
    longest: usize,
    /// Those that carry no request just now.
    resting: Mutex<Vec<(Origin, SendRequest<B>)>>,
}

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

impl<B> Clone for Connections<B> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<B> fmt::Debug for Connections<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").finish_non_exhaustive()
    }
}

impl<B> Connections<B>
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Cause>,
{
    /// A pool without a connection.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self(Arc::new(Shared {
            tls: settings.tls.map(TlsConnector::from),
            connect: settings.connect,
            longest: settings.longest,
            resting: Mutex::default(),
        }))
    }

    /// Sends a request and reads the answer as a whole.
    ///
    /// # Errors
    /// If there is no answer. A request that a closing connection did not take goes out on another.
    pub async fn send(&self, request: Request<B>) -> Result<Response<Bytes>, Error> {
        let (origin, mut request) = by_origin(request)?;
        loop {
            let (mut sender, rested) = match self.rested(&origin).await {
                Some(sender) => (sender, true),
                None => (self.connect(&origin).await?, false),
            };
            match sender.try_send_request(request).await {
                Ok(response) => {
                    let response = self.whole(response).await?;
                    self.resting().push((origin, sender));
                    return Ok(response);
                }
                Err(mut error) => match error.take_message() {
                    // The other side had enough of a resting connection just now. Nothing of the
                    // request has left.
                    Some(unsent) if rested => request = unsent,
                    Some(_) => return Err(Error::Unsent(error.into_error().into())),
                    None => return Err(Error::Lost(error.into_error().into())),
                },
            }
        }
    }

    /// A connection that is there already.
    async fn rested(&self, origin: &Origin) -> Option<SendRequest<B>> {
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

    async fn connect(&self, origin: &Origin) -> Result<SendRequest<B>, Error> {
        match timeout(self.0.connect, self.open(origin)).await {
            Ok(opened) => opened,
            Err(elapsed) => Err(Error::Timeout(elapsed.into())),
        }
    }

    async fn open(&self, origin: &Origin) -> Result<SendRequest<B>, Error> {
        // The brackets of an IPv6 address (RFC 3986 §3.2.2) are no part of it.
        let host = origin.authority.host().trim_matches(['[', ']']);
        let port = origin.authority.port_u16();
        let port = port.unwrap_or_else(|| origin.usual_port());
        let tcp = TcpStream::connect((host, port)).await.map_err(unsent)?;
        tcp.set_nodelay(true).map_err(unsent)?;
        if !origin.is_secure() {
            return speak(TokioIo::new(tcp)).await;
        }
        let tls = self
            .0
            .tls
            .as_ref()
            .ok_or("no address was to be reached by TLS");
        let name = ServerName::try_from(host.to_owned()).map_err(unusable)?;
        let connector = tls.map_err(unusable)?;
        let tls = connector.connect(name, tcp).await.map_err(unsent)?;
        speak(TokioIo::new(tls)).await
    }

    /// The answer with all of its body.
    async fn whole(&self, response: Response<Incoming>) -> Result<Response<Bytes>, Error> {
        let (parts, body) = response.into_parts();
        let body = Limited::new(body, self.0.longest).collect().await;
        Ok(Response::from_parts(
            parts,
            body.map_err(Error::Lost)?.to_bytes(),
        ))
    }

    fn resting(&self) -> MutexGuard<'_, Vec<(Origin, SendRequest<B>)>> {
        self.0
            .resting
            .lock()
            .expect("nothing panics while it holds the connections")
    }
}

/// Begins HTTP on a connection, which a task of its own then carries until either side ends it.
async fn speak<B, T>(over: T) -> Result<SendRequest<B>, Error>
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Cause>,
    T: Read + Write + Send + Unpin + 'static,
{
    let (sender, connection) = http1::handshake(over).await.map_err(unsent)?;
    // What goes wrong with it, whoever waits for an answer is told.
    tokio::spawn(async { drop(connection.await) });
    Ok(sender)
}

/// The server of a request, and the request in the form for a server: with a path for a target and
/// the host beside it (RFC 9112 §3.2.1).
fn by_origin<B>(mut request: Request<B>) -> Result<(Origin, Request<B>), Error> {
    let parts = std::mem::take(request.uri_mut()).into_parts();
    let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
        return Err(unusable("the address of an endpoint is absolute"));
    };
    let path = parts.path_and_query;
    *request.uri_mut() = Uri::from(path.unwrap_or(PathAndQuery::from_static("/")));
    let origin = Origin { scheme, authority };
    // As it was signed: without the port that the scheme implies.
    let host = match origin.authority.port_u16() {
        Some(port) if port != origin.usual_port() => origin.authority.as_str(),
        Some(_) | None => origin.authority.host(),
    };
    let host = HeaderValue::from_str(host).map_err(unusable)?;
    request.headers_mut().entry(HOST).or_insert(host);
    Ok((origin, request))
}

fn unsent(error: impl Into<Cause>) -> Error {
    Error::Unsent(error.into())
}

fn unusable(error: impl Into<Cause>) -> Error {
    Error::Unusable(error.into())
}
