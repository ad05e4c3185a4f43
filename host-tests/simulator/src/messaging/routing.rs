//! Which agent a session comes to, and what the visitor is told of it.

use serde_json::json;

use super::agent::Agent;
use super::conversation::Status;
use super::entry::Sender;
use super::turn::Turn;

/// What the org's flow says if no agent is there.
const NO_AGENTS: &str = "No agents are available";

impl Turn<'_> {
    /// A new session is routed, which fails if no agent is online.
    pub fn initial_routing(&mut self, id: &str) {
        if self.state.agents.iter().any(|agent| agent.online) {
            self.routing_result(id, "Initial", None);
            self.changed(id);
            return self.offer(id);
        }
        self.routing_result(id, "Initial", Some(NO_AGENTS));
        let now = self.now;
        if let Some(session) = self.live(id) {
            (session.status, session.since, session.routing) = (Status::Ended, now, "NEEDS_ROUTING");
        }
        self.changed(id);
    }

    fn routing_result(&mut self, id: &str, kind: &str, failure: Option<&str>) {
        let payload = json!({
            "routingType": kind,
            "failureType": if failure.is_some() { "RoutingError" } else { "None" },
            "failureReason": failure,
        });
        self.tell(id, "RoutingResult", Sender::system(), payload);
    }

    /// Offers a waiting session to the agents with scripts; people accept by themselves.
    pub fn offer(&mut self, id: &str) {
        let now = self.now;
        let Some(session) = self.live(id).filter(|session| session.agent.is_none()) else { return };
        let (handed_on_by, since) = (session.handed_on_by, session.since);
        let fits =
            |(place, agent): &(usize, &Agent)| agent.online && agent.script.is_some() && Some(*place) != handed_on_by;
        let Some((place, agent)) = self.state.agents.iter().enumerate().find(fits) else { return };
        let ready = since + agent.script.as_ref().map_or(0, |script| script.accept_after);
        match ready <= now {
            true => self.accept(id, place),
            false => self.look_again(id, ready),
        }
    }

    pub fn offer_all(&mut self) {
        let waits = self.state.conversations.iter().filter_map(|(id, conversation)| {
            let session = conversation.live().filter(|session| session.agent.is_none())?;
            Some((session.since, session.number, id.clone()))
        });
        let mut waiting: Vec<(i64, u64, String)> = waits.collect();
        waiting.sort();
        waiting.iter().for_each(|(_, _, id)| self.offer(id));
    }

    /// The agent takes the session; false if it waits for none.
    pub fn accept(&mut self, id: &str, place: usize) {
        let now = self.now;
        let Some(session) = self.live(id).filter(|session| session.agent.is_none()) else { return };
        (session.status, session.since, session.routing) = (Status::Active, now, "ROUTED");
        (session.agent, session.step, session.due, session.unanswered) = (Some(place), 0, None, 0);
        self.participant(id, place, "add");
        self.changed(id);
        self.follow_script(id);
    }

    /// The agent goes, and the session waits for another. The visitor sees the same as at an end, and then the result.
    pub fn transfer(&mut self, id: &str) {
        let now = self.now;
        let Some(place) = self.live(id).and_then(|session| session.agent) else { return };
        self.participant(id, place, "remove");
        if let Some(session) = self.live(id) {
            (session.status, session.since, session.routing) = (Status::Waiting, now, "TRANSFER");
            (session.agent, session.handed_on_by, session.due) = (None, Some(place), None);
        }
        self.routing_result(id, "Transfer", None);
        self.changed(id);
        self.offer(id);
    }

    /// The agent goes, and the session waits, of which the visitor is told nothing else.
    pub fn leave(&mut self, id: &str) {
        let now = self.now;
        let Some(place) = self.live(id).and_then(|session| session.agent) else { return };
        self.participant(id, place, "remove");
        if let Some(session) = self.live(id) {
            (session.status, session.since, session.routing) = (Status::Waiting, now, "INITIAL");
            (session.agent, session.handed_on_by, session.due) = (None, Some(place), None);
        }
        self.changed(id);
        self.offer(id);
    }

    pub fn participant(&mut self, id: &str, place: usize, operation: &str) {
        let Some(agent) = self.state.agents.get(place) else { return };
        let participant = json!({
            "role": "Agent",
            "appType": "agent",
            "subject": agent.id,
            "clientIdentifier": format!("client-{}", agent.id),
        });
        let payload = json!({
            "entries": [{ "operation": operation, "displayName": agent.name, "participant": participant }],
        });
        self.tell(id, "ParticipantChanged", Sender::system(), payload);
    }

    /// A supervisor listens.
    pub fn supervisor(&mut self, id: &str) {
        self.joined(id, "Supervisor", "Supervisor");
    }

    /// A second agent joins the first.
    pub fn conference(&mut self, id: &str) {
        self.routing_result(id, "Conference", None);
        self.joined(id, "Agent", "Second");
    }

    /// Nobody said anything for long. The next message wakes the session.
    pub fn sleep(&mut self, id: &str) {
        let payload = json!({ "sessionStatus": "Inactive", "sessionStatusPrev": "Active", "sessionEndedByRole": null });
        self.tell(id, "SessionStatusChanged", Sender::system(), payload);
    }

    fn joined(&mut self, id: &str, role: &str, name: &str) {
        let subject = "005Hn0000000999IAA";
        let participant = json!({ "role": role, "appType": "agent", "subject": subject, "clientIdentifier": format!("client-{subject}") });
        let payload = json!({ "entries": [{ "operation": "add", "displayName": name, "participant": participant }] });
        self.tell(id, "ParticipantChanged", Sender::system(), payload);
    }

    pub fn queue_position(&mut self, id: &str, number: u64) {
        let payload = json!({ "position": number });
        self.mention(id, "QueuePosition", "CONVERSATION_QUEUE_POSITION", Sender::system(), payload);
    }

    pub fn unknown_event(&mut self, id: &str, name: &str) {
        self.mention(id, "SomethingNew", name, Sender::system(), json!({ "something": ["new"] }));
    }
}
