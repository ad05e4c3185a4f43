//! The address of the org's log-in page, with a state and a PKCE challenge that belong to this one attempt.

use sha2::{Digest, Sha256};

use super::{Client, OAuthError, Secret, bounded};

/// Bytes of randomness in a state and in a verifier; RFC 7636 asks for 32.
pub const RANDOM_BYTES: usize = 32;
/// To call the REST API, and to go on without a person. Source: Salesforce help, "OAuth Tokens and Scopes".
const SCOPE: &str = "api refresh_token";

/// A log-in that a person is about to begin. The host keeps it until the callback comes.
#[derive(Debug, PartialEq)]
pub struct Authorization {
    /// Where to send the person's browser.
    pub url: String,
    /// Comes back in the callback, or it is not ours.
    pub state: String,
    /// PKCE's secret, of which `url` holds the hash. The host keeps it and passes it to [`super::exchange`].
    pub code_verifier: Secret,
}

/// Begins a log-in. `random` must be new for each.
pub fn authorize(
    client: &Client,
    redirect_uri: &str,
    random: [[u8; RANDOM_BYTES]; 2],
) -> Result<Authorization, OAuthError> {
    bounded(&[("client_id", client.id), ("redirect_uri", redirect_uri)])?;
    let [state, verifier] = random.map(|bytes| base64_url(&bytes));
    let challenge = base64_url(&Sha256::digest(verifier.as_bytes()));
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs([
        ("response_type", "code"),
        ("client_id", client.id),
        ("redirect_uri", redirect_uri),
        ("scope", SCOPE),
        ("state", &state),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    let url = format!("https://{}/services/oauth2/authorize?{}", client.domain, query.finish());
    Ok(Authorization { url, state, code_verifier: Secret::new(verifier) })
}

/// Base 64 for URLs, without padding (RFC 4648 §5).
fn base64_url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().enumerate().fold(0_u32, |group, (at, byte)| group | u32::from(*byte) << (16 - 8 * at));
        for place in 0..=chunk.len() {
            let index = usize::try_from(group >> (18 - 6 * place) & 63).unwrap_or_default();
            text.extend(ALPHABET.get(index).map(|byte| char::from(*byte)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_is_that_of_the_rfc() {
        for (bytes, text) in
            [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE")]
        {
            assert_eq!(base64_url(bytes.as_bytes()), text);
        }
        assert_eq!(base64_url(&[0xfb, 0xff, 0xfe]), "-__-");
    }

    #[test]
    fn the_challenge_is_the_hash_of_the_verifier() {
        // The example of RFC 7636, appendix B.
        let bytes = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191,
            240, 91, 88, 5, 88, 83, 132, 141, 121,
        ];
        let client = Client::new("example.my.salesforce.com", "3MVG9&id", None).unwrap();
        let begun = authorize(&client, "http://localhost:1717/callback?a=b", [[0; 32], bytes]).unwrap();
        assert_eq!(begun.code_verifier.reveal(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert!(begun.url.contains("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
        assert!(
            begun.url.starts_with("https://example.my.salesforce.com/services/oauth2/authorize?response_type=code")
        );
        assert!(begun.url.contains("client_id=3MVG9%26id") && begun.url.contains("callback%3Fa%3Db"));
        assert!(!begun.url.contains(begun.code_verifier.reveal()));
    }
}
