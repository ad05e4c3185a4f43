//! The talk with a person in `chat`: what ends it, and what the visitor may choose in it.

use super::*;

#[tokio::test]
async fn a_talk_whose_calls_are_refused_is_over_and_the_flow_goes_on() {
    let kept = Kept::new();
    let first = Page::start(&kept.options()).await;
    first.asks_for_a_person().await;
    let talk = kept.open_talk().await;
    drop(first);
    // Such as another version's.
    change(&talk, |json| json["settings"] = CONTACT_SETTINGS.into());
    let second = Page::start(&kept.options()).await;
    let view = second.awaits(&json!({ "again": true })).await.to_string();
    assert!(view.contains("over: refused (") && view.contains("nobody could talk to you"), "{view}");
}

#[tokio::test]
async fn a_choice_is_taken_once_and_of_the_newest_offer() {
    let folder = Folder::new();
    let offers = json!({ "name": "Maya", "script": [
        { "choices": { "text": "Which?", "options": ["March", "April"] } },
        { "choices": { "text": "Or which?", "options": ["May", "June"] } },
    ] });
    let agents = folder.file("agents.json", &offers.to_string());
    let page = Page::start(&["chat", "--agents", &agents]).await;
    let conversation = page.asks_for_a_person().await;
    let mut version = 0;
    let offers = loop {
        let view = page.get(&format!("/api/follow?conversation=&entries=0&version={version}")).await.json();
        let entries = view["entries"].as_array().expect("a list").iter();
        let offers: Vec<Value> = entries.filter(|entry| entry["options"][0].is_object()).cloned().collect();
        if offers.len() == 2 {
            break offers;
        }
        version = view["version"].as_u64().expect("a version");
    };
    let choice = |offer: usize, option: usize, key: &str| {
        let (message, option) = (&offers[offer], &offers[offer]["options"][option]);
        json!({ "conversation": conversation, "key": key, "option": option["id"], "message": message["id"], "label": option["label"] })
    };
    assert!(!page.takes(&choice(0, 0, "a")).await, "an older offer's");
    assert!(page.takes(&choice(1, 0, "b")).await);
    assert!(page.takes(&choice(1, 0, "b")).await, "the same again");
    assert!(!page.takes(&choice(1, 1, "c")).await, "another one");
}

#[cfg(unix)]
#[tokio::test]
async fn an_end_that_was_taken_is_carried_out_after_a_kill() {
    let kept = Kept::new();
    let first = Page::start(&kept.options()).await;
    let conversation = first.asks_for_a_person().await;
    let talk = kept.open_talk().await;
    // The org does not answer any more, so that the chat does not end before the kill.
    signal(&kept.simulator.child, "-STOP");
    assert!(first.takes(&json!({ "conversation": conversation, "key": "e", "end": true })).await);
    assert_eq!(kept.state()["talk"]["ends"], true);
    drop(first);
    signal(&kept.simulator.child, "-CONT");
    // The kill came before the relay was told.
    change(&talk, |json| json["ends"] = false.into());
    let second = Page::start(&kept.options()).await;
    let view = second.awaits(&json!({ "again": true })).await.to_string();
    assert!(view.contains("over: ended") && view.contains("Thank you for talking to us."), "{view}");
}

#[cfg(unix)]
#[test]
fn a_talk_in_the_terminal_that_is_told_to_end_leaves_no_folder() {
    let folder = Folder::new();
    for name in ["-INT", "-TERM"] {
        let mut command = command(&["chat"]);
        command.env("TMPDIR", &folder.0).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("chat-host starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(b"person\n").expect("it reads");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let is_handed_over = lines.any(|line| line.expect("text").contains("agents work at"));
        assert!(is_handed_over, "the chat ended before");
        let left = || folder.0.read_dir().expect("a folder").count();
        // Made right after it is said.
        while left() == 0 {
            std::thread::yield_now();
        }
        signal(&child, name);
        assert_eq!(child.wait().expect("an end").code(), Some(0));
        assert_eq!(left(), 0);
    }
}
