//! Sessions and refresh tokens. All tokens of one grant are a family: they end together.

use jiff::{SignedDuration, Timestamp};

use super::org_id;
use crate::schema::id;

/// The sessions and grants of the org.
#[derive(Debug)]
pub struct Tokens {
    sessions: Vec<Session>,
    families: Vec<Family>,
    current: String,
    issued: u64,
}

#[derive(Debug)]
pub struct Session {
    token: String,
    /// `None` for the token that needed no grant.
    family: Option<usize>,
    pub scope: String,
    /// Its last use, or its issue.
    pub used: Option<Timestamp>,
}

/// What one authorisation by a user gave: at most one living refresh token at a time. The index is its id.
#[derive(Debug)]
struct Family {
    scope: String,
    refresh: Option<String>,
    /// Refresh tokens that rotation has ended, with the time of their use.
    spent: Vec<(String, Timestamp)>,
    used: Timestamp,
}

/// What a grant hands out.
pub struct Issued {
    pub access: String,
    pub refresh: Option<String>,
    pub scope: String,
}

/// The rules of a refresh.
#[derive(Clone, Copy)]
pub struct Policy {
    pub rotate: bool,
    pub overlap: Option<SignedDuration>,
    pub idle: Option<SignedDuration>,
}

/// Why a refresh gave nothing.
pub enum NotRefreshed {
    Expired,
    InUse,
}

impl Tokens {
    pub fn new() -> Tokens {
        let mut tokens = Tokens { sessions: Vec::new(), families: Vec::new(), current: String::new(), issued: 0 };
        tokens.open("api", None, None);
        tokens
    }

    /// The newest access token, valid or not.
    pub fn current(&self) -> &str {
        &self.current
    }

    /// Whether an access token is valid; its life begins anew with each use.
    pub fn touch(&mut self, token: &str, now: Timestamp, timeout: Option<SignedDuration>) -> bool {
        self.live(token, now, timeout).map(|session| session.used = Some(now)).is_some()
    }

    /// The session of a valid access token.
    pub fn live(&mut self, token: &str, now: Timestamp, timeout: Option<SignedDuration>) -> Option<&mut Session> {
        let session = self.sessions.iter_mut().rev().find(|session| session.token == token)?;
        let used = session.used.unwrap_or(now);
        timeout.is_none_or(|timeout| now.duration_since(used) < timeout).then_some(session)
    }

    /// A new family. Where there is a refresh token, no more than `limit` of them may live.
    pub fn grant(&mut self, scope: &str, refreshable: bool, now: Timestamp, limit: usize) -> Issued {
        let family = self.families.len();
        let refresh = refreshable.then(|| self.new_refresh_token());
        let grant = Family { scope: scope.into(), refresh: refresh.clone(), spent: Vec::new(), used: now };
        self.families.push(grant);
        let living = self.families.iter_mut().filter(|family| family.refresh.is_some());
        let superfluous = living.count().saturating_sub(limit.max(1));
        for family in self.families.iter_mut().filter(|family| family.refresh.is_some()).take(superfluous) {
            family.refresh = None;
        }
        Issued { access: self.open(scope, Some(family), Some(now)), refresh, scope: scope.into() }
    }

    pub fn refresh(&mut self, presented: &str, now: Timestamp, policy: Policy) -> Result<Issued, NotRefreshed> {
        let is_current = |family: &Family| family.refresh.as_deref() == Some(presented);
        let Some(index) = self.families.iter().position(is_current) else {
            return Err(self.reused(presented, now, policy));
        };
        let next = policy.rotate.then(|| self.new_refresh_token());
        let family = self.families.get_mut(index).ok_or(NotRefreshed::Expired)?;
        if policy.idle.is_some_and(|idle| now.duration_since(family.used) >= idle) {
            family.refresh = None;
            return Err(NotRefreshed::Expired);
        }
        family.used = now;
        if next.is_some() {
            family.spent.push((presented.into(), now));
            family.refresh.clone_from(&next);
        }
        let scope = family.scope.clone();
        Ok(Issued { access: self.open(&scope, Some(index), Some(now)), refresh: next, scope })
    }

    /// A refresh token that is not valid. If it ever was, someone has a copy: the thief or the owner, nobody can tell.
    fn reused(&mut self, presented: &str, now: Timestamp, policy: Policy) -> NotRefreshed {
        let spent = self.families.iter().enumerate().find_map(|(index, family)| {
            let (_, at) = family.spent.iter().find(|(token, _)| token == presented)?;
            Some((index, *at, family.refresh.is_some()))
        });
        match spent {
            Some((_, at, true)) if policy.overlap.is_some_and(|overlap| now.duration_since(at) <= overlap) => {
                NotRefreshed::InUse
            }
            Some((index, ..)) => {
                self.end(index);
                NotRefreshed::Expired
            }
            None => NotRefreshed::Expired,
        }
    }

    /// Ends an access token alone, or a refresh token with its family. False when it is neither.
    pub fn revoke(&mut self, token: &str) -> bool {
        if let Some(index) = self.families.iter().position(|family| family.refresh.as_deref() == Some(token)) {
            self.end(index);
            return true;
        }
        let before = self.sessions.len();
        self.sessions.retain(|session| session.token != token);
        self.sessions.len() < before
    }

    /// Ends the sessions and leaves the grants.
    pub fn expire_all(&mut self) {
        self.sessions.clear();
    }

    pub fn revoke_all(&mut self) {
        self.sessions.clear();
        for family in &mut self.families {
            family.refresh = None;
        }
    }

    /// Refresh tokens that are neither used, revoked nor idle for too long.
    pub fn refresh_tokens(&self, now: Option<Timestamp>, idle: Option<SignedDuration>) -> usize {
        let is_idle = |family: &&Family| match (now, idle) {
            (Some(now), Some(idle)) => now.duration_since(family.used) >= idle,
            _ => false,
        };
        self.families.iter().filter(|family| family.refresh.is_some() && !is_idle(family)).count()
    }

    fn end(&mut self, index: usize) {
        self.sessions.retain(|session| session.family != Some(index));
        if let Some(family) = self.families.get_mut(index) {
            family.refresh = None;
        }
    }

    fn open(&mut self, scope: &str, family: Option<usize>, used: Option<Timestamp>) -> String {
        self.issued += 1;
        let token = format!("{}!AQ.Simulated.{:08}", id::to_15(&org_id()), self.issued);
        self.sessions.push(Session { token: token.clone(), family, scope: scope.into(), used });
        self.current.clone_from(&token);
        token
    }

    fn new_refresh_token(&mut self) -> String {
        self.issued += 1;
        format!("5Aep861Simulated_{:08}.refresh", self.issued)
    }
}
