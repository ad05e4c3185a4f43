//! `chat` that is kept, and `chat --web`: what bad input is told, who gets the page, and what its calls take. `.ci/edit/chat.test.mjs` is the
//! page itself, in a browser.

mod killed;
mod talk;

use std::path::{Path, PathBuf};

use super::*;
use crate::edit::browser::{Answer, send};

/// An org that goes on, and a folder for what is kept.
struct Kept {
    simulator: Simulated,
    folder: String,
}

impl Kept {
    fn new() -> Self {
        let simulator = Simulated::new();
        let folder = simulator.folder.0.join("kept").display().to_string();
        Self { simulator, folder }
    }

    fn file(&self) -> PathBuf {
        Path::new(&self.folder).join("conversation.json")
    }

    fn state(&self) -> Value {
        read(&self.file())["state"].clone()
    }

    /// What the relay keeps of the chat with a person, once that is open.
    async fn open_talk(&self) -> PathBuf {
        let id = self.state()["id"].as_str().expect("a name").to_owned();
        let file = Path::new(&self.folder).join(format!("chats/conversation-{id}.json"));
        while !(file.exists() && read(&file)["isOpen"] == true) {
            tokio::task::yield_now().await;
        }
        file
    }

    /// The options of a chat with this org.
    fn options(&self) -> Vec<&str> {
        let (url, token) = (self.simulator.url(), self.simulator.token());
        vec!["chat", "--kept", &self.folder, "--domain", DOMAIN, "--route", url, "--token", token]
    }
}

fn read(file: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(file).expect("a file")).expect("JSON")
}

fn change(file: &Path, change: impl FnOnce(&mut Value)) {
    let mut json = read(file);
    change(&mut json);
    fs::write(file, json.to_string()).expect("the file");
}

#[cfg(unix)]
fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status();
    assert!(sent.expect("a kill command").success());
}

/// `chat --web` in a process of its own, with the browser that has opened its address.
struct Page {
    child: Child,
    // Kept open: the program may still print.
    _stdout: BufReader<ChildStdout>,
    host: String,
    path: String,
    cookie: String,
}

impl Page {
    async fn start(arguments: &[&str]) -> Self {
        let mut command = command(arguments);
        command.arg("--web").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("chat-host starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a first line");
        let address = line.trim().strip_prefix("http://").unwrap_or_else(|| panic!("no address: {line}"));
        let (host, path) = address.split_once('/').expect("a path");
        let (host, path) = (host.to_owned(), format!("/{path}"));
        let welcome = send(&host, "GET", &path, &[("Host", &host)], "").await;
        let cookie = welcome.header("set-cookie").split(';').next().expect("a cookie").to_owned();
        Self { child, _stdout: stdout, host, path, cookie }
    }

    async fn get(&self, path: &str) -> Answer {
        send(&self.host, "GET", path, &[("Host", &self.host), ("Cookie", &self.cookie)], "").await
    }

    /// Answers the questions from the first one on.
    async fn answers(&self, answers: &[&str]) {
        let mut asked = 1;
        for answer in answers {
            let view = self.awaits_question(asked).await;
            let question = view["awaits"]["question"].as_u64().expect("a number");
            let said =
                json!({ "conversation": view["conversation"], "key": answer, "question": question, "text": answer });
            assert!(self.takes(&said).await, "{answer}");
            asked = question + 1;
        }
    }

    /// What it is told with the first question that is not before this entry.
    async fn awaits_question(&self, from: u64) -> Value {
        let mut version = 0;
        loop {
            let view = self.get(&format!("/api/follow?conversation=&entries=0&version={version}")).await.json();
            if view["awaits"]["question"].as_u64().is_some_and(|question| question >= from) {
                return view;
            }
            version = view["version"].as_u64().expect("a version");
        }
    }

    /// Asks for a person in place of the first answer; the conversation.
    async fn asks_for_a_person(&self) -> Value {
        let view = self.awaits(&json!({ "question": 1 })).await;
        let asked = json!({ "conversation": view["conversation"], "key": "p", "question": 1, "person": true });
        assert!(self.takes(&asked).await);
        self.awaits(&json!({ "talk": true })).await["conversation"].clone()
    }

    /// What a tab that has nothing yet is told, as soon as the visitor can do this.
    async fn awaits(&self, what: &Value) -> Value {
        let mut version = 0;
        loop {
            let view = self.get(&format!("/api/follow?conversation=&entries=0&version={version}")).await.json();
            if view["awaits"] == *what {
                return view;
            }
            version = view["version"].as_u64().expect("a version");
        }
    }

    async fn post(&self, name: &str, asked: &Value) -> Answer {
        let origin = format!("http://{}", self.host);
        let headers = [
            ("Host", self.host.as_str()),
            ("Cookie", &self.cookie),
            ("Origin", &origin),
            ("Content-Type", "application/json"),
        ];
        send(&self.host, "POST", &format!("/api/{name}"), &headers, &asked.to_string()).await
    }

    async fn takes(&self, asked: &Value) -> bool {
        self.post("say", asked).await.json()["taken"] == true
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // SIGKILL: it may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn a_chat_that_is_kept_goes_on_where_it_ended() {
    let kept = Kept::new();
    let options = kept.options();
    let first = with_input(&options, "otto@example.com\nOtto\n").expect_code(0);
    assert!(first.stdout.contains("And your last name?"), "{first:?}");
    let second = with_input(&options, "Vogel\nRepair\n").expect_code(0);
    for milestone in
        ["The conversation goes on where it was.", "visitor  Otto", "created Contact 003", "Which product?"]
    {
        assert!(second.stdout.contains(milestone), "{milestone}: {second:?}");
    }
    // Each question once, and the Contact was there before.
    let third = with_input(&options, "Cage\nThe door is loose.\n").expect_code(0);
    for question in ["What is your e-mail address?\n", "Which product?\n", "created Contact 003", "created Case 500"] {
        assert_eq!(third.stdout.split("And again").next().expect("a text").matches(question).count(), 1, "{third:?}");
    }
    assert!(third.stdout.contains(&format!("{DOMAIN} is written to, at {}", kept.simulator.url())), "{third:?}");
    let folder = kept.folder.as_str();
    for told in [first, second, third] {
        assert!(!told.stdout.contains(kept.simulator.token()) && told.stderr.is_empty(), "{told:?}");
    }
    // Another org's.
    let other = ["chat", "--kept", folder, "--domain", "other.my.salesforce.com", "--route", "http://127.0.0.1:1"];
    let told = chat_host(&[other.as_slice(), &["--token", "00D!canary"]].concat()).expect_code(2);
    assert!(told.stderr.contains(&format!("belongs to `{DOMAIN}`")) && !told.stderr.contains("canary"), "{told:?}");
}

#[test]
fn what_a_chat_cannot_be_started_with_is_told() {
    let folder = Folder::new();
    let (file, kept) = (folder.file("file", ""), folder.0.join("kept").display().to_string());
    let org = ["--domain", DOMAIN, "--route", "http://127.0.0.1:1", "--token", "00D!canary"];
    let person = folder.file("person.json", r#"{"mode":"handover","deploymentDomain":"other.my.salesforce.com"}"#);
    let of_no_org = folder.file("of-no-org.json", r#"{"mode":"handover"}"#);
    let list = folder.file("list.json", "[]");
    let (of_contact, no_json) = (folder.file("contact.json", CONTACT_SETTINGS), folder.file("no.json", "canary"));
    for (arguments, says) in [
        (vec!["--kept", &kept], "chat-host simulate"),
        (vec!["--route", "http://127.0.0.1:1"], "--domain"),
        (vec!["--port", "8080"], "--web"),
        (vec!["--case-key", "Origin"], "it is no API name of a custom field"),
        ([org.as_slice(), &["--kept", &file]].concat(), "Name a folder that can be written to"),
        ([org.as_slice(), &["--person", &person]].concat(), "other.my.salesforce.com"),
        (
            [org.as_slice(), &["--person", &of_no_org]].concat(),
            "it has no deploymentDomain. That of this org is `example.my",
        ),
        ([org.as_slice(), &["--person", &no_json]].concat(), "no.json is no JSON: "),
        ([org.as_slice(), &["--person", &list]].concat(), "list.json is no JSON object"),
        (vec!["--person", &no_json], "no.json is no JSON: "),
        ([org.as_slice(), &["--person", &of_contact]].concat(), "`mode` must be `handover`"),
        (vec!["--person", &of_contact, "--web"], "`mode` must be `handover`"),
        ([org.as_slice(), &["--agents", "agents.json"]].concat(), "--agents"),
        (vec!["--domain", DOMAIN], TOKEN_VARIABLE),
        (vec!["--domain", "nonsense", "--token", "00D!canary"], "Save contact: "),
    ] {
        let told = chat_host(&[["chat"].as_slice(), &arguments].concat()).expect_code(2);
        assert!(told.stderr.contains(says) && !told.stderr.contains("canary"), "{arguments:?}: {told:?}");
        assert_eq!(told.stdout, "");
    }
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let told = chat_host(&["chat", "--web", "--port", &port]).expect_code(1);
    assert!(told.stderr.contains(&port) && told.stderr.contains("--port"), "{told:?}");
}

#[tokio::test]
async fn the_page_is_behind_the_same_door_as_the_editor() {
    let page = Page::start(&["chat"]).await;
    let view = page.awaits(&json!({ "question": 1 })).await;
    assert_eq!(view["entries"][1]["bot"], "What is your e-mail address?");
    for path in ["/", "/chat.js", "/chat.css", "/api/follow", "/api/say", "/nothing"] {
        let stranger = send(&page.host, "GET", path, &[("Host", &page.host)], "").await;
        assert_eq!(stranger.status, 401, "{path}");
        let elsewhere = [("Host", "evil.example"), ("Cookie", page.cookie.as_str())];
        assert_eq!(send(&page.host, "GET", path, &elsewhere, "").await.status, 403, "{path}");
        let cross = [("Host", page.host.as_str()), ("Cookie", &page.cookie), ("Origin", "http://evil.example")];
        assert_eq!(send(&page.host, "POST", path, &cross, "{}").await.status, 403, "{path}");
    }
    let again = send(&page.host, "GET", &page.path, &[("Host", &page.host)], "").await;
    assert!(again.status == 401 && again.body.contains("start it again"), "{again:?}");
    let html = page.get("/").await;
    assert!(html.header("content-security-policy").starts_with("default-src 'none'; script-src 'self';"), "{html:?}");
    assert!(html.body.matches("<script").count() == 1 && !html.body.contains("://"), "{html:?}");
    assert_eq!(page.post("say", &json!({ "text": "x" })).await.status, 400);
}

#[tokio::test]
async fn an_answer_is_taken_once_and_by_its_own_question() {
    let page = Page::start(&["chat"]).await;
    let view = page.awaits(&json!({ "question": 1 })).await;
    let answer = |question: u64, key: &str, text: &str| json!({ "conversation": view["conversation"], "key": key, "question": question, "text": text });
    assert!(page.takes(&answer(1, "a", "otto@example.com")).await);
    // Its answer was lost, and it comes again; another tab answers the same question.
    assert!(page.takes(&answer(1, "a", "otto@example.com")).await);
    assert!(!page.takes(&answer(1, "b", "other@example.com")).await);
    let mut of_another = answer(3, "c", "Otto");
    of_another["conversation"] = "none".into();
    assert!(!page.takes(&of_another).await);
    let again = page.post("again", &json!({ "conversation": view["conversation"] })).await;
    assert_eq!(again.json(), json!({ "taken": false }), "it is not over");
    let view = page.awaits(&json!({ "question": 3 })).await;
    let said: Vec<&Value> =
        view["entries"].as_array().expect("a list").iter().filter_map(|entry| entry.get("visitor")).collect();
    assert_eq!(said, ["otto@example.com"]);
}

#[tokio::test]
async fn a_browser_that_was_let_in_is_let_in_after_a_kill_if_the_chat_is_kept() {
    let kept = Kept::new();
    let first = Page::start(&kept.options()).await;
    let port = first.host.rsplit(':').next().expect("a port").to_owned();
    let view = first.awaits(&json!({ "question": 1 })).await;
    let asked = json!({ "conversation": view["conversation"], "key": "a", "question": 1, "text": "otto@example.com" });
    assert!(first.takes(&asked).await);
    let used = chat_host(&[kept.options().as_slice(), &["--web"]].concat()).expect_code(2);
    assert!(used.stderr.contains("another chat-host is at work"), "{used:?}");
    let cookie = first.cookie.clone();
    drop(first);
    let second = Page::start(&[kept.options().as_slice(), &["--port", &port]].concat()).await;
    assert_eq!(second.cookie, cookie);
    let view = second.awaits(&json!({ "question": 3 })).await;
    assert_eq!(view["entries"][2]["visitor"], "otto@example.com");
    // The same input is known there.
    assert!(second.takes(&asked).await);
}

#[tokio::test]
async fn a_run_whose_connection_is_gone_is_made_at_the_next_start() {
    let kept = Kept::new();
    let store = kept.simulator.folder.0.join("store").display().to_string();
    let (url, ready) = (kept.simulator.url(), &kept.simulator.ready);
    let text = |name: &str| ready[name].as_str().expect("a text").to_owned();
    let (id, secret) = (text("clientId"), text("clientSecret"));
    let connect = || {
        let app = ["authorize", "--client-credentials", "--client-id", &id, "--client-secret", &secret];
        let place = ["--domain", DOMAIN, "--route", url, "--store", &store];
        chat_host(&[app.as_slice(), &place].concat()).expect_code(0)
    };
    connect();
    let options = ["chat", "--kept", &kept.folder, "--connection", "default", "--store", &store, "--route", url];
    let mut first = Page::start(&options).await;
    first.answers(&["otto@example.com", "Otto", "Vogel", "Repair", "Cage"]).await;
    let view = first.awaits_question(10).await;
    chat_host(&["connections", "remove", "default", "--store", &store, "--route", url]).expect_code(0);
    let question = &view["awaits"]["question"];
    let last =
        json!({ "conversation": view["conversation"], "key": "l", "question": question, "text": "It is loose." });
    assert!(first.takes(&last).await);
    assert_eq!(first.child.wait().expect("an end").code(), Some(2));
    assert_eq!(kept.state()["unsettled"][0]["since"], Value::Null, "nothing is written");
    connect();
    let second = Page::start(&options).await;
    second.awaits(&json!({ "again": true })).await;
    assert_eq!(kept.simulator.query("SELECT Id FROM Case").len(), 1);
}
