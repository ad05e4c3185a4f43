//! The way out: which requests of an instance leave the process, and by which connections.
//!
//! The module checks its host itself; this is the second lock on the same door. Only `https` to exactly one host passes, the deployment
//! domain or, for a hand-over, its messaging host, whatever an answer or a bug makes the guest ask for, and redirects are never followed.

use std::error::Error as StdError;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use http::header::{AUTHORIZATION, HeaderValue};
use http::uri::{Authority, Scheme, Uri};
use http::{Request, Response};
use http_body_util::BodyExt;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use salesforce_module::salesforce::Domain;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use super::Session;

/// How long a connection, with its TLS handshake, may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an unused connection is kept. Below Salesforce's own limit, so that it is seldom us who meet a closed one.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// What becomes of a request of an instance.
pub type Sent = Result<(Response<WasiBody>, Box<dyn Future<Output = Result<(), Error>> + Send>), Error>;

/// Where an instance may send requests.
#[derive(Clone)]
pub enum Egress {
    /// For calls that send nothing.
    Nowhere,
    /// To one deployment domain, or its messaging host: see [`Egress::messaging`].
    Domain { domain: String, client: HttpClient },
    /// To one deployment domain, with the access token put in here: the instance is given [`PLACEHOLDER_TOKEN`] and never
    /// holds the real one.
    Authorized { domain: String, client: HttpClient, access_token: Arc<str> },
}

/// What an instance is given for a token that it must not hold.
pub const PLACEHOLDER_TOKEN: &str = "put-in-by-the-host";

/// Connections to Salesforce, kept open and shared by all calls.
#[derive(Clone)]
pub struct HttpClient {
    client: Client<HttpsConnector<HttpConnector>, WasiBody>,
    route: Option<Arc<Route>>,
}

/// Another address for the deployment domain.
struct Route {
    scheme: Scheme,
    authority: Authority,
}

impl HttpClient {
    /// Connections that trust the certificates that the system trusts, a company's own included.
    pub fn new() -> anyhow::Result<Self> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(CONNECT_TIMEOUT));
        tcp.set_nodelay(true);
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()
            .context("reading the system's certificates")?
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build(connector);
        Ok(Self { client, route: None })
    }

    /// Sends what is meant for the deployment domain to `url` instead: a simulator, or a proxy.
    pub fn routed_to(mut self, url: &str) -> anyhow::Result<Self> {
        let uri: Uri = url.parse().with_context(|| format!("`{url}` is not a URL such as http://127.0.0.1:8080"))?;
        let parts = uri.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            anyhow::bail!("`{url}` is not a URL such as http://127.0.0.1:8080");
        };
        anyhow::ensure!(
            parts.path_and_query.is_none_or(|path| path == "/") && (scheme == Scheme::HTTP || scheme == Scheme::HTTPS),
            "`{url}` must be http or https, a host and a port, and nothing else"
        );
        self.route = Some(Arc::new(Route { scheme, authority }));
        Ok(self)
    }

    async fn send(self, mut request: Request<WasiBody>) -> Sent {
        if let Some(route) = &self.route {
            let mut parts = std::mem::take(request.uri_mut()).into_parts();
            parts.scheme = Some(route.scheme.clone());
            parts.authority = Some(route.authority.clone());
            *request.uri_mut() = Uri::from_parts(parts).map_err(|_| Error::HttpRequestUriInvalid)?;
        }
        let sent = tokio::time::timeout(super::MAX_TIME, self.client.request(request)).await;
        let response = sent.map_err(|_| Error::HttpResponseTimeout)?.map_err(|error| reason(&error))?;
        let response = response.map(|body| body.map_err(|_| Error::HttpResponseIncomplete).boxed_unsync());
        Ok((response, Box::new(async { Ok(()) })))
    }
}

impl Egress {
    /// With a session that goes with it and holds no token.
    pub fn authorized(domain: &str, access_token: Arc<str>, client: HttpClient) -> (Self, Session) {
        let session = Session { instance_url: format!("https://{domain}"), access_token: PLACEHOLDER_TOKEN.to_owned() };
        (Self::Authorized { domain: domain.to_owned(), client, access_token }, session)
    }

    /// To the messaging host of a deployment domain, for the calls of the interface `handover`: a second exact host, which follows from
    /// the first. To nowhere if the domain has none.
    pub fn messaging(domain: &str, client: HttpClient) -> Self {
        let host = Domain::parse(domain).ok().and_then(|domain| domain.messaging_host());
        host.map_or(Self::Nowhere, |host| Self::Domain { domain: host.as_str().to_owned(), client })
    }
}

impl WasiHttpHooks for Egress {
    fn send_request(
        &mut self,
        mut request: Request<WasiBody>,
        _: Option<RequestOptions>,
        _: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        match self {
            Self::Domain { domain, client } if is_meant_for(domain, request.uri()) => {
                Box::new(client.clone().send(request))
            }
            Self::Authorized { domain, client, access_token } if is_meant_for(domain, request.uri()) => {
                match authorization(access_token) {
                    Some(value) => {
                        request.headers_mut().insert(AUTHORIZATION, value);
                        Box::new(client.clone().send(request))
                    }
                    None => Box::new(async { Err(Error::HttpRequestDenied) }),
                }
            }
            _ => Box::new(async { Err(Error::HttpRequestDenied) }),
        }
    }
}

fn authorization(access_token: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(&format!("Bearer {access_token}")).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn is_meant_for(domain: &str, uri: &Uri) -> bool {
    uri.scheme() == Some(&Scheme::HTTPS) && uri.authority().is_some_and(|authority| authority.as_str() == domain)
}

/// What the guest is told, for the words in which it tells the flow. Whether anything can have reached Salesforce it knows by itself.
fn reason(error: &hyper_util::client::legacy::Error) -> Error {
    if !error.is_connect() {
        return Error::ConnectionTerminated;
    }
    let causes = || std::iter::successors(error.source(), |cause: &&(dyn StdError + 'static)| (*cause).source());
    if causes().any(|cause| cause.to_string().starts_with("dns error")) {
        return Error::DnsError { rcode: None, info_code: None };
    }
    match causes().find_map(|cause| cause.downcast_ref().map(io_kind)) {
        Some(ErrorKind::ConnectionRefused) => Error::ConnectionRefused,
        Some(ErrorKind::TimedOut) => Error::ConnectionTimeout,
        // How the TLS library reports a certificate, or a peer, that it does not accept.
        Some(ErrorKind::InvalidData | ErrorKind::UnexpectedEof) => Error::TlsCertificateError,
        _ => Error::DestinationUnavailable,
    }
}

/// The kind of the innermost of wrapped I/O errors.
fn io_kind(error: &std::io::Error) -> ErrorKind {
    error.get_ref().and_then(|inner| inner.downcast_ref()).map_or_else(|| error.kind(), io_kind)
}
