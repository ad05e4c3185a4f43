//! What our OAuth code reads in an answer of the token endpoint.

use salesforce_module::oauth::{self, Advice, Client, Grant, OAuthError, Secret, Tokens};
use salesforce_module::wire::{Request, TransportError};
use serde_json::Value;

use crate::payloads::catalogue::Kind;
use crate::payloads::reading::{each, response, text};

/// The answer to a refresh that was asked for with a grant of this org.
fn refreshed(body: &Value) -> Result<Tokens, OAuthError> {
    const DOMAIN: &str = "example.my.salesforce.com";
    let client = Client::new(DOMAIN, "app", None).expect("a client");
    let known = Grant {
        refresh_token: Secret::new("kept"),
        instance_url: format!("https://{DOMAIN}"),
        scope: None,
        identity_url: None,
    };
    let answer = response(200, body.to_string().into_bytes());
    let mut transport = |_: &Request| Ok::<_, TransportError>(answer.clone());
    oauth::refresh(&client, known, &mut transport)
}

#[test]
fn tokens_are_read_and_the_old_grant_is_kept_where_none_is_given() {
    each(Kind::Tokens, |payload| {
        let name = payload.name;
        // Recorded when orgs had no hosts of their own: tokens for an instance of many orgs are for none of ours.
        let old = refreshed(&payload.body).expect_err("an old instance");
        assert_eq!(old.code, "unusable-answer", "{name}: {old:?}");
        let mut body = payload.body.clone();
        body.as_object_mut().expect("an object").remove("instance_url");
        let tokens = refreshed(&body).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_eq!(tokens.access_token.reveal(), text(&body, "access_token"), "{name}");
        let issued_at = tokens.issued_at.map(|issued_at| issued_at.to_string());
        assert_eq!(issued_at.as_deref(), body["issued_at"].as_str(), "{name}");
        assert_eq!(body.get("refresh_token"), None, "{name}");
        assert_eq!(tokens.grant.expect("a grant").refresh_token.reveal(), "kept", "{name}");
    });
}

#[test]
fn a_refusal_of_the_token_endpoint_says_who_must_act() {
    each(Kind::TokenError, |payload| {
        let error = OAuthError::of_answer(&response(payload.status.expect("a status"), payload.bytes()));
        assert_eq!(error.code, text(&payload.body, "error"), "{}", payload.name);
        let who = match payload.name.rsplit('/').next().expect("a name") {
            "refresh_error_already_being_processed" => Advice::TryLater,
            "refresh_error_expired" | "token_error_expired_authorization_code" | "token_error_invalid_password" => {
                Advice::LogInAgain
            }
            "token_error_invalid_client" | "token_error_invalid_client_id" | "token_error_redirect_uri_mismatch" => {
                Advice::Misconfigured
            }
            "token_error_unsupported_grant_type" | "token_error_user_hasnt_approved" => Advice::AdminMustAct,
            other => panic!("who must act at {other}?"),
        };
        assert_eq!(error.advice, who, "{}", payload.name);
        let description = text(&payload.body, "error_description");
        assert!(!format!("{error:?}").contains(description), "{}: repeated", payload.name);
    });
}
