//! Replies, and what the edge says in place of one, as HTTP.

use super::{Reply, Response};

/// A reply of the API, with the headers that each has.
pub fn plain(reply: Reply) -> Response {
    let mut headers = vec![("Cache-Control".into(), "no-cache,must-revalidate,max-age=0,no-store,private".into())];
    match (&reply.raw, &reply.body) {
        (Some((media_type, _)), _) => headers.push(("Content-Type".into(), (*media_type).into())),
        (None, Some(_)) => headers.push(("Content-Type".into(), "application/json;charset=UTF-8".into())),
        (None, None) => {}
    }
    headers.extend(reply.headers.into_iter().map(|(name, value)| (name.to_owned(), value)));
    let json = reply.body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
    let body = reply.raw.map_or(json, |(_, bytes)| bytes);
    Response { status: reply.status, headers, body }
}

/// A page, as something before the API answers.
pub fn html(status: u16, text: &str) -> Response {
    Response { status, headers: vec![("Content-Type".into(), "text/html".into())], body: text.into() }
}
