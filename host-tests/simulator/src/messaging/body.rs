//! Bodies and queries, read as strictly as the sources allow.

use serde_json::{Map, Value};

use super::refusal::Refusal;
use super::token::Token;
use super::uuid;
use crate::document::Node;
use crate::http::{Request, uri};

/// How a complaint calls the body.
pub const BODY: &str = "body";

/// The JSON of a request; 415 if it says that it is something else.
pub fn json(request: &Request) -> Result<Value, Refusal> {
    let given = request.header("content-type").unwrap_or_default();
    let media_type = given.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/json") {
        return Err(Refusal::new(415, "Content-Type must be application/json."));
    }
    serde_json::from_slice(&request.body).map_err(|error| {
        Refusal::bad(format!("The body is no JSON: line {}, column {}.", error.line(), error.column()))
    })
}

/// A UUID that must be there.
pub fn id(node: &Node<'_>, name: &str) -> Result<String, Refusal> {
    let text = node.need(name, "a UUID")?.text()?;
    match uuid::is_v4(text) {
        true => Ok(text.to_owned()),
        false => Err(Refusal::bad(format!("Specify the {name} in UUID format."))),
    }
}

/// That the deployment of a body is the one of the token.
pub fn deployment(node: &Node<'_>, token: &Token) -> Result<(), Refusal> {
    let name = node.need("esDeveloperName", "the name of the deployment")?.text()?;
    same_deployment(name, token)
}

fn same_deployment(name: &str, token: &Token) -> Result<(), Refusal> {
    match name == token.deployment.name {
        true => Ok(()),
        false => Err(Refusal::bad("The esDeveloperName is not the one that the access token was made for.")),
    }
}

/// The flat object of attributes, whose values are texts.
pub fn attributes<'a>(node: &Node<'a>) -> Result<Option<&'a Map<String, Value>>, Refusal> {
    let Some(attributes) = node.get("routingAttributes")? else { return Ok(None) };
    for (_, value) in attributes.members()? {
        value.text()?;
    }
    Ok(Some(attributes.object()?))
}

pub fn language<'a>(node: &Node<'a>) -> Result<Option<&'a str>, Refusal> {
    Ok(node.optional_text("language")?)
}

/// The query of a request, of which only these parameters are known.
pub fn query(request: &Request, known: &[&str]) -> Result<Vec<(String, String)>, Refusal> {
    let pairs = uri::pairs(request.query.as_deref().unwrap_or_default())
        .ok_or_else(|| Refusal::bad("The query has a broken escape."))?;
    match pairs.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        Some((name, _)) => Err(Refusal::bad(format!("There is no parameter {name}."))),
        None => Ok(pairs),
    }
}

pub fn parameter<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// `esDeveloperName` of a query, which ends a session or a conversation.
pub fn deployment_of_query(request: &Request, token: &Token) -> Result<(), Refusal> {
    let pairs = query(request, &["esDeveloperName"])?;
    let name = parameter(&pairs, "esDeveloperName")
        .ok_or_else(|| Refusal::bad("The parameter esDeveloperName must be specified."))?;
    same_deployment(name, token)
}

/// `limit` of a list: 20, and at most 50.
pub fn limit(pairs: &[(String, String)]) -> Result<usize, Refusal> {
    let Some(text) = parameter(pairs, "limit") else { return Ok(20) };
    let limit = text.parse().ok().filter(|limit| (1..=50).contains(limit));
    limit.ok_or_else(|| Refusal::bad("The limit must be a number from 1 to 50."))
}
