//! The messaging host's streams, its agents, and the records of its sessions.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use crate::http::{Request, Response};
use crate::messaging::{self, Piece, Status, Stream};
use crate::org::{Changes, Org};
use crate::rules::save;
use crate::schema::id;
use crate::schema::temporal::datetime_text;

impl Org {
    /// Opens a stream of the messaging host; `Err` is the answer in its place.
    pub fn open_stream(&mut self, request: &Request, now: Timestamp) -> Result<Stream, Response> {
        let now = self.time(now);
        let opened = self.messaging.open_stream(&self.settings, request, now);
        let answer = opened.as_ref().err().cloned().unwrap_or_else(messaging::stream_head);
        self.remember(request, &answer, now);
        opened
    }

    /// What an open stream is to be sent by now.
    pub fn read_stream(&mut self, stream: &mut Stream, now: Timestamp) -> Piece {
        let now = self.time(now);
        let piece = self.messaging.read_stream(&self.settings, stream, now);
        self.record_sessions();
        piece
    }

    /// Subjects whose streams have something to be told since this was asked last.
    pub(crate) fn take_news(&mut self) -> BTreeSet<String> {
        self.messaging.take_news()
    }

    /// Adds agents that follow a script, as `POST /simulator/agents` does: one, or a list.
    pub fn add_agents(&mut self, agents: &Value, now: Timestamp) -> Result<(), String> {
        let agents = messaging::read_agents("agents", agents).map_err(|bad| bad.to_string())?;
        let now = self.time(now);
        self.messaging.add_agents(&self.settings, agents, now);
        self.record_sessions();
        Ok(())
    }

    /// Brings the records of sessions in line. Linking the Case is what the org's Omni-Channel flow does with the attribute.
    pub(super) fn record_sessions(&mut self) {
        let schema = Arc::clone(&self.schema);
        // An org of somebody's own need not have the object.
        let sobject = schema.existing("MessagingSession");
        for record in self.messaging.take_changed() {
            let Some(sobject) = sobject else { continue };
            let at = Timestamp::from_millisecond(record.since).unwrap_or_default();
            let key = Value::from(format!("{}/{}", record.conversation, record.number));
            let known = self.store.holding(sobject.name, "SessionKey", &key, false).first().map(|row| row.id.clone());
            let id = known.unwrap_or_else(|| {
                let id = self.store.next_id(sobject.prefix);
                let values = Changes::from([("SessionKey", key), ("StartTime", datetime_text(at).into())]);
                save::insert(self, sobject, values, id.clone(), at);
                id
            });
            let case = record.case_id.as_deref().and_then(id::to_18);
            let case = case.filter(|case| self.store.living("Case").any(|row| row.id == *case));
            self.store.change(&id, |row| {
                row.values.insert("Status", record.status.name().into());
                row.values.insert("LastModifiedDate", datetime_text(at).into());
                if let Some(case) = case {
                    row.values.insert("CaseId", case.into());
                }
                let moment = match record.status {
                    Status::Waiting => return,
                    Status::Active => "AcceptTime",
                    Status::Ended => "EndTime",
                };
                row.values.insert(moment, datetime_text(at).into());
            });
        }
        self.store.commit();
    }
}
