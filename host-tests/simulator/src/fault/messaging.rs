//! Faults of requests to the messaging host, which are told apart by their names.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::nearest::nearest;

use super::{Fault, Faults, Scripted};
use crate::http::Request;

/// What the requests are called.
pub const NAMES: [&str; 14] = [
    "token",
    "verified-token",
    "continuation",
    "conversation",
    "list",
    "status",
    "message",
    "file",
    "entries",
    "typing",
    "acknowledge",
    "end-session",
    "close",
    "stream",
];

/// The name of a request; `None` if it is none of the messaging host's.
pub fn name_of(request: &Request) -> Option<&'static str> {
    if request.path.starts_with("/eventrouter/") {
        return Some("stream");
    }
    let rest = request.path.strip_prefix("/iamessage/api/v2/")?;
    let segments: Vec<&str> = rest.split('/').collect();
    Some(match (request.method.as_str(), segments.as_slice()) {
        (_, ["authorization", "unauthenticated", ..]) => "token",
        (_, ["authorization", "authenticated", ..]) => "verified-token",
        (_, ["authorization", ..]) => "continuation",
        (_, ["conversation"]) => "conversation",
        (_, ["conversation", "list"]) => "list",
        ("DELETE", ["conversation", _]) => "close",
        (_, ["conversation", _]) => "status",
        (_, ["conversation", _, "message"]) => "message",
        (_, ["conversation", _, "file"]) => "file",
        (_, ["conversation", _, "entries"]) => "entries",
        (_, ["conversation", _, "entry"]) => "typing",
        (_, ["conversation", _, "acknowledge-entries"]) => "acknowledge",
        (_, ["conversation", _, "session"]) => "end-session",
        _ => return None,
    })
}

/// An entry of a script for the messaging host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    pub name: &'static str,
    /// Counts the requests of this name alone.
    pub scripted: Scripted,
}

/// Which requests meet which fault.
#[derive(Clone, Debug, Default)]
pub struct NamedFaults {
    faults: BTreeMap<&'static str, Faults>,
    seen: BTreeMap<&'static str, usize>,
}

impl NamedFaults {
    pub fn add(&mut self, Named { name, scripted }: Named) {
        self.faults.entry(name).or_default().add(scripted);
    }

    pub fn is_empty(&self) -> bool {
        self.faults.values().all(Faults::is_empty)
    }

    /// Those that requests can still meet.
    pub fn to_come(&self) -> impl Iterator<Item = Named> + '_ {
        self.faults.iter().flat_map(|(name, faults)| {
            let seen = self.seen.get(name).copied().unwrap_or_default();
            faults.to_come(seen).map(|scripted| Named { name, scripted })
        })
    }

    /// The fault that this request, the next of its name, meets.
    pub fn next(&mut self, name: &'static str) -> Option<Fault> {
        let seen = self.seen.entry(name).or_default();
        *seen += 1;
        self.faults.get(name)?.of(*seen)
    }
}

impl FromStr for Named {
    type Err = String;

    /// Reads `NAME:FAULT`, `NAME.2:FAULT` or `NAME.2+:FAULT`.
    fn from_str(text: &str) -> Result<Named, String> {
        let form =
            || "expected NAME:FAULT, such as message:close-after, message.2:close or message.2+:close".to_owned();
        let (request, fault) = text.split_once(':').ok_or_else(form)?;
        let (name, number) = match request.split_once('.') {
            Some((name, number)) => (name, number.to_owned()),
            None => (request.trim_end_matches('+'), if request.ends_with('+') { "1+" } else { "1" }.to_owned()),
        };
        let known = NAMES.into_iter().find(|known| *known == name).ok_or_else(|| {
            let meant = nearest(name, NAMES);
            let meant = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
            format!("the messaging host has no request `{name}`{meant} It has {}", NAMES.join(", "))
        })?;
        Ok(Named { name: known, scripted: format!("{number}:{fault}").parse()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::What;

    #[test]
    fn a_name_can_have_a_number() {
        for (text, request, and_after) in [
            ("message:close", 1, false),
            ("message+:close", 1, true),
            ("message.3:close", 3, false),
            ("message.3+:close", 3, true),
        ] {
            let fault = Fault { processed: false, what: What::Close };
            let scripted = Scripted { request, and_after, fault };
            assert_eq!(text.parse(), Ok(Named { name: "message", scripted }), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, told) in [
            ("message", "NAME:FAULT"),
            ("mesage:close", "did you mean `message`?"),
            ("message:clsoe", "did you mean `close`?"),
            ("message.x:close", "REQUEST:FAULT"),
        ] {
            let error = text.parse::<Named>().unwrap_err();
            assert!(error.contains(told), "{text}: {error}");
        }
    }

    #[test]
    fn faults_count_by_name() {
        let mut faults = NamedFaults::default();
        faults.add("message.2:close".parse().unwrap());
        assert_eq!((faults.next("message"), faults.next("file")), (None, None));
        assert!(faults.next("message").is_some());
        assert_eq!(faults.next("message"), None);
    }
}
