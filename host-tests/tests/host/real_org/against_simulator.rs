//! The run against a real org, with a simulator in the org's place: the same program, told by the same environment.

use std::process::{Command, Output};

use host_tests::simulator::{Access, Org, Simulator};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::real_org::scenarios::ALL;

/// Somebody else's records, near the ones that a run writes.
fn others() -> Value {
    json!({
        "Contact": [
            { "LastName": "smtest", "Email": "smtest@example.com" },
            { "LastName": "Berg", "Email": "anna.berg@example.com" },
        ],
        "Case": [{ "Subject": "smtest needs help" }],
    })
}

async fn simulator(set_up: impl FnOnce(&mut Org)) -> Simulator {
    let mut org = Org::new();
    org.seed(&others(), Timestamp::now()).expect("a good seed");
    set_up(&mut org);
    Simulator::start(org, 0).await.expect("a free port")
}

fn everything(simulator: &Simulator) -> Vec<Value> {
    let org = simulator.org();
    ["Contact", "Case"].iter().flat_map(|sobject| org.records(sobject)).collect()
}

/// This program again, with only the ignored test and only these variables.
async fn run(variables: &[(&str, String)]) -> Output {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--ignored", "--exact", "real_org::scenarios_against_a_real_org", "--nocapture"]);
    for name in ["SALESFORCE_DOMAIN", "SALESFORCE_ACCESS_TOKEN", "SALESFORCE_ROUTE"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    tokio::task::spawn_blocking(move || command.output()).await.expect("no panic").expect("the program starts")
}

async fn run_against(simulator: &Simulator) -> Output {
    let token = simulator.org().access_token().to_owned();
    run(&[
        ("SALESFORCE_DOMAIN", "example.my.salesforce.com".to_owned()),
        ("SALESFORCE_ACCESS_TOKEN", token),
        ("SALESFORCE_ROUTE", simulator.url()),
    ])
    .await
}

fn text(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes)).concat()
}

/// Records that are gone again, by object.
fn deleted(simulator: &Simulator) -> usize {
    let org = simulator.org();
    let deletes = org.log().iter().filter(|exchange| exchange.method == "DELETE" && exchange.status == 204);
    deletes.count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_scenario_passes_and_leaves_the_org_as_it_was() {
    for view_all_data in [true, false] {
        let simulator = simulator(|org| org.settings.view_all_data = view_all_data).await;
        let before = everything(&simulator);
        let output = run_against(&simulator).await;
        let told = text(&output);
        assert!(output.status.success(), "{told}");
        for (name, _) in ALL {
            assert!(told.contains(&format!("ok      {name}")), "{told}");
        }
        assert_eq!(everything(&simulator), before, "view all data: {view_all_data}");
        // One contact of each writing scenario, two of several matches; two cases.
        assert_eq!(deleted(&simulator), 8, "{told}");
        assert!(told.contains("deleted 8 records"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_failed_scenario_wrote_is_deleted_too() {
    // Cases can be seen, but not written.
    let simulator = simulator(|org| assert!(org.restrict_object("Case", Access::ReadOnly))).await;
    let before = everything(&simulator);
    let output = run_against(&simulator).await;
    let told = text(&output);
    assert!(!output.status.success(), "{told}");
    assert!(told.contains("FAILED  a contact and its case are written together"), "{told}");
    assert!(told.contains("ok      a record is created, found again"), "{told}");
    assert_eq!(everything(&simulator), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_an_org_nothing_is_sent_and_the_missing_variable_is_named() {
    let simulator = simulator(|_| {}).await;
    let domain = ("SALESFORCE_DOMAIN", "example.my.salesforce.com".to_owned());
    let route = ("SALESFORCE_ROUTE", simulator.url());
    let blank = ("SALESFORCE_ACCESS_TOKEN", " ".to_owned());
    for (variables, missing) in
        [(vec![route.clone()], "SALESFORCE_DOMAIN is not set"), (vec![domain, route, blank], "SALESFORCE_ACCESS_TOKEN")]
    {
        let output = run(&variables).await;
        assert!(!output.status.success());
        assert!(text(&output).contains("Nothing was sent.") && text(&output).contains(missing), "{}", text(&output));
    }
    assert!(simulator.org().log().is_empty());
}
