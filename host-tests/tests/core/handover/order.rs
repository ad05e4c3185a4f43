//! Each kind of event twice, out of order, and late: it is told once, and the phase is that of events that come as they happen.

use salesforce_module::handover::Phase;

use super::*;

/// A chat whose org has told nothing yet.
fn opened() -> (Desk, String) {
    let mut desk = Desk::default();
    let chat = open(&mut desk);
    desk.entries.clear();
    desk.events.clear();
    (desk, chat)
}

/// An event of each kind, the oldest first, up to one that ends it.
fn happen(desk: &mut Desk, ends: bool) {
    let (system, person) = (json!({ "role": "System" }), json!({ "role": "Agent", "name": "Maya" }));
    desk.routes("Initial", "RoutingError", &json!("No agents are available"));
    desk.routes("Initial", "None", &Value::Null);
    desk.note("QueuePosition", &system, json!({ "position": 2 }));
    desk.joins();
    desk.note("TypingStartedIndicator", &person, json!({}));
    desk.says("one");
    desk.note("TypingStoppedIndicator", &person, json!({}));
    desk.routes("Transfer", "None", &Value::Null);
    desk.changes("remove", "Agent", "Maya");
    if ends {
        desk.status("Ended", "Agent");
    } else {
        desk.changes("add", "Agent", "Noor");
        desk.says("two");
    }
}

/// All that is told in two calls, the first of which is made before `late` is known, and the phase after them.
fn all(mut desk: Desk, mut chat: String, wait: u32, late: Option<usize>) -> (Vec<String>, Phase) {
    let kept = late.map(|at| (desk.entries.remove(at), desk.events.remove(at)));
    let mut events = told(&receive(&mut desk, &mut chat, wait).events);
    if let Some((entry, mut event)) = kept {
        desk.entries.push(entry);
        // What the stream tells last has the last number there.
        event.0 = desk.events.iter().map(|(id, ..)| *id).max().unwrap_or_default() + 1;
        desk.events.push(event);
    }
    let second = receive(&mut desk, &mut chat, wait);
    events.extend(told(&second.events));
    (events, second.progress.phase)
}

/// Typing is told by its changes, so that it depends on the order.
fn sorted(mut events: Vec<String>) -> Vec<String> {
    events.retain(|event| !event.starts_with("typing"));
    events.sort();
    events
}

/// A chat in which events happened, changed as its org may change it.
fn changed(ends: bool, change: impl Fn(&mut Desk)) -> (Desk, String) {
    let (mut desk, chat) = opened();
    happen(&mut desk, ends);
    change(&mut desk);
    (desk, chat)
}

/// Calls the check with each way to receive, each end, and what is told where all comes in order.
fn each_way(check: impl Fn(u32, bool, (Vec<String>, Phase))) {
    for wait in [0, 5] {
        for ends in [false, true] {
            let (desk, chat) = changed(ends, |_| {});
            let expected = all(desk, chat, wait, None);
            assert_eq!(expected.1, if ends { Phase::Ended } else { Phase::Connected });
            check(wait, ends, expected);
        }
    }
}

#[test]
fn what_comes_twice_is_told_once() {
    each_way(|wait, ends, expected| {
        for at in 0..expected.0.len() {
            let (desk, chat) = changed(ends, |desk| {
                let (entry, event) = (desk.entries[at].clone(), desk.events[at].clone());
                desk.entries.insert(at, entry);
                desk.events.push(event);
            });
            assert_eq!(all(desk, chat, wait, None), expected, "wait {wait}, event {at}");
        }
    });
}

#[test]
fn what_comes_out_of_order_is_told_as_it_happened() {
    each_way(|wait, ends, expected| {
        for at in 1..expected.0.len() {
            let (desk, chat) = changed(ends, |desk| {
                desk.entries.swap(at - 1, at);
                desk.events.swap(at - 1, at);
            });
            assert_eq!(all(desk, chat, wait, None), expected, "wait {wait}, event {at}");
        }
        let (desk, chat) = changed(ends, |desk| desk.events.reverse());
        assert_eq!(all(desk, chat, wait, None), expected, "wait {wait}");
    });
}

#[test]
fn what_comes_late_is_told_and_changes_no_phase_that_is_newer() {
    each_way(|wait, ends, expected| {
        let (desk, _) = changed(ends, |_| {});
        for at in 0..desk.entries.len() {
            // Who writes may have been there before, and a chat whose end is not known yet goes on.
            let (desk, chat) = changed(ends, |_| {});
            let (events, phase) = all(desk, chat, wait, Some(at));
            assert_eq!(sorted(events), sorted(expected.0.clone()), "wait {wait}, event {at}");
            assert_eq!(phase, expected.1, "wait {wait}, event {at}");
        }
    });
}

/// A chat whose person joined, of which something older comes to light in the second call.
fn joined_before(older: impl Fn(&mut Desk), routing: &'static str) -> (Vec<String>, Phase) {
    let (mut desk, mut chat) = opened();
    older(&mut desk);
    desk.joins();
    let (entry, event) = (desk.entries.remove(0), desk.events.remove(0));
    receive(&mut desk, &mut chat, 0);
    desk.entries.push(entry);
    desk.events.push(event);
    desk.routing = routing;
    let second = receive(&mut desk, &mut chat, 0);
    (told(&second.events), second.progress.phase)
}

/// Clocks of servers differ, so the conversation is asked what is true.
#[test]
fn an_end_that_seems_older_than_the_person_is_one_if_the_conversation_says_so() {
    let ended = |desk: &mut Desk| desk.status("Ended", "Agent");
    assert_eq!(joined_before(ended, "ROUTED"), (Vec::new(), Phase::Connected));
    let (events, phase) = joined_before(ended, "NEEDS_ROUTING");
    assert_eq!((events.len(), phase), (1, Phase::Ended), "{events:?}");
}

#[test]
fn a_person_who_has_left_is_not_there_again_by_a_join_that_comes_late() {
    let (mut desk, mut chat) = opened();
    desk.joins();
    desk.changes("remove", "Agent", "Maya");
    let (entry, event) = (desk.entries.remove(0), desk.events.remove(0));
    receive(&mut desk, &mut chat, 0);
    desk.entries.push(entry);
    desk.events.push(event);
    assert_ne!(receive(&mut desk, &mut chat, 0).progress.phase, Phase::Connected);
}
