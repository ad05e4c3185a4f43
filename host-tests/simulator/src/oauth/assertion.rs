//! The JWT bearer grant: an assertion that the app signs with its own key.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::Value;

use super::{CLIENT_ID, OAuth, Refused, from_base64url, is_sandbox, refused};
use crate::settings::Settings;

pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// Salesforce's documents say three minutes, and five elsewhere: what is beyond both is refused.
const LONGEST: SignedDuration = SignedDuration::from_mins(5);

const INVALID: Refused = refused("invalid_grant", "invalid assertion");

/// Whether an assertion is good for a token.
pub fn check(oauth: &OAuth, settings: &Settings, assertion: &str, host: &str, now: Timestamp) -> Result<(), Refused> {
    let (signed, signature) = assertion.rsplit_once('.').ok_or(INVALID)?;
    let (header, claims) = signed.split_once('.').ok_or(INVALID)?;
    let (header, claims) = (json(header).ok_or(INVALID)?, json(claims).ok_or(INVALID)?);
    let signature = from_base64url(signature).ok_or(INVALID)?;
    if header.get("alg").and_then(Value::as_str) != Some("RS256") {
        return Err(INVALID);
    }
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    if text("iss") != CLIENT_ID {
        return Err(refused("invalid_client_id", "client identifier invalid"));
    }
    if !is_signed(oauth, settings, signed, &signature) {
        return Err(INVALID);
    }
    if !audiences(settings, host).iter().any(|audience| audience == text("aud")) {
        return Err(refused("invalid_grant", "audience is invalid"));
    }
    // Clients send it as text too, and are let in.
    let expiry = claims.get("exp").and_then(|expiry| expiry.as_i64().or_else(|| expiry.as_str()?.parse().ok()));
    let expiry = expiry.ok_or(INVALID)?;
    let expiry = Timestamp::from_second(expiry).map_err(|_| INVALID)?;
    if expiry <= now {
        // The words of the real one: it has only one sentence for things that come too late.
        return Err(refused("invalid_grant", "expired authorization code"));
    }
    if expiry.duration_since(now) > LONGEST {
        return Err(INVALID);
    }
    if text("sub").trim().is_empty() {
        return Err(refused("invalid_grant", "user hasn't approved this consumer"));
    }
    Ok(())
}

fn json(part: &str) -> Option<Value> {
    serde_json::from_slice(&from_base64url(part)?).ok()
}

fn is_signed(oauth: &OAuth, settings: &Settings, signed: &str, signature: &[u8]) -> bool {
    match &oauth.public_key {
        Some(key) => {
            UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(signed.as_bytes(), signature).is_ok()
        }
        None => settings.assertions_valid,
    }
}

/// The login host of the org's kind, or the org's own address. A host that does not tell the kind accepts both.
fn audiences(settings: &Settings, host: &str) -> Vec<String> {
    let mut audiences = vec![settings.instance_url.clone()];
    if !host.is_empty() {
        audiences.push(format!("https://{host}"));
    }
    let sandbox = is_sandbox(host);
    if sandbox != Some(true) {
        audiences.push("https://login.salesforce.com".into());
    }
    if sandbox != Some(false) {
        audiences.push("https://test.salesforce.com".into());
    }
    audiences
}

/// The key of a PEM file as PKCS #1, the form that verification wants.
pub fn public_key(pem: &str) -> Option<Vec<u8>> {
    let pem = pem.trim();
    let body = |label: &str| {
        let rest = pem.strip_prefix(&format!("-----BEGIN {label}-----"))?;
        let text: String = rest.strip_suffix(&format!("-----END {label}-----"))?.split_whitespace().collect();
        STANDARD.decode(text).ok()
    };
    if let Some(key) = body("RSA PUBLIC KEY") {
        return Some(key);
    }
    // SEQUENCE { SEQUENCE { algorithm }, BIT STRING { unused bits, PKCS #1 } }
    let wrapped = body("PUBLIC KEY")?;
    let (outer, _) = element(&wrapped, 0x30)?;
    let (_, rest) = element(outer, 0x30)?;
    let (bits, _) = element(rest, 0x03)?;
    bits.strip_prefix(&[0]).map(<[u8]>::to_vec)
}

/// The content of a DER element with that tag, and what follows it.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = bytes.strip_prefix(&[tag])?.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (digits, rest) =
            rest.split_at_checked(usize::from(first & 0x7f)).filter(|(digits, _)| digits.len() <= 4)?;
        (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
    };
    rest.split_at_checked(length)
}
