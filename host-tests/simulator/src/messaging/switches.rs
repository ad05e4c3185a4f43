//! The switches as JSON: of an org file, and of `/simulator/messaging`.

use jiff::SignedDuration;

use crate::document::{BadFile, Node};
use crate::settings::{Messaging, Repeated};

/// Names of the switches.
pub const MEMBERS: &[&str] = &[
    "streamNeedsLastEventId",
    "streamResumes",
    "endIsTold",
    "expiryAsJson",
    "receipts",
    "identitiesValid",
    "repeatedConversation",
    "repeatedMessage",
    "guestTokenSeconds",
    "verifiedTokenSeconds",
    "pingSeconds",
    "tokensPerMinute",
    "messagesPerMinute",
    "maxMessageBytes",
    "maxFileBytes",
];

/// Longest time, in seconds: a day.
const LONGEST: usize = 86_400;

/// Sets what the object names. Nothing is changed if any of it is wrong.
pub fn apply(settings: &mut Messaging, node: &Node<'_>) -> Result<(), BadFile> {
    node.only(MEMBERS)?;
    let mut new = settings.clone();
    for (member, switch) in [
        ("streamNeedsLastEventId", &mut new.stream_needs_last_event_id),
        ("streamResumes", &mut new.stream_resumes),
        ("endIsTold", &mut new.end_is_told),
        ("expiryAsJson", &mut new.expiry_as_json),
        ("receipts", &mut new.receipts),
        ("identitiesValid", &mut new.identities_valid),
    ] {
        *switch = node.flag(member, *switch)?;
    }
    for (member, switch) in
        [("repeatedConversation", &mut new.repeated_conversation), ("repeatedMessage", &mut new.repeated_message)]
    {
        *switch = node.get(member)?.map_or(Ok(*switch), |node| repeated(&node))?;
    }
    for (member, switch) in [
        ("guestTokenSeconds", &mut new.guest_token_lifetime),
        ("verifiedTokenSeconds", &mut new.verified_token_lifetime),
        ("pingSeconds", &mut new.ping_every),
    ] {
        *switch = node.get(member)?.map_or(Ok(*switch), |node| seconds(&node))?;
    }
    for (member, switch) in [
        ("tokensPerMinute", &mut new.tokens_per_minute),
        ("messagesPerMinute", &mut new.messages_per_minute),
        ("maxMessageBytes", &mut new.max_message_bytes),
    ] {
        // 0 takes the limit away.
        *switch = node.get(member)?.map_or(Ok(*switch), |node| Ok(Some(node.count()?).filter(|limit| *limit > 0)))?;
    }
    new.max_file_bytes = node.number("maxFileBytes", new.max_file_bytes)?;
    *settings = new;
    Ok(())
}

fn repeated(node: &Node<'_>) -> Result<Repeated, BadFile> {
    let word = node.word(&Repeated::NAMES.map(|(name, _)| name))?;
    let known = Repeated::NAMES.into_iter().find(|(name, _)| *name == word);
    known.map(|(_, repeated)| repeated).ok_or_else(|| node.problem("expected another word"))
}

fn seconds(node: &Node<'_>) -> Result<SignedDuration, BadFile> {
    let seconds = node.count().ok().filter(|seconds| (1..=LONGEST).contains(seconds));
    let seconds = seconds.and_then(|seconds| i64::try_from(seconds).ok());
    let seconds = seconds.ok_or_else(|| node.problem(format!("expected seconds from 1 to {LONGEST}")))?;
    Ok(SignedDuration::from_secs(seconds))
}
