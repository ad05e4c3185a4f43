//! What can be counted of token requests.

use super::assertion;

/// How many requests the token endpoint got, refused ones included, by their grant type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TokenRequests {
    /// `authorization_code`
    pub authorization_code: usize,
    /// `refresh_token`
    pub refresh_token: usize,
    /// `client_credentials`
    pub client_credentials: usize,
    /// `urn:ietf:params:oauth:grant-type:jwt-bearer`
    pub jwt_bearer: usize,
    /// Any other grant type, or none.
    pub other: usize,
    /// How many of all those were answered with a token.
    pub granted: usize,
}

impl TokenRequests {
    pub fn count(&mut self, grant_type: &str) {
        let counter = match grant_type {
            "authorization_code" => &mut self.authorization_code,
            "refresh_token" => &mut self.refresh_token,
            "client_credentials" => &mut self.client_credentials,
            assertion::GRANT_TYPE => &mut self.jwt_bearer,
            _ => &mut self.other,
        };
        *counter += 1;
    }
}
