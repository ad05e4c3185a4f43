//! The one door through which every request goes.

use std::time::Duration;

use jiff::Timestamp;

use super::{control, resources, route};
use crate::http::{
    ApiError, Body, Call, Exchange, Options, Reply, Request, Response, entities, html, plain, split_path, uri,
};
use crate::messaging::{self, Messaging};
use crate::oauth::{self, redact};
use crate::org::Org;

/// Longest URI that the real server reads, in bytes; above it the answer is not even JSON.
const MAX_URI: usize = 16_384;

impl Org {
    /// Answers one request. `now` becomes the record dates, and what sessions and codes are aged by.
    pub fn handle(&mut self, request: &Request, now: Timestamp) -> Response {
        if request.path.starts_with(control::PATH) {
            let answer = control::answer(self, request, now).unwrap_or_else(Reply::from);
            self.record_sessions();
            return plain(answer);
        }
        let page = match request.path.as_str() {
            control::PAGE_PATH => Some(control::PAGE),
            messaging::PAGE_PATH => Some(messaging::PAGE),
            _ => None,
        };
        if let Some(page) = page.filter(|_| request.method == "GET") {
            return html(200, page);
        }
        let now = self.time(now);
        let late_by = self.settings.late_by;
        let due = self.late.extract_if(.., |(_, since)| now.duration_since(*since) >= late_by).collect();
        self.carry_out_late(due, now);
        self.carry_out(request, now)
    }

    /// Carries out all that was put off.
    pub fn settle(&mut self, now: Timestamp) {
        let now = self.time(now);
        let late = std::mem::take(&mut self.late);
        self.carry_out_late(late, now);
    }

    /// A request that is carried out later, without an answer.
    pub(crate) fn put_off(&mut self, request: Request, now: Timestamp) {
        let now = self.time(now);
        self.late.push((request, now));
    }

    fn carry_out_late(&mut self, late: Vec<(Request, Timestamp)>, now: Timestamp) {
        for (request, _) in late {
            self.carry_out(&request, now);
        }
    }

    fn carry_out(&mut self, request: &Request, now: Timestamp) -> Response {
        self.follow_settings();
        self.schema_since.get_or_insert(now);
        self.oauth.tick(now);
        // HEAD is what GET answers, without the body. Source: REST API guide, "Using HEAD".
        let response = match request.method.as_str() {
            "HEAD" => {
                let asked = Request { method: "GET".into(), ..request.clone() };
                Response { body: Vec::new(), ..self.answer(&asked, now) }
            }
            _ => self.answer(request, now),
        };
        self.store.commit();
        self.remember(request, &response, now);
        response
    }

    fn answer(&mut self, request: &Request, now: Timestamp) -> Response {
        if request.target().len() > MAX_URI {
            return html(414, "<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>");
        }
        if Messaging::serves(&request.path) {
            let response = self.messaging.answer(&self.settings, request, now);
            self.record_sessions();
            return response;
        }
        let host = request.header("host").unwrap_or_default();
        if host.split(':').next().is_some_and(|name| name.ends_with(".my.salesforce-scrt.com")) {
            return html(404, "<h1>404 Not Found</h1>");
        }
        let path = request.path.trim_end_matches('/');
        if path == "/services/data" {
            return plain(resources::versions(&request.method));
        }
        if let Some(response) = oauth::answer(&mut self.oauth, &self.settings, path, request, now) {
            return response;
        }
        let reply = self.authorised(request, now).unwrap_or_else(Reply::from);
        let mut response = plain(reply);
        if response.status != 401 {
            let (calls, daily) = self.usage();
            response.headers.push(("Sforce-Limit-Info".into(), format!("api-usage={calls}/{daily}")));
        }
        response
    }

    fn authorised(&mut self, request: &Request, now: Timestamp) -> Result<Reply, ApiError> {
        let token = request.header("authorization").and_then(oauth::bearer);
        if !token.is_some_and(|token| self.oauth.tokens.touch(token, now, self.settings.session_timeout)) {
            return Err(ApiError::session());
        }
        self.calls += 1;
        if self.settings.api_access_control {
            return Err(ApiError::session_of_another_kind());
        }
        if !self.settings.api_enabled {
            return Err(ApiError::api_disabled());
        }
        let (version, segments) = split_path(&request.path)?;
        let query = uri::pairs(request.query.as_deref().unwrap_or("")).ok_or_else(ApiError::not_found)?;
        let replaced = query.iter().find(|(name, _)| name == "_HttpMethod" && request.method == "POST");
        let headers = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let call = Call {
            version,
            method: replaced.map_or(request.method.clone(), |(_, method)| method.clone()),
            segments,
            query,
            options: Options::read(version, headers),
            body: Body::Bytes {
                content_type: request.header("content-type").map(Into::into),
                bytes: request.body.clone(),
            },
            now,
        };
        let is_composite = call.segments.first().is_some_and(|segment| segment == "composite");
        let is_refused = request.header("x-chatter-entity-encoding").is_some_and(|value| value == "false");
        let mut reply = route::outer(self, &call)?;
        if let (true, true, false, Some(body)) =
            (self.settings.entity_encoding, is_composite, is_refused, &mut reply.body)
        {
            entities::encode(body);
        }
        Ok(reply)
    }

    pub(super) fn remember(&mut self, request: &Request, response: &Response, now: Timestamp) {
        let headers = request.headers.iter().map(|(name, value)| {
            let value = if name == "authorization" { redact::REDACTED } else { value };
            (name.clone(), value.to_owned())
        });
        let mut exchange = Exchange {
            at: now,
            took: Duration::ZERO,
            method: request.method.clone(),
            path: request.target(),
            request_headers: headers.collect(),
            request_body: request.body.clone(),
            status: response.status,
            response_body: response.body.clone(),
        };
        if Messaging::serves(&request.path) {
            messaging::redact(&mut exchange);
        }
        if oauth::is_sensitive(&request.path) {
            redact::exchange(&mut exchange);
        }
        self.push_log(exchange);
    }
}
