//! The calls of the interface `oauth`. Each has an instance of its own, as every call: the secrets that it is given are gone
//! with it, and no conversation ever shared its memory.

use wasmtime_wasi_http::WasiHttpHooks;

use super::{Authorization, Client, Egress, Grant, Host, OauthError, Tokens};

const OAUTH: &str = "chat-flow:salesforce/oauth@0.1.0";

/// The outer error is a bug or a limit of the host, the inner one says who has to do something.
type Answer<T> = anyhow::Result<Result<T, OauthError>>;

impl Host {
    /// Begins a log-in. Sends nothing.
    pub async fn authorize(&self, client: &Client, redirect_uri: &str) -> Answer<Authorization> {
        self.invoke(Egress::Nowhere, OAUTH, "authorize", (client, redirect_uri)).await
    }

    /// Ends a log-in.
    pub async fn exchange(
        &self,
        egress: impl WasiHttpHooks + 'static,
        client: &Client,
        redirect_uri: &str,
        authorization: &Authorization,
        callback: &str,
    ) -> Answer<Tokens> {
        self.invoke(egress, OAUTH, "exchange", (client, redirect_uri, authorization, callback)).await
    }

    /// New tokens for a stored grant. See [`crate::connections`] for how to call it once only.
    pub async fn refresh(
        &self,
        egress: impl WasiHttpHooks + 'static,
        client: &Client,
        grant: &Grant,
    ) -> Answer<Tokens> {
        self.invoke(egress, OAUTH, "refresh", (client, grant)).await
    }

    /// Tokens for the app's own run-as user.
    pub async fn client_credentials(&self, egress: impl WasiHttpHooks + 'static, client: &Client) -> Answer<Tokens> {
        self.invoke(egress, OAUTH, "client-credentials", (client,)).await
    }

    /// Tokens for a JWT that the host has signed.
    pub async fn assertion(
        &self,
        egress: impl WasiHttpHooks + 'static,
        deployment_domain: &str,
        assertion: &str,
    ) -> Answer<Tokens> {
        self.invoke(egress, OAUTH, "assertion", (deployment_domain, assertion)).await
    }

    /// Gives a token back.
    pub async fn revoke(
        &self,
        egress: impl WasiHttpHooks + 'static,
        deployment_domain: &str,
        token: &str,
    ) -> Answer<()> {
        self.invoke(egress, OAUTH, "revoke", (deployment_domain, token)).await
    }
}
