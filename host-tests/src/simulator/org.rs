//! The org: its state, and the one door through which every request goes.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::call::{Body, Call, Options, Reply, split_path};
use super::error::ApiError;
use super::fault::{Fault, Faults, Scripted};
use super::message::{Exchange, Request, Response};
use super::oauth::{self, OAuth, redact};
use super::query::Cursors;
use super::read::{self, Source};
use super::rules::{self, Rules};
use super::schema::Schema;
use super::settings::Settings;
use super::store::Store;
use super::{entities, resources, route, uri};

/// Longest URI that the real server reads, in bytes; above it the answer is not even JSON.
const MAX_URI: usize = 16_384;

/// Calls a day of a Developer org, printed in `Sforce-Limit-Info`; the simulator counts but never cuts off.
const DAILY_CALLS: u32 = 15_000;

/// A Salesforce org without sockets or clock.
#[derive(Debug)]
pub struct Org {
    /// The admin's switches.
    pub settings: Settings,
    pub(super) schema: Arc<Schema>,
    pub(super) store: Store,
    pub(super) rules: Rules,
    pub(super) oauth: OAuth,
    pub(super) cursors: Cursors,
    /// When the schema was seen changed; `None` until the next request, as the org has no clock.
    pub(super) schema_since: Option<Timestamp>,
    log: Vec<Exchange>,
    calls: u32,
    faults: Faults,
    /// What will be carried out when nobody waits for it any more, and when it came.
    late: Vec<(Request, Timestamp)>,
    met: Vec<(Vec<u8>, Option<Fault>)>,
}

impl Default for Org {
    fn default() -> Org {
        Org::new()
    }
}

impl Org {
    /// An org with its users, queues and rules, but no business records.
    pub fn new() -> Org {
        let mut store = Store::default();
        let rules = rules::install(&mut store);
        Org {
            settings: Settings::default(),
            schema: Arc::new(Schema::new()),
            store,
            rules,
            oauth: OAuth::new(),
            cursors: Cursors::default(),
            schema_since: None,
            log: Vec::new(),
            calls: 0,
            faults: Faults::default(),
            late: Vec::new(),
            met: Vec::new(),
        }
    }

    /// Answers one request. `now` becomes the record dates, and what sessions and codes are aged by.
    pub fn handle(&mut self, request: &Request, now: Timestamp) -> Response {
        let late_by = self.settings.late_by;
        let due = self.late.extract_if(.., |(_, since)| now.duration_since(*since) >= late_by).collect();
        self.carry_out_late(due, now);
        self.carry_out(request, now)
    }

    /// Carries out all that was put off.
    pub fn settle(&mut self, now: Timestamp) {
        let late = std::mem::take(&mut self.late);
        self.carry_out_late(late, now);
    }

    /// A request that is carried out later, without an answer.
    pub(super) fn put_off(&mut self, request: Request, now: Timestamp) {
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
        let response = self.answer(request, now);
        self.store.commit();
        self.remember(request, &response);
        response
    }

    /// Adds a fault; it takes effect where the org is [served](super::Simulator).
    pub fn script_fault(&mut self, scripted: Scripted) {
        self.faults.add(scripted);
    }

    /// From now on everything is as it should be.
    pub fn clear_faults(&mut self) {
        self.faults = Faults::default();
    }

    pub(super) fn is_faulty(&self) -> bool {
        !self.faults.is_empty()
    }

    /// The fault that this request, the next, meets.
    pub(super) fn next_fault(&mut self, request: &Request) -> Option<Fault> {
        let fault = self.faults.of(self.met.len() + 1);
        self.met.push((request.body.clone(), fault));
        fault
    }

    /// Bodies of the requests so far, where the org misbehaves, and the faults that they met.
    pub fn met(&self) -> &[(Vec<u8>, Option<Fault>)] {
        &self.met
    }

    /// The newest access token; the first one is valid from the start, without any grant.
    pub fn access_token(&self) -> &str {
        self.oauth.tokens.current()
    }

    /// The consumer key of the one connected app.
    pub fn client_id(&self) -> &str {
        oauth::CLIENT_ID
    }

    /// The consumer secret of the one connected app.
    pub fn client_secret(&self) -> &str {
        oauth::CLIENT_SECRET
    }

    /// Who the API user is, as the list of resources says it.
    pub(super) fn identity_url(&self) -> String {
        oauth::identity_url()
    }

    /// The address that a token answer names as API base.
    pub fn instance_url(&self) -> &str {
        &self.settings.instance_url
    }

    /// Living records of an object with their non-null fields, in creation order; empty for an unknown object.
    pub fn records(&self, sobject: &str) -> Vec<Value> {
        let schema = self.current_schema();
        let Some(sobject) = schema.existing(sobject) else {
            return Vec::new();
        };
        let rows = self.store.living(sobject.name);
        rows.map(|row| read::filled(self.source(), sobject, row)).collect()
    }

    /// Every exchange so far, oldest first.
    pub fn log(&self) -> &[Exchange] {
        &self.log
    }

    fn answer(&mut self, request: &Request, now: Timestamp) -> Response {
        if request.target().len() > MAX_URI {
            return html(414, "<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>");
        }
        let path = request.path.trim_end_matches('/');
        if path == "/services/data" {
            return plain(resources::versions(&request.method));
        }
        if let Some(response) = oauth::answer(self, path, request, now) {
            return response;
        }
        let reply = self.authorised(request, now).unwrap_or_else(Reply::from);
        let mut response = plain(reply);
        if response.status != 401 {
            response.headers.push(("Sforce-Limit-Info".into(), format!("api-usage={}/{DAILY_CALLS}", self.calls)));
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

    /// Brings the schema in line with the settings, which a test can change at any time.
    pub(super) fn follow_settings(&mut self) {
        let current = self.current_schema();
        if !Arc::ptr_eq(&current, &self.schema) {
            self.schema = current;
            self.schema_since = None;
        }
    }

    /// The schema, for an admin who changes it.
    pub(super) fn change_schema(&mut self) -> &mut Schema {
        self.follow_settings();
        self.schema_since = None;
        Arc::make_mut(&mut self.schema)
    }

    fn current_schema(&self) -> Arc<Schema> {
        let mut schema = Arc::clone(&self.schema);
        if schema.has_person_accounts() != self.settings.person_accounts {
            Arc::make_mut(&mut schema).switch_person_accounts(self.settings.person_accounts);
        }
        if schema.has_address_picklists() != self.settings.state_and_country_picklists {
            Arc::make_mut(&mut schema).switch_address_picklists(self.settings.state_and_country_picklists);
        }
        schema
    }

    /// What field values are read from.
    pub(super) fn source(&self) -> Source<'_> {
        Source { store: &self.store, settings: &self.settings }
    }

    /// Calls so far, and what a day allows.
    pub(super) fn usage(&self) -> (u32, u32) {
        (self.calls, DAILY_CALLS)
    }

    /// A batch counts each of its subrequests as a call; everything else counts once.
    pub(super) fn count_calls(&mut self, more: u32) {
        self.calls += more;
    }

    fn remember(&mut self, request: &Request, response: &Response) {
        let headers = request.headers.iter().map(|(name, value)| {
            let value = if name == "authorization" { redact::REDACTED } else { value };
            (name.clone(), value.to_owned())
        });
        let mut exchange = Exchange {
            method: request.method.clone(),
            path: request.target(),
            request_headers: headers.collect(),
            request_body: request.body.clone(),
            status: response.status,
            response_body: response.body.clone(),
        };
        if oauth::is_sensitive(&request.path) {
            redact::exchange(&mut exchange);
        }
        self.log.push(exchange);
    }
}

pub(super) fn plain(reply: Reply) -> Response {
    let mut headers = vec![("Cache-Control".into(), "no-cache,must-revalidate,max-age=0,no-store,private".into())];
    if reply.body.is_some() {
        headers.push(("Content-Type".into(), "application/json;charset=UTF-8".into()));
    }
    headers.extend(reply.headers.into_iter().map(|(name, value)| (name.to_owned(), value)));
    let body = reply.body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
    Response { status: reply.status, headers, body }
}

pub(super) fn html(status: u16, text: &str) -> Response {
    Response { status, headers: vec![("Content-Type".into(), "text/html".into())], body: text.into() }
}
