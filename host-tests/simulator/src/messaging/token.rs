//! Messaging tokens: JWTs that a test can read, signed by a counter.

use std::collections::{BTreeMap, VecDeque};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::deployment::Deployment;
use super::refusal::{EXPIRED, Refusal};
use super::uuid;

/// Time in which requests are counted, in milliseconds.
pub const MINUTE: i64 = 60_000;

/// Who a token stands for, and how long.
#[derive(Clone, Debug)]
pub struct Token {
    /// `v2/iamessage/ANON/…` or `v2/iamessage/AUTH/…`
    pub subject: String,
    pub deployment: &'static Deployment,
    pub lifetime: i64,
    /// Milliseconds since 1970.
    pub expires: i64,
}

/// All tokens so far. They outlive a reset, so that a client goes on as it was.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    known: BTreeMap<String, Token>,
    guests: u64,
    issued: Recent,
    renewed: Recent,
}

/// When something happened within the last minute.
#[derive(Clone, Debug, Default)]
pub struct Recent(VecDeque<i64>);

impl Recent {
    /// Counts one more; false, and nothing is counted, where that is one too many.
    pub fn count(&mut self, limit: Option<usize>, now: i64) -> bool {
        while self.0.front().is_some_and(|at| *at <= now - MINUTE) {
            self.0.pop_front();
        }
        let fits = limit.is_none_or(|limit| self.0.len() < limit);
        if fits {
            self.0.push_back(now);
        }
        fits
    }
}

impl Tokens {
    pub fn next_guest(&mut self) -> String {
        self.guests += 1;
        format!("v2/iamessage/ANON/uid:{}", uuid::numbered(self.guests))
    }

    /// A first token; 429 if there were too many.
    pub fn issue(&mut self, token: Token, limit: Option<usize>, now: i64) -> Result<String, Refusal> {
        match self.issued.count(limit, now) {
            true => Ok(self.add(token, now)),
            false => Err(Refusal::too_many("access tokens")),
        }
    }

    /// Another token of the same subject.
    pub fn renew(&mut self, token: &Token, limit: Option<usize>, now: i64) -> Result<String, Refusal> {
        match self.renewed.count(limit, now) {
            true => Ok(self.add(Token { expires: now + token.lifetime, ..token.clone() }, now)),
            false => Err(Refusal::too_many("continuation tokens")),
        }
    }

    fn add(&mut self, token: Token, now: i64) -> String {
        let encoded = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let head = encoded(json!({ "alg": "RS256", "typ": "JWT", "kid": "simulator" }));
        let claims = encoded(json!({ "sub": token.subject, "iat": now / 1000, "exp": token.expires / 1000 }));
        let text = format!("{head}.{claims}.{}", URL_SAFE_NO_PAD.encode(uuid::numbered(self.known.len() as u64)));
        self.known.insert(text.clone(), token);
        text
    }

    /// The token of a request.
    pub fn of(&self, authorization: Option<&str>, now: i64) -> Result<&Token, Refusal> {
        let text = authorization.and_then(bearer).ok_or_else(|| Refusal::new(401, "Jwt is missing"))?;
        let token = self.known.get(text).ok_or_else(|| Refusal::new(401, "Jwt verification fails"))?;
        if token.expires <= now { Err(Refusal::new(401, EXPIRED)) } else { Ok(token) }
    }

    /// Ends the tokens of a subject, or all.
    pub fn expire(&mut self, subject: Option<&str>, now: i64) {
        let of_it = |token: &&mut Token| subject.is_none_or(|subject| token.subject == subject);
        self.known.values_mut().filter(of_it).for_each(|token| token.expires = token.expires.min(now));
    }
}

/// The token of an `Authorization` header.
pub fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then(|| token.trim())
}

/// The subject of a customer identity token and the keyset that it names; `None` for what is no identity.
pub fn identity(text: &str, now: i64) -> Option<(String, String)> {
    let mut parts = text.split('.');
    let (head, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || signature.is_empty() {
        return None;
    }
    let read = |part: &str| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
    let (head, claims) = (read(head)?, read(claims)?);
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let is_alive = claims.get("exp").and_then(Value::as_i64).is_some_and(|expires| expires * 1000 > now);
    text(&claims, "iss").filter(|_| is_alive)?;
    Some((text(&head, "kid")?, text(&claims, "sub").filter(|subject| !subject.is_empty())?))
}
