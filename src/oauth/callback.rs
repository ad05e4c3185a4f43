//! What the person's browser brings back from the log-in page.

use super::{OAuthError, Secret, bounded};
use crate::texts::en::oauth;

/// The query of a callback, read.
#[derive(Debug, Default)]
pub struct Callback {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    description: Option<String>,
}

impl Callback {
    /// Reads the part behind `?`, with or without that sign, or a whole URL. Percent-decoding happens once, here.
    fn parse(query: &str) -> Self {
        let query = query.split_once('?').map_or(query, |(_, query)| query);
        let query = query.split_once('#').map_or(query, |(query, _)| query);
        let mut callback = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let slot = match &*name {
                "code" => &mut callback.code,
                "state" => &mut callback.state,
                "error" => &mut callback.error,
                "error_description" => &mut callback.description,
                _ => continue,
            };
            slot.get_or_insert(value.into_owned());
        }
        callback
    }
}

/// The code in a callback that belongs to the log-in with this `state`.
pub fn code(query: &str, state: &str) -> Result<Secret, OAuthError> {
    bounded(&[("callback", query), ("state", state)])?;
    let callback = Callback::parse(query);
    // First of all: a callback that is not ours may say anything.
    if state.is_empty() || !callback.state.as_deref().is_some_and(|given| same(given, state)) {
        return Err(OAuthError::log_in_again("state-mismatch", oauth::ANOTHER_STATE));
    }
    if let Some(error) = callback.error {
        return Err(OAuthError::of_code(&error, callback.description.as_deref().unwrap_or_default(), 400));
    }
    callback
        .code
        .filter(|code| !code.is_empty())
        .map(Secret::new)
        .ok_or_else(|| OAuthError::log_in_again("no-code", oauth::NO_CODE))
}

/// Takes as long for a state that is nearly right as for one that is all wrong.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differences, (a, b)| differences | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_decoded_once() {
        let code = code("code=aPrx%252B%3D%3D&state=s-1", "s-1").unwrap();
        assert_eq!(code.reveal(), "aPrx%2B==");
        assert_eq!(super::code("http://localhost:1717/cb?state=s&code=c#f", "s").unwrap().reveal(), "c");
    }

    #[test]
    fn only_the_callback_of_this_log_in_counts() {
        for (query, state) in [
            ("code=c", "s"),
            ("code=c&state=x", "s"),
            ("code=c&state=", ""),
            ("error=access_denied&state=x", "s"),
            ("code=c&state=ss", "s"),
            // The first counts: a second one cannot replace it.
            ("code=c&state=x&state=s", "s"),
        ] {
            assert_eq!(code(query, state).unwrap_err().code, "state-mismatch", "{query}");
        }
        assert_eq!(code("state=s", "s").unwrap_err().code, "no-code");
    }

    #[test]
    fn a_denial_is_said_in_clear_words() {
        let error =
            code("error=access_denied&error_description=end-user+denied+authorization&state=s", "s").unwrap_err();
        assert_eq!(error.code, "access_denied");
        assert!(error.message.contains("denied"), "{error:?}");
    }
}
