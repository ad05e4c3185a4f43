//! `chat-host authorize`, with the simulator's page in place of a browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use host_tests::connections::Store;
use host_tests::simulator::TokenRefusal;
use serde_json::json;

use super::command::{Ended, authorize, authorize_as, command, connections, ended};
use super::support::{DOMAIN, Folder, NAME, client, connected, log_in, save, simulator};

/// `chat-host authorize` while its page is open.
struct Open {
    child: Child,
    stderr: BufReader<ChildStderr>,
    said: String,
    page: String,
}

impl Open {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("chat-host starts");
        let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut said = String::new();
        while !said.contains("Waiting for the callback") {
            assert!(stderr.read_line(&mut said).expect("UTF-8") > 0, "it ended: {said}");
        }
        let page = said.lines().find(|line| line.contains("/services/oauth2/authorize?"));
        let page = page.unwrap_or_else(|| panic!("no address: {said}")).trim().to_owned();
        Self { child, stderr, said, page }
    }

    /// As a browser: opens the page, and sends its form with this button. Where that leads.
    fn press(&self, button: &str) -> String {
        let page = get(&self.page);
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("method=\"post\""), "{page}");
        let field = |line: &str| {
            let (_, rest) = line.split_once("<input type=\"hidden\" name=\"")?;
            let (name, rest) = rest.split_once("\" value=\"")?;
            let (value, _) = rest.split_once('"')?;
            Some((name.to_owned(), value.replace("&amp;", "&")))
        };
        let mut fields: Vec<(String, String)> = page.lines().filter_map(field).collect();
        fields.push(("decision".into(), button.into()));
        let encode =
            |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let (origin, _) = self.page.split_once("/services").expect("an address of the simulator");
        let answer = request("POST", &format!("{origin}/services/oauth2/authorize"), &fields.join("&"));
        let location = answer.lines().find_map(|line| line.strip_prefix("location: "));
        location.unwrap_or_else(|| panic!("no way back: {answer}")).to_owned()
    }

    fn end(mut self) -> Ended {
        let mut stdout = String::new();
        self.child.stdout.take().expect("a pipe").read_to_string(&mut stdout).expect("UTF-8");
        self.stderr.read_to_string(&mut self.said).expect("UTF-8");
        let code = self.child.wait().expect("a child").code();
        Ended::of(code, stdout, std::mem::take(&mut self.said))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn get(url: &str) -> String {
    request("GET", url, "")
}

fn request(method: &str, url: &str, form: &str) -> String {
    let (authority, path) = url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("an http URL");
    // Only the name is resolved here: `localhost` may be another address first.
    let mut stream = TcpStream::connect(authority.replace("localhost", "127.0.0.1")).expect("somebody who listens");
    write!(
        stream,
        "{method} /{path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )
    .expect("a server that reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer in UTF-8");
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_that_is_allowed_ends_with_success_and_is_stored() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let open = Open::start(authorize(&simulator.url(), &folder, &["--port", "0"]));
    let callback = open.press("allow");
    assert!(open.said.contains(callback.split('?').next().expect("a URL")), "the callback URL is told: {}", open.said);
    let page = get(&callback);
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("You can close this window"), "{page}");
    let ended = open.end().expect(0);
    assert_eq!(ended.stdout, "{\"status\":\"success\"}\n");
    assert!(ended.stderr.contains("--connection crm"), "{ended:?}");
    let stored = folder.store().load(NAME).expect("a connection").expect("a connection");
    assert_eq!(stored.access_token, simulator.org().access_token());
    assert!(stored.client == client() && stored.grant.is_some());
    assert_eq!(simulator.org().token_requests().granted, 1);
    assert_eq!(
        connections(&simulator.url(), &folder, &["test", NAME]).expect(0).last(),
        json!({ "status": "success" })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_that_is_denied_ends_with_1_and_stores_nothing() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let open = Open::start(authorize(&simulator.url(), &folder, &["--port", "0"]));
    let page = get(&open.press("deny"));
    assert!(page.contains("denied"), "{page}");
    let answer = open.end().expect(1).last();
    assert_eq!((&answer["status"], &answer["code"]), (&json!("failed"), &json!("access_denied")));
    assert!(answer["message"].is_string() && answer["remedy"].is_string());
    assert!(folder.stored().is_none());
    assert_eq!(simulator.org().token_requests().granted, 0);
}

/// Any page can call back to this address, and must not be able to end the log-in.
#[tokio::test(flavor = "multi_thread")]
async fn a_callback_of_another_log_in_is_refused_and_the_right_one_waited_for() {
    let (simulator, folder) = (simulator().await, Folder::new());
    connected(&simulator, &folder).await;
    let before = folder.stored();
    let open = Open::start(authorize(&simulator.url(), &folder, &["--port", "0"]));
    let callback = open.press("allow");
    let address = callback.split('?').next().expect("a URL").to_owned();
    let exchanged = simulator.org().token_requests();
    for query in ["code=c&state=another", "code=c", "error=access_denied&state=another", ""] {
        let page = get(&format!("{address}?{query}"));
        assert!(page.starts_with("HTTP/1.1 400") && page.contains("does not belong to this log-in"), "{query}: {page}");
        assert!(folder.stored() == before, "{query}");
        assert_eq!(simulator.org().token_requests(), exchanged, "{query}");
    }
    let page = get(&callback);
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("You can close this window"), "{page}");
    let ended = open.end().expect(0);
    assert_eq!(ended.last(), json!({ "status": "success" }));
    assert!(ended.stderr.contains("still waiting"), "{ended:?}");
    assert!(folder.stored() != before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_org_that_is_not_the_one_asked_for_stores_nothing() {
    let (simulator, folder) = (simulator().await, Folder::new());
    simulator.org().settings.instance_url = "https://another.my.salesforce.com".into();
    let open = Open::start(authorize(&simulator.url(), &folder, &["--port", "0"]));
    get(&open.press("allow"));
    let answer = open.end().expect(1).last();
    assert_eq!(answer["code"], "other-org");
    assert!(answer["message"].as_str().is_some_and(|text| text.contains("another.my.salesforce.com")));
    assert!(folder.stored().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_work_is_told_before_anybody_logs_in() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let told = ended(&mut authorize(&simulator.url(), &folder, &["--port", &port])).expect(2);
    assert!(told.stderr.contains(&format!("--port {port}")) && told.stderr.contains("in use"), "{told:?}");
    for name in ["../x", "", "a b", "a/b"] {
        // Were the name looked at too late, this would wait for the callback.
        let told = ended(&mut authorize_as(name, &simulator.url(), &folder, &["--port", &port]));
        assert!(told.code == Some(2) && told.stderr.contains("is no name of a connection"), "{name:?}: {told:?}");
    }
    for (route, words) in [("nonsense", "--route"), ("http://127.0.0.1:1/x", "--route")] {
        let told = ended(&mut authorize(route, &folder, &["--client-credentials"])).expect(2);
        assert!(told.stderr.contains(words), "{told:?}");
    }
    let domain = ["--client-credentials", "--domain", "example.lightning.force.com"];
    let told = ended(command(&[&["authorize", "--client-id", "x"], domain.as_slice()].concat()).env("HOME", &folder.0));
    assert_eq!(told.expect(2).last()["code"], "bad-domain");
    // With a page and without one, before anything is sent.
    let of_every_org = command(&["authorize", "--client-id", "x", "--domain", "login.salesforce.com"]);
    let told = ended({ of_every_org }.env("HOME", &folder.0));
    assert_eq!(told.expect(2).last()["code"], "bad-domain");
    let without_secret = ["authorize", "--client-id", "x", "--domain", DOMAIN, "--client-credentials"];
    let told = ended(command(&without_secret).env("HOME", &folder.0).env_remove("SALESFORCE_CLIENT_SECRET"));
    assert_eq!(told.expect(2).last()["code"], "invalid_client");
    assert!(folder.stored().is_none() && simulator.org().log().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn client_credentials_need_no_page() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let told = ended(&mut authorize(&simulator.url(), &folder, &["--client-credentials"])).expect(0);
    assert_eq!(told.stdout, "{\"status\":\"success\"}\n");
    assert!(folder.store().load(NAME).expect("a connection").is_some_and(|stored| stored.grant.is_none()));
    simulator.org().expire_sessions();
    assert_eq!(connections(&simulator.url(), &folder, &["test", NAME]).expect(0).last()["status"], "success");
    assert_eq!(simulator.org().token_requests().client_credentials, 2);
    let before = folder.stored();
    simulator.org().refuse_tokens(TokenRefusal::NoRunAsUser);
    let told = ended(&mut authorize(&simulator.url(), &folder, &["--client-credentials"])).expect(1);
    assert!(told.last()["remedy"].as_str().is_some_and(|remedy| remedy.contains("Run As")), "{told:?}");
    assert!(folder.stored() == before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_is_stored_after_the_renewal_that_is_under_way() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let store = folder.store();
    let lock = store.lock(NAME).expect("nobody else's");
    let mut authorize = authorize(&simulator.url(), &folder, &["--client-credentials"]);
    let child = authorize.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("chat-host starts");
    // Time for one that does not wait to do its work; one that waits may take any.
    tokio::time::sleep(Duration::from_secs(2)).await;
    save(&store, log_in(&simulator).await);
    drop(lock);
    assert!(child.wait_with_output().expect("a child").status.success());
    assert!(store.load(NAME).expect("a connection").is_some_and(|stored| stored.grant.is_none()));
}
