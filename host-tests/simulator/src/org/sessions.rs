//! What a test, a user or an admin does to grants and sessions without a request, and what can be counted of them.

use super::Org;
use crate::oauth::{self, AuthorizeError, TokenRefusal, TokenRequests};

impl Org {
    /// Ends every session, as an admin can: each access token so far answers 401 from now on. Refresh tokens live on.
    pub fn expire_sessions(&mut self) {
        self.oauth.tokens.expire_all();
    }

    /// Ends every token of the messaging host; that of an API session is none of them.
    pub fn expire_messaging_tokens(&mut self) {
        self.messaging.expire_tokens();
    }

    /// Ends every session and every grant, refresh tokens included.
    pub fn revoke_all(&mut self) {
        self.oauth.tokens.revoke_all();
    }

    /// Refuses all token requests from now on, until [`allow_tokens`](Org::allow_tokens). What an admin decides about
    /// the app ([`AppBlocked`](TokenRefusal::AppBlocked) and its like) is told by the authorize page as well.
    pub fn refuse_tokens(&mut self, refusal: TokenRefusal) {
        self.oauth.refusals.lasting = Some(refusal);
    }

    /// Refuses one token request, the next that comes with good client credentials; one more when called again.
    pub fn refuse_next_token(&mut self, refusal: TokenRefusal) {
        self.oauth.refusals.once.push_back(refusal);
    }

    /// Takes back all refusals that were ordered.
    pub fn allow_tokens(&mut self) {
        self.oauth.refusals = Default::default();
    }

    /// The next token that is granted never reaches the client, which sees a 503 instead: rotation has happened all
    /// the same.
    pub fn lose_next_token_answer(&mut self) {
        self.oauth.lose_next_answer = true;
    }

    /// Registers the key that assertions must be signed with: PEM of an RSA `PUBLIC KEY` or `RSA PUBLIC KEY`. False,
    /// and nothing changed, when it is neither.
    pub fn register_public_key(&mut self, pem: &str) -> bool {
        let key = oauth::public_key(pem);
        let known = key.is_some();
        if known {
            self.oauth.public_key = key;
        }
        known
    }

    /// The requests to the token endpoint so far.
    pub fn token_requests(&self) -> TokenRequests {
        self.oauth.requests
    }

    /// How many refresh tokens would work now.
    pub fn valid_refresh_tokens(&self) -> usize {
        self.oauth.tokens.refresh_tokens(self.oauth.latest, self.settings.refresh_idle)
    }

    /// Logs in and allows, without a browser: the callback URL to which the page would have sent it, with a code or
    /// with an error. Takes the authorize URL or its query alone. `Err` is what the page shows instead of redirecting.
    pub fn approve(&mut self, authorize_query: &str) -> Result<String, AuthorizeError> {
        oauth::approve(&mut self.oauth, &self.settings, authorize_query)
    }

    /// As [`approve`](Org::approve), with the other button.
    pub fn deny(&mut self, authorize_query: &str) -> Result<String, AuthorizeError> {
        oauth::deny(&mut self.oauth, &self.settings, authorize_query)
    }
}
