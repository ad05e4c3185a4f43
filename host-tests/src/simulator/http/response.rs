//! Replies, and what the edge says in place of one, as HTTP.

use super::{Reply, Response};

/// A reply of the API, with the headers that each has.
pub fn plain(reply: Reply) -> Response {
    let mut headers = vec![("Cache-Control".into(), "no-cache,must-revalidate,max-age=0,no-store,private".into())];
    if reply.body.is_some() {
        headers.push(("Content-Type".into(), "application/json;charset=UTF-8".into()));
    }
    headers.extend(reply.headers.into_iter().map(|(name, value)| (name.to_owned(), value)));
    let body = reply.body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
    Response { status: reply.status, headers, body }
}

/// A page, as something before the API answers.
pub fn html(status: u16, text: &str) -> Response {
    Response { status, headers: vec![("Content-Type".into(), "text/html".into())], body: text.into() }
}
