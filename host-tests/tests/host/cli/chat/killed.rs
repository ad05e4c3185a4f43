//! A kill while a module runs, at each of its requests: what is written is written once, and nothing is left out that the host can find out.

use host_tests::simulator::fault::{Fault, Lost, Scripted, What};
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::org::TestOrg;

/// What a visitor answers: three times before the Contact is saved, three times before the Case is opened.
const ANSWERS: [&str; 6] = ["otto@example.com", "Otto", "Vogel", "Repair", "Cage", "The door is loose."];
const NOT_KNOWN: &str = "I do not know yet whether that was saved.";
const FOR_PEOPLE: &str = "somebody here will look";
const WAITS: &str = "as soon as it is known whether what you told me before was saved";
const SAVED_NOW: &str = "What was open before is saved now.";
/// Longer than anything that was sent can be at work.
const TEN_MINUTES: i64 = 601;

/// Where the killed process was with a request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum At {
    /// The org never sees it.
    Before,
    /// The org has carried it out, and its answer has not come.
    CarriedOut,
    /// Its answer has come, and perhaps more was done.
    Answered,
    /// The org carries it out when another process is there.
    Late,
}

struct Place {
    org: TestOrg,
    folder: Folder,
    case_key: bool,
}

impl Place {
    async fn new(case_key: bool) -> Self {
        let org = TestOrg::with(|org| org.settings.late_by = SignedDuration::MAX).await;
        Self { org, folder: Folder::new(), case_key }
    }

    fn fault(&self, request: usize, at: At) {
        let fault = match at {
            At::Before => Fault { processed: false, what: What::Silence },
            At::CarriedOut => Fault { processed: true, what: What::Silence },
            At::Late => Fault { processed: false, what: What::Later(Lost::Silence) },
            At::Answered => return,
        };
        self.org.org().script_fault(Scripted { request, and_after: false, fault });
    }

    fn options(&self) -> Vec<String> {
        let (url, token, folder) = (self.org.url(), self.org.token(), self.folder.0.join("kept").display().to_string());
        let named = ["--domain", DOMAIN, "--route", &url, "--token", &token, "--kept", &folder];
        let mut options: Vec<String> = ["chat"].into_iter().chain(named).map(str::to_owned).collect();
        if self.case_key {
            options.extend(["--case-key", "Chat_Conversation_Id__c"].map(str::to_owned));
        }
        options
    }

    fn chat(&self) -> Command {
        command(&self.options().iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// A process that is killed when the org has this request, or has answered it. Answers with what it said until then: after an answer it may
    /// have come to the end, and to the next conversation.
    fn killed(&self, answers: &[&str], request: usize, at: At) -> String {
        self.fault(request, at);
        let mut chat = self.chat();
        let mut child = chat.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("chat-host starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(lines(answers).as_bytes()).expect("it reads");
        let seen = || match at {
            At::Answered => self.org.org().log().len(),
            _ => self.org.org().met().len(),
        };
        while seen() < request {
            assert!(child.try_wait().expect("a process").is_none(), "it ended before");
            std::thread::yield_now();
        }
        // SIGKILL.
        child.kill().expect("a process");
        let said = child.wait_with_output().expect("an end").stdout;
        self.org.org().clear_faults();
        String::from_utf8(said).expect("text")
    }

    /// A process that goes on with these answers, until there are no more.
    fn goes_on(&self, answers: &[&str]) -> String {
        let mut chat = self.chat();
        let mut child = chat.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("chat-host starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(lines(answers).as_bytes()).expect("it reads");
        drop(stdin);
        Ran::from(child.wait_with_output().expect("an end")).expect_code(0).stdout
    }

    /// Salesforce carries out what is late.
    fn settle(&self) {
        self.org.org().settle(Timestamp::now());
    }

    /// As if what is not settled had been sent so much earlier.
    fn age(&self, seconds: i64) {
        change(&self.folder.0.join("kept/conversation.json"), |json| {
            for open in json["state"]["unsettled"].as_array_mut().expect("a list") {
                if let Some(since) = open["since"].as_str() {
                    let since: Timestamp = since.parse().expect("a time");
                    open["since"] = (since - SignedDuration::from_secs(seconds)).to_string().into();
                }
            }
        });
    }

    fn written(&self) -> (usize, usize) {
        (self.org.records("Contact").len(), self.org.records("Case").len())
    }
}

fn lines(answers: &[&str]) -> String {
    answers.iter().map(|answer| format!("{answer}\n")).collect()
}

/// The Contact is looked up with the first request and written with the second, the Case with the third and the fourth.
#[tokio::test(flavor = "multi_thread")]
async fn one_contact_and_one_case_are_there_wherever_the_kill_is() {
    for request in 1..=4 {
        for at in [At::Before, At::CarriedOut, At::Answered, At::Late] {
            let cell = format!("request {request}, {at:?}");
            let place = Place::new(true).await;
            let (first, rest) = ANSWERS.split_at(if request <= 2 { 3 } else { 6 });
            let said_before = place.killed(first, request, at);
            let mut said = place.goes_on(rest);
            let is_open = match at {
                // It may have come to the write, and that may be on its way.
                At::Answered if request % 2 == 1 => said.contains(NOT_KNOWN),
                _ => request % 2 == 0 && matches!(at, At::Before | At::Late),
            };
            assert_eq!(said.contains(NOT_KNOWN), is_open, "{cell}: {said}");
            assert_eq!(said.contains(WAITS), is_open && request <= 2, "{cell}: {said}");
            // What has not come stays open.
            if is_open && at != At::Answered {
                said += &place.goes_on(&[]);
                assert_eq!(place.written(), (usize::from(request == 4), 0), "{cell}");
            }
            if at == At::Late {
                place.settle();
            }
            place.age(TEN_MINUTES);
            said += &place.goes_on(&[]);
            assert_eq!(said.matches(NOT_KNOWN).count(), usize::from(is_open), "{cell}: {said}");
            assert_eq!(said.contains(SAVED_NOW), is_open, "{cell}: {said}");
            let all = said_before + &said;
            assert!(all.contains("Your case number is 00001026."), "{cell}: {all}");
            assert_eq!(place.written(), (1, 1), "{cell}");
            let before = place.org.requests().len();
            place.goes_on(&[]);
            assert_eq!((place.org.requests().len(), place.written()), (before, (1, 1)), "{cell}: all is settled");
        }
    }
}

/// Nobody can tell which Case it would be, so it is never opened a second time: a person looks.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_without_a_key_is_left_to_people_once_it_was_sent() {
    for (request, at, cases) in
        [(3, At::CarriedOut, 1), (4, At::Before, 0), (4, At::CarriedOut, 1), (4, At::Answered, 1), (4, At::Late, 1)]
    {
        let cell = format!("request {request}, {at:?}");
        let place = Place::new(false).await;
        place.killed(&ANSWERS, request, at);
        let said = place.goes_on(&[]);
        // Right after the answer it may have been kept.
        if at != At::Answered {
            assert_eq!(said.contains(FOR_PEOPLE), request == 4, "{cell}: {said}");
        }
        place.settle();
        for _ in 0..2 {
            place.age(TEN_MINUTES);
            place.goes_on(&[]);
        }
        assert_eq!(place.written(), (1, cases), "{cell}");
    }
}

/// The doubt is about the Contact, which the next conversation looks for, too.
#[tokio::test(flavor = "multi_thread")]
async fn another_conversation_waits_as_well() {
    let place = Place::new(false).await;
    place.killed(&ANSWERS, 2, At::Late);
    let said = place.goes_on(&[&ANSWERS[3..], &ANSWERS].concat());
    assert_eq!(
        (said.matches(NOT_KNOWN).count(), said.matches(WAITS).count(), place.written()),
        (1, 3, (0, 0)),
        "{said}"
    );
    place.settle();
    place.age(TEN_MINUTES);
    let said = place.goes_on(&[]);
    assert_eq!((said.matches(SAVED_NOW).count(), place.written()), (4, (1, 2)), "{said}");
}

/// Nothing was killed: the answer to the write is lost, and the org carries it out in the end.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_unknown_without_a_kill_is_looked_for_before_the_next_module_writes() {
    let place = Place::new(false).await;
    let fault = Fault { processed: false, what: What::Later(Lost::Close) };
    place.org.org().script_fault(Scripted { request: 2, and_after: false, fault });
    let said = place.goes_on(&ANSWERS);
    assert!(said.contains(NOT_KNOWN) && said.contains(WAITS), "{said}");
    assert_eq!(place.written(), (0, 0));
    place.settle();
    let said = place.goes_on(&[]);
    assert!(said.contains(SAVED_NOW) && said.contains("Your case number is"), "{said}");
    assert_eq!(place.written(), (1, 1));
}

/// An org that does not answer has told nothing about what is open.
#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_looked_for_stays_open() {
    let place = Place::new(false).await;
    place.killed(&ANSWERS[..3], 2, At::Late);
    let down = Fault { processed: false, what: What::Close };
    place.org.org().script_fault(Scripted { request: 1, and_after: true, fault: down });
    let said = place.goes_on(&ANSWERS[3..]);
    assert!(said.contains(NOT_KNOWN) && said.contains(WAITS), "{said}");
    place.org.org().clear_faults();
    place.goes_on(&[]);
    assert_eq!(place.written(), (0, 0), "it may still come");
    place.settle();
    place.goes_on(&[]);
    assert_eq!(place.written(), (1, 1));
}

/// The conversations at the agents' desk: what each visitor said, and whether it is over.
fn at_the_desk(org: &TestOrg) -> Vec<Value> {
    let request =
        host_tests::simulator::Request { method: "GET".into(), path: "/simulator/agent".into(), ..Default::default() };
    let desk = org.org().handle(&request, Timestamp::now()).json();
    desk["conversations"].as_array().expect("a list").clone()
}

/// The org has opened the chat, and its answer has not come: the token is lost, so nobody gets into that chat any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_talk_that_was_being_opened_can_be_asked_for_again() {
    let place = Place::new(false).await;
    let echo = json!({ "name": "Maya", "script": [{ "say": "Hi" }, { "after": "message", "end": true }] });
    place.org.org().add_agents(&echo, Timestamp::now()).expect("an agent");
    place.org.org().script_named_fault("conversation:silence-after".parse().expect("a fault"));
    let options = place.options();
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let first = Page::start(&options).await;
    let conversation = first.asks_for_a_person().await;
    while at_the_desk(&place.org).is_empty() {
        tokio::task::yield_now().await;
    }
    let said = |key: &str, text: &str| json!({ "conversation": conversation, "key": key, "text": text });
    assert!(first.takes(&said("m", "Is anybody there?")).await);
    drop(first);
    place.org.org().clear_faults();
    let second = Page::start(&options).await;
    // It is where it was before, and says so.
    let view = second.awaits_question(3).await;
    let told = view["entries"].to_string();
    assert!(told.contains("cannot go on with that talk") && told.contains("\"notSent\":\"m\""), "{told}");
    assert!(!told.contains("No one is available"), "{told}");
    assert_eq!(view["entries"].as_array().expect("a list").last().expect("one")["asks"], "customer_email");
    let question = &view["awaits"]["question"];
    let asked = json!({ "conversation": conversation, "key": "p2", "question": question, "person": true });
    assert!(second.takes(&asked).await);
    second.awaits(&json!({ "talk": true })).await;
    assert!(second.takes(&said("m2", "Hello?")).await);
    let view = second.awaits(&json!({ "again": true })).await["entries"].to_string();
    assert!(view.contains("Maya joins") && view.contains("Thank you for talking to us."), "{view}");
    let desk = at_the_desk(&place.org);
    let heard = |text: &str| desk.iter().filter(|one| one.to_string().contains(text)).count();
    assert_eq!((desk.len(), heard("Hello?"), heard("Is anybody there?")), (2, 1, 0), "{desk:?}");
}
