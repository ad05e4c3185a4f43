//! The web server flow, with this process as the web server: a page of the org, on which a person allows the access, and the callback.

use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::host::{Authorization, Client, Egress, Host, OauthAdvice, OauthError, Tokens};

/// How long the log-in page may stay open.
pub const PATIENCE: Duration = Duration::from_secs(600);

/// The person closed the page, or does something else.
#[derive(Debug, thiserror::Error)]
#[error("no callback within {} minutes", PATIENCE.as_secs() / 60)]
pub struct NoCallback;

/// A log-in that has begun.
pub struct LogIn {
    client: Client,
    redirect_uri: String,
    begun: Authorization,
    listener: TcpListener,
    /// The page that the person opens.
    pub url: String,
}

impl LogIn {
    /// Begins a log-in whose callback comes to this listener. Sends nothing. With a route the browser goes where the requests go.
    pub async fn begin(
        host: &Host,
        client: Client,
        listener: TcpListener,
        route: Option<&str>,
    ) -> anyhow::Result<Result<Self, OauthError>> {
        let redirect_uri = format!("http://localhost:{}/callback", listener.local_addr()?.port());
        let begun = match host.authorize(&client, &redirect_uri).await? {
            Ok(begun) => begun,
            Err(error) => return Ok(Err(error)),
        };
        let url = match route {
            Some(route) => {
                begun.url.replacen(&format!("https://{}", client.deployment_domain), route.trim_end_matches('/'), 1)
            }
            None => begun.url.clone(),
        };
        Ok(Ok(Self { client, redirect_uri, begun, listener, url }))
    }

    /// What the app's OAuth settings must have as callback URL.
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// Waits for the callback, and asks for the tokens. `foreign` is called for each callback of another log-in, which is refused.
    pub async fn finish(
        self,
        host: &Host,
        egress: Egress,
        foreign: impl Fn(),
    ) -> anyhow::Result<Result<Tokens, OauthError>> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        let mut callbacks = Callbacks::at(self.listener);
        loop {
            let (query, page) = match tokio::time::timeout_at(deadline, callbacks.received.recv()).await {
                Ok(callback) => callback.context("the callback server ended")?,
                Err(_) => return Err(NoCallback.into()),
            };
            let answer = host.exchange(egress.clone(), &self.client, &self.redirect_uri, &self.begun, &query).await?;
            let (status, words) = match &answer {
                Ok(_) => (StatusCode::OK, "Connected. You can close this window.".to_owned()),
                Err(error) if is_of_another_log_in(error) => (StatusCode::BAD_REQUEST, error.message.clone()),
                Err(error) => (StatusCode::OK, format!("{} {}", error.message, error.remedy)),
            };
            // The browser may be gone by now.
            let _ = page.send((status, words));
            match answer {
                Err(error) if is_of_another_log_in(&error) => foreign(),
                answer => {
                    // The answer to the browser is still on its way.
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    return Ok(answer.and_then(lasting));
                }
            }
        }
    }
}

/// A log-in without a grant would end with its first token.
fn lasting(tokens: Tokens) -> Result<Tokens, OauthError> {
    if tokens.grant.is_some() {
        return Ok(tokens);
    }
    Err(OauthError {
        advice: OauthAdvice::Misconfigured,
        code: "no-refresh-token".to_owned(),
        message: "The log-in gave no refresh token, so the connection would end with its first token.".to_owned(),
        remedy: "Add the scope `refresh_token` to the app's OAuth settings, and authorize again.".to_owned(),
    })
}

/// Any page that the person has open can call back here. That must not end a log-in, and nothing was sent for it.
fn is_of_another_log_in(error: &OauthError) -> bool {
    error.code == "state-mismatch"
}

type Page = (StatusCode, String);
type Callback = (String, oneshot::Sender<Page>);

/// The callbacks, each with a way to say what became of it. The port is free again when this is dropped.
struct Callbacks {
    received: mpsc::Receiver<Callback>,
    server: JoinHandle<()>,
}

impl Callbacks {
    fn at(listener: TcpListener) -> Self {
        let (sender, received) = mpsc::channel::<Callback>(1);
        let app = Router::new().route("/callback", get(answer)).with_state(sender);
        let server = tokio::spawn(async move { drop(axum::serve(listener, app).await) });
        Self { received, server }
    }
}

impl Drop for Callbacks {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(State(sender): State<mpsc::Sender<Callback>>, RawQuery(query): RawQuery) -> (StatusCode, Html<String>) {
    let (page, words) = oneshot::channel();
    if sender.try_send((query.unwrap_or_default(), page)).is_err() {
        return (StatusCode::CONFLICT, Html("Another callback is being looked at.".to_owned()));
    }
    let (status, words) = words.await.unwrap_or_else(|_| (StatusCode::OK, "The log-in has ended.".to_owned()));
    // Our own words, and a host name at most: nothing that needs escaping.
    (status, Html(format!("<!doctype html><meta charset=utf-8><title>Salesforce</title><p>{words}")))
}
