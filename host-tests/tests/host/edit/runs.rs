//! The last runs: which are kept, what of them, and that the conversation's values are not, unless the author wants them.

use std::fs;

use host_tests::edit::EditedOrg;
use host_tests::host::HttpClient;
use serde_json::{Value, json};

use super::browser::{Browser, served_with};
use crate::org::{DOMAIN, TestOrg};
use crate::process::Folder;

async fn of(folder: &Folder) -> Browser {
    let org = EditedOrg::simulated().await.expect("a simulator");
    Browser::open(served_with(org, None, Some(&folder.0)).await).await
}

fn asked(last_name: &str) -> Value {
    let settings: Value = serde_json::from_str(include_str!("../../../examples/contact.json")).expect("JSON");
    let variables = json!({ "customer_email": "canary@example.com", "customer_lastname": last_name });
    json!({ "settings": settings.to_string(), "variables": variables.to_string(), "correlation": "step-3" })
}

fn files(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(&folder.0).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.map(|path| fs::read_to_string(path).expect("a file")).collect()
}

#[tokio::test]
async fn a_run_is_kept_without_the_conversation_s_values() {
    let folder = Folder::new();
    let browser = of(&folder).await;
    // The second is too long for its field.
    for last_name in ["canary".to_owned(), "canary".repeat(20)] {
        browser.answer("run", &asked(&last_name)).await;
    }
    let kept = browser.answer("runs", &json!({})).await;
    let runs = kept["runs"].as_array().expect("a list");
    let status: Vec<_> = runs.iter().map(|run| &run["status"]).collect();
    assert_eq!(status, ["failed", "done"], "the newest first: {kept:#}");
    assert_eq!(runs[1]["records"][0]["result"], "created");
    assert_eq!(
        (&runs[1]["correlation"], &runs[1]["simulated"], &runs[1]["domain"]),
        (&json!("step-3"), &json!(true), &json!(DOMAIN))
    );
    assert!(runs[0]["records"][0]["error"]["texts"]["de"]["administrator"].is_string(), "{kept:#}");
    for file in files(&folder) {
        assert!(!file.contains("canary"), "{file}");
    }
    let run = browser.answer("runs", &json!({ "id": runs[1]["id"] })).await;
    assert_eq!(run["run"]["names"], json!(["customer_email", "customer_lastname"]));
    assert_eq!((&run["run"]["settings"]["mode"], &run["run"]["values"]), (&json!("sobject-write"), &Value::Null));
}

#[tokio::test]
async fn values_are_kept_if_the_author_wants_them_until_they_are_forgotten() {
    let folder = Folder::new();
    let browser = of(&folder).await;
    let mut asked = asked("Berg");
    asked["keepValues"] = json!(true);
    browser.answer("run", &asked).await;
    let runs = browser.answer("runs", &json!({})).await;
    assert_eq!((&runs["runs"][0]["hasValues"], &runs["runs"][0]["values"]), (&json!(true), &Value::Null));
    let run = browser.answer("runs", &json!({ "id": runs["runs"][0]["id"] })).await;
    assert_eq!(run["run"]["values"]["customer_lastname"], "Berg");
    assert_eq!(browser.answer("runs", &json!({ "forget": true })).await, json!({ "runs": [] }));
    assert!(files(&folder).is_empty());
}

#[tokio::test]
async fn what_was_not_sent_is_no_run() {
    let folder = Folder::new();
    let browser = of(&folder).await;
    browser.answer("run", &json!({ "settings": "{}", "variables": "{}" })).await;
    browser.answer("preview", &asked("Berg")).await;
    assert_eq!(browser.answer("runs", &json!({})).await, json!({ "runs": [] }));
}

/// The name of a run comes from the page.
#[tokio::test]
async fn a_name_leads_to_no_other_file() {
    let folder = Folder::new();
    let outside = Folder::new();
    outside.file("secret.json", "{\"canary\":1}");
    let browser = of(&folder).await;
    for id in
        [format!("../{}/secret", outside.0.file_name().expect("a name").display()), "nothing".to_owned(), String::new()]
    {
        assert_eq!(browser.answer("runs", &json!({ "id": id })).await, json!({ "run": null }), "{id}");
    }
}

#[tokio::test]
async fn a_hundred_runs_are_kept() {
    let folder = Folder::new();
    let browser = of(&folder).await;
    for number in 0..103 {
        folder.file(&format!("{number:014}-00000000.json"), "{\"status\":\"done\"}");
    }
    browser.answer("run", &asked("Berg")).await;
    let runs = browser.answer("runs", &json!({})).await;
    let runs = runs["runs"].as_array().expect("a list");
    assert_eq!(runs.len(), 100);
    assert_eq!(runs[0]["correlation"], "step-3");
}

/// An editor that is killed in the middle of a run leaves it as one that may have written.
#[tokio::test]
async fn a_run_is_noted_before_it_begins() {
    let folder = Folder::new();
    let org = TestOrg::with(|org| org.settings.slow_commit = std::time::Duration::from_secs(3600)).await;
    let client = HttpClient::new().expect("certificates").routed_to(&org.url()).expect("an address");
    let edited = EditedOrg::Token { domain: DOMAIN.to_owned(), access_token: org.token().into(), client };
    let browser = Browser::open(served_with(edited, None, Some(&folder.0)).await).await;
    let mut asked = asked("Berg");
    asked["confirmed"] = json!(DOMAIN);
    let begun = async {
        loop {
            if let [file] = files(&folder).as_slice()
                && let Ok(run) = serde_json::from_str::<Value>(file)
            {
                break run;
            }
            tokio::task::yield_now().await;
        }
    };
    let run = tokio::select! {
        answer = browser.call("run", &asked) => panic!("the run ended: {answer:?}"),
        run = begun => run,
    };
    assert_eq!((&run["status"], &run["records"]), (&json!("begun"), &json!([])));
}

async fn listed(browser: &Browser) -> Vec<Value> {
    browser.answer("runs", &json!({})).await["runs"].as_array().expect("a list").clone()
}

/// The page of an org whose write, the second request, meets a fault.
async fn broken(folder: &Folder, fault: &str) -> (TestOrg, Browser) {
    let org = TestOrg::with(|org| org.script_fault(fault.parse().expect("a fault"))).await;
    let client = HttpClient::new().expect("certificates").routed_to(&org.url()).expect("an address");
    let edited = EditedOrg::Token { domain: DOMAIN.to_owned(), access_token: org.token().into(), client };
    let browser = Browser::open(served_with(edited, None, Some(&folder.0)).await).await;
    (org, browser)
}

fn confirmed(last_name: &str, keeps_values: bool) -> Value {
    let mut asked = asked(last_name);
    (asked["confirmed"], asked["keepValues"]) = (json!(DOMAIN), json!(keeps_values));
    asked
}

#[tokio::test]
async fn a_run_that_wrote_nothing_can_be_made_again_with_its_values() {
    let folder = Folder::new();
    let (org, browser) = broken(&folder, "2:daily-limit").await;
    assert_eq!(browser.answer("run", &confirmed("Berg", true)).await["status"], "deferred");
    let [run] = &listed(&browser).await[..] else { panic!("one run") };
    assert_eq!(run["canRunAgain"], true, "{run:#}");
    let again = json!({ "again": run["id"] });
    // A real org is written to after a question, now as before.
    assert_eq!(browser.answer("run", &again).await, json!({ "confirm": DOMAIN }));
    let ran = browser.answer("run", &json!({ "again": run["id"], "confirmed": DOMAIN })).await;
    assert_eq!((&ran["status"], &ran["correlation"]), (&json!("done"), &json!("step-3")), "{ran:#}");
    assert_eq!(org.org().records("Contact")[0]["LastName"], "Berg");
    let [new, old] = &listed(&browser).await[..] else { panic!("two runs") };
    assert_eq!((&old["repeatedBy"], &old["canRunAgain"]), (&new["id"], &json!(false)));
    // Neither that one nor one that is done is made again, whatever the page asks for.
    for id in [&old["id"], &new["id"], &json!("nothing")] {
        let answer = browser.call("run", &json!({ "again": id, "confirmed": DOMAIN })).await;
        assert_eq!(answer.status, 409, "{answer:?}");
    }
    assert_eq!(org.org().records("Contact").len(), 1);
}

/// Two tabs, or one that was loaded again while the run was under way.
#[tokio::test]
async fn a_run_is_made_again_once_however_often_it_is_asked_for() {
    let folder = Folder::new();
    let (_org, browser) = broken(&folder, "2:daily-limit").await;
    browser.answer("run", &confirmed("Berg", true)).await;
    let again = json!({ "again": listed(&browser).await[0]["id"], "confirmed": DOMAIN });
    let (first, second) = tokio::join!(browser.call("run", &again), browser.call("run", &again));
    let mut status = [first.status, second.status];
    status.sort_unstable();
    assert_eq!(status, [200, 409], "{first:?} {second:?}");
    assert_eq!(listed(&browser).await.len(), 2, "what was not sent is no run");
}

#[tokio::test]
async fn another_org_than_the_author_said_yes_to_is_not_written_to() {
    let folder = Folder::new();
    let (org, browser) = broken(&folder, "9:close").await;
    let mut asked = confirmed("Berg", false);
    asked["confirmed"] = json!("other.my.salesforce.com");
    assert_eq!(browser.answer("run", &asked).await, json!({ "confirm": DOMAIN }));
    assert!(org.org().log().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_run_that_may_have_written_or_has_no_values_is_not_made_again() {
    let folder = Folder::new();
    let (_org, browser) = broken(&folder, "2:close").await;
    let ran = browser.answer("run", &confirmed("Berg", true)).await;
    let (_other_org, other) = broken(&folder, "2:daily-limit").await;
    assert_eq!(other.answer("run", &confirmed("Berg", false)).await["status"], "deferred");
    let runs = listed(&other).await;
    assert_eq!(runs.iter().map(|run| &run["canRunAgain"]).collect::<Vec<_>>(), [false, false], "{ran:#}");
}

/// What was entered for one org is not for another.
#[tokio::test]
async fn a_run_is_made_again_in_its_own_org_alone() {
    let folder = Folder::new();
    let (_org, browser) = broken(&folder, "2:daily-limit").await;
    browser.answer("run", &confirmed("Berg", true)).await;
    let [run] = &listed(&of(&folder).await).await[..] else { panic!("one run") };
    assert_eq!((&run["canRunAgain"], &run["hasValues"]), (&json!(false), &json!(true)));
}
