//! The interface `oauth`: WIT on one side, `crate::oauth` on the other.

use wasip2::random::random::get_random_bytes;

use super::Component;
use super::exports::chat_flow::salesforce::oauth as wit;
use super::exports::chat_flow::salesforce::types::Session;
use super::http::WasiHttp;
use crate::oauth::{self, Advice, Client, Grant, OAuthError, RANDOM_BYTES, Secret, Tokens};
use crate::salesforce::Domain;

impl wit::Guest for Component {
    fn authorize(client: wit::Client, redirect_uri: String) -> Result<wit::Authorization, wit::OauthError> {
        let client = read_client(&client)?;
        let begun = oauth::authorize(&client, &redirect_uri, [random(), random()]).map_err(error)?;
        Ok(wit::Authorization { url: begun.url, state: begun.state, code_verifier: begun.code_verifier.into_text() })
    }

    fn exchange(
        client: wit::Client,
        redirect_uri: String,
        authorization: wit::Authorization,
        callback: String,
    ) -> Result<wit::Tokens, wit::OauthError> {
        let client = read_client(&client)?;
        let code = oauth::code(&callback, &authorization.state).map_err(error)?;
        let verifier = Secret::new(authorization.code_verifier);
        let mut http = WasiHttp::new(&client.domain, None);
        oauth::exchange(&client, &redirect_uri, &code, &verifier, &mut http).map(tokens).map_err(error)
    }

    fn refresh(client: wit::Client, grant: wit::Grant) -> Result<wit::Tokens, wit::OauthError> {
        let client = read_client(&client)?;
        let grant = Grant {
            refresh_token: Secret::new(grant.refresh_token),
            instance_url: grant.instance_url,
            scope: grant.scope,
            identity_url: grant.identity_url,
        };
        oauth::refresh(&client, grant, &mut WasiHttp::new(&client.domain, None)).map(tokens).map_err(error)
    }

    fn client_credentials(client: wit::Client) -> Result<wit::Tokens, wit::OauthError> {
        let client = read_client(&client)?;
        oauth::client_credentials(&client, &mut WasiHttp::new(&client.domain, None)).map(tokens).map_err(error)
    }

    fn assertion(deployment_domain: String, assertion: String) -> Result<wit::Tokens, wit::OauthError> {
        let domain = oauth::domain(&deployment_domain).map_err(error)?;
        let assertion = Secret::new(assertion);
        oauth::assertion(&domain, &assertion, &mut WasiHttp::new(&domain, None)).map(tokens).map_err(error)
    }

    fn revoke(deployment_domain: String, token: String) -> Result<(), wit::OauthError> {
        let domain: Domain = oauth::domain(&deployment_domain).map_err(error)?;
        oauth::revoke(&Secret::new(token), &mut WasiHttp::new(&domain, None)).map_err(error)
    }
}

fn read_client(client: &wit::Client) -> Result<Client<'_>, wit::OauthError> {
    Client::new(&client.deployment_domain, &client.client_id, client.client_secret.clone()).map_err(error)
}

/// New for each log-in, of the host's secure source.
fn random() -> [u8; RANDOM_BYTES] {
    let mut bytes = [0; RANDOM_BYTES];
    let length = u64::try_from(RANDOM_BYTES).unwrap_or_default();
    for (byte, random) in bytes.iter_mut().zip(get_random_bytes(length)) {
        *byte = random;
    }
    bytes
}

fn tokens(tokens: Tokens) -> wit::Tokens {
    let grant = |grant: Grant| wit::Grant {
        refresh_token: grant.refresh_token.into_text(),
        instance_url: grant.instance_url,
        scope: grant.scope,
        identity_url: grant.identity_url,
    };
    wit::Tokens {
        session: Session { instance_url: tokens.instance_url, access_token: tokens.access_token.into_text() },
        issued_at: tokens.issued_at.and_then(seconds),
        scope: tokens.scope,
        identity_url: tokens.identity_url,
        grant: tokens.grant.map(grant),
    }
}

/// As many bits as JSON and every language carry without loss.
fn seconds(milliseconds: u64) -> Option<u32> {
    u32::try_from(milliseconds / 1_000).ok()
}

fn error(error: OAuthError) -> wit::OauthError {
    wit::OauthError {
        advice: match error.advice {
            Advice::LogInAgain => wit::OauthAdvice::LogInAgain,
            Advice::AdminMustAct => wit::OauthAdvice::AdminMustAct,
            Advice::TryLater => wit::OauthAdvice::TryLater,
            Advice::Misconfigured => wit::OauthAdvice::Misconfigured,
        },
        code: error.code.into_owned(),
        message: error.message.into_owned(),
        remedy: error.remedy.into_owned(),
    }
}
