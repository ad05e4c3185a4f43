//! Agents: people at the page, and scripts that go on by themselves.

use super::script::{Action, After, Script, SentFile, Step};
use super::turn::Turn;
use crate::schema::id;

/// An agent.
#[derive(Clone, Debug)]
pub struct Agent {
    /// The id of the user.
    pub id: String,
    pub name: String,
    pub online: bool,
    /// None: a person.
    pub script: Option<Script>,
}

impl Agent {
    pub fn person(place: usize, name: &str) -> Agent {
        // Far from the ids of the org's own users.
        Agent { id: id::numbered("005", 900_000 + place as u64), name: name.into(), online: true, script: None }
    }
}

impl Turn<'_> {
    /// Adds an agent of a script; one of the same name is replaced, but goes on where it is in a conversation.
    pub fn add_agent(&mut self, (name, online, script): (String, bool, Script)) {
        let place = self.agent_named(&name);
        if let Some(agent) = self.state.agents.get_mut(place) {
            (agent.online, agent.script) = (online, Some(script));
        }
        self.state.version += 1;
        self.offer_all();
    }

    /// The place of the agent of that name, who is new if there is none.
    pub fn agent_named(&mut self, name: &str) -> usize {
        let known = self.state.agents.iter().position(|agent| agent.name == name);
        known.unwrap_or_else(|| {
            let place = self.state.agents.len();
            self.state.agents.push(Agent::person(place, name));
            place
        })
    }

    /// All that is due by now, in the order of its time.
    pub fn go_on(&mut self) {
        while let Some((_, id)) = self.state.due.first().filter(|(at, _)| *at <= self.now).cloned() {
            self.state.due.pop_first();
            let waits = self.live(&id).is_some_and(|session| session.agent.is_none());
            match waits {
                true => self.offer(&id),
                false => self.follow_script(&id),
            }
        }
    }

    /// Lets a session be looked at again later.
    pub fn look_again(&mut self, id: &str, at: i64) {
        if let Some(session) = self.live(id) {
            session.due = Some(at);
        }
        self.state.due.insert((at, id.to_owned()));
    }

    /// Carries out steps of the agent's script until one waits.
    pub fn follow_script(&mut self, id: &str) {
        while let Some((place, step)) = self.next_step(id) {
            let now = self.now;
            let Some(session) = self.live(id) else { return };
            match (step.after, session.due) {
                (After::Before, _) => {}
                (After::Message, _) if session.unanswered > 0 => session.unanswered -= 1,
                (After::Message, _) => return,
                (After::Time(_), Some(due)) if due <= now => session.due = None,
                (After::Time(_), Some(_)) => return,
                (After::Time(0), None) => {}
                (After::Time(time), None) => return self.look_again(id, now + time),
            }
            session.step += 1;
            self.act(id, place, step.action);
        }
    }

    fn next_step(&mut self, id: &str) -> Option<(usize, Step)> {
        let session = self.live(id)?;
        let (place, step) = (session.agent?, session.step);
        let script = self.state.agents.get(place)?.script.as_ref()?;
        let step = if script.repeat { step.checked_rem(script.steps.len())? } else { step };
        Some((place, script.steps.get(step)?.clone()))
    }

    /// What the agent does.
    pub fn act(&mut self, id: &str, place: usize, action: Action) {
        match action {
            Action::Say(text) => self.say(id, place, &text),
            Action::Echo => {
                let text = self.live(id).map(|session| session.last_text.clone()).unwrap_or_default();
                self.say(id, place, &text);
            }
            Action::Link(url) => self.link(id, place, &url),
            Action::Choices(text, options) => self.offer_choices(id, place, &text, options),
            Action::File(file) => self.send_file(id, place, file),
            Action::Typing(on) => self.agent_types(id, place, on),
            Action::Transfer => self.transfer(id),
            Action::End(told) => {
                let told = told.unwrap_or(self.switches.end_is_told);
                self.end(id, "Agent", told);
            }
            Action::Leave => self.leave(id),
            Action::Supervisor => self.supervisor(id),
            Action::Conference => self.conference(id),
            Action::Inactive => self.sleep(id),
            Action::Bot(text) => self.bot_says(id, &text),
            Action::Queue(number) => self.queue_position(id, number),
            Action::Event(name) => self.unknown_event(id, &name),
            Action::Cut => {
                if let Some(conversation) = self.state.conversations.get(id) {
                    self.state.cuts.insert(conversation.subject.clone());
                }
            }
            Action::Expire => {
                if let Some(conversation) = self.state.conversations.get(id) {
                    self.state.tokens.expire(Some(&conversation.subject), self.now);
                    self.state.news.insert(conversation.subject.clone());
                }
            }
            Action::Online(online) => self.set_online(Some(place), online),
        }
    }

    /// Whether an agent, or each, takes conversations.
    pub fn set_online(&mut self, place: Option<usize>, online: bool) {
        for (other, agent) in self.state.agents.iter_mut().enumerate() {
            if place.is_none_or(|place| place == other) {
                agent.online = online;
            }
        }
        self.state.version += 1;
        if online {
            self.offer_all();
        }
    }

    /// The bytes of an agent's or a visitor's file, under an address of its own.
    pub fn keep_file(&mut self, file: SentFile) -> String {
        let id = self.next_id();
        self.state.files.insert(id.clone(), file.into());
        id
    }
}
