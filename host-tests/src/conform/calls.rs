//! Every function once, and the input that each must refuse.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Answered, Call, DOMAIN, Driver, Pending, TOKEN, alike, answer};
use crate::host::{Host, Renderer};
use crate::json as answers;
use crate::simulator::{Org, Simulator};

const SETTINGS: &str = r#"{ "mode": "sobject-write", "deploymentDomain": "example.my.salesforce.com", "mappings": [
    { "source": { "variable": "email" }, "object": "Contact", "field": "Email", "useToFindExisting": true },
    { "source": { "variable": "last_name" }, "object": "Contact", "field": "LastName" },
    { "source": { "template": "{amount}" }, "object": "Contact", "field": "Description" } ],
    "objects": { "Contact": { "store": { "Id": "contact_id", "Description": "noted" } } } }"#;
/// A number that no `double` holds.
const VARIABLES: &str = r#"{ "email": "anna@example.com", "last_name": "Bärg 🙂", "amount": 12345678901234567.89 }"#;

pub(super) fn checks<'a>(driver: &'a Driver, host: &'a Arc<Host>) -> Vec<Pending<'a>> {
    vec![
        Pending::new("call: manifest", manifest(driver, host)),
        Pending::new("call: check, with and without the flow's variables", check(driver, host)),
        Pending::new("call: describe", describe(driver, host)),
        Pending::new("call: form, for each renderer, and of a mode that there is not", form(driver, host)),
        Pending::new("call: prepare, objects and fields", discovery(driver)),
        Pending::new("call: a run creates, a second one changes nothing, a number keeps its digits", twice(driver)),
        Pending::new("call: run-many", many(driver)),
        Pending::new("call: settings that cannot run are findings", refused(driver)),
        Pending::new("call: variables that are no object are findings", no_variables(driver)),
        Pending::new("call: a line that is no call is a failure, and the next call is answered", no_call(driver)),
    ]
}

async fn ask(driver: &Driver, function: &'static str, arguments: Value) -> Result<Answered, String> {
    driver.call(Call { function, arguments, route: None, abort_after: None }).await
}

async fn manifest(driver: &Driver, host: &Host) -> Result<(), String> {
    let expected = host.manifest().await.map_err(|error| error.to_string())?;
    alike(answer(ask(driver, "manifest", json!({})).await?)?, answers::manifest(&expected))
}

async fn check(driver: &Driver, host: &Host) -> Result<(), String> {
    let known = vec!["email".to_owned(), "last_nam".to_owned()];
    let checked =
        [(Value::Null, host.check(SETTINGS).await), (json!(known), host.check_in_flow(SETTINGS, &known).await)];
    for (known, expected) in checked {
        let expected = expected.map_err(|error| error.to_string())?;
        let arguments = json!({ "settings": SETTINGS, "knownVariables": known });
        alike(answer(ask(driver, "check", arguments).await?)?, answers::findings(&expected))?;
    }
    Ok(())
}

async fn describe(driver: &Driver, host: &Host) -> Result<(), String> {
    let expected = host.describe(SETTINGS).await.map_err(|error| error.to_string())?;
    let Ok(expected) = expected else { return Err("the settings cannot run".to_owned()) };
    alike(answer(ask(driver, "describe", json!({ "settings": SETTINGS })).await?)?, answers::tool(&expected))
}

async fn form(driver: &Driver, host: &Host) -> Result<(), String> {
    let records = vec!["Contact".to_owned()];
    for (renderer, of_host) in
        [("react-jsonschema-form", Renderer::ReactJsonschemaForm), ("json-forms", Renderer::JsonForms)]
    {
        for mode in ["sobject-write", "sobject"] {
            let expected = host.form(mode, "de", of_host, &records).await.map_err(|error| error.to_string())?;
            let arguments = json!({ "mode": mode, "language": "de", "renderer": renderer, "records": records });
            match (ask(driver, "form", arguments).await?, expected) {
                (Answered::Findings(given), Err(findings)) => {
                    alike(given, answers::findings(&findings)["findings"].clone())?
                }
                (answered, Ok(form)) => alike(answer(answered)?, answers::form(&form))?,
                (_, Err(_)) => return Err(format!("`{mode}` is no mode, and gives no findings")),
            }
        }
    }
    Ok(())
}

/// A simulator, and the arguments of a call to it.
async fn org() -> Result<(Simulator, Value), String> {
    let org = Org::new();
    let session = json!({ "domain": DOMAIN, "accessToken": org.access_token() });
    let simulator = Simulator::start(org, 0).await.map_err(|error| error.to_string())?;
    let arguments = json!({ "session": session, "settings": SETTINGS, "variables": VARIABLES, "correlation": "c-1" });
    Ok((simulator, arguments))
}

async fn ask_org(
    driver: &Driver,
    simulator: &Simulator,
    function: &'static str,
    arguments: Value,
) -> Result<Value, String> {
    let route = Some(simulator.url());
    answer(driver.call(Call { function, arguments, route, abort_after: None }).await?)
}

async fn discovery(driver: &Driver) -> Result<(), String> {
    let (simulator, arguments) = org().await?;
    let prepared = ask_org(driver, &simulator, "prepare", arguments.clone()).await?;
    let mut with_query = arguments;
    let query = json!({ "deploymentDomain": DOMAIN, "apiVersion": null, "search": "conta", "limit": 5, "all": false });
    with_query["query"] = query;
    let objects = ask_org(driver, &simulator, "objects", with_query.clone()).await?;
    with_query["query"]["object"] = "Contact".into();
    with_query["query"]["search"] = "email".into();
    with_query["query"]["values"] = 0.into();
    let fields = ask_org(driver, &simulator, "fields", with_query).await?;
    for (what, holds) in [
        ("`prepare` gives settings with a schema", prepared["schema"]["objects"]["Contact"].is_object()),
        ("`objects` lists Contact", names(&objects["objects"]).contains(&"Contact")),
        ("`fields` lists Email", names(&fields["fields"]).contains(&"Email")),
    ] {
        if !holds {
            return Err(format!("{what}: it does not. {prepared} {objects} {fields}"));
        }
    }
    Ok(())
}

fn names(entries: &Value) -> Vec<&str> {
    entries.as_array().into_iter().flatten().filter_map(|entry| entry["name"].as_str()).collect()
}

async fn twice(driver: &Driver) -> Result<(), String> {
    let (simulator, arguments) = org().await?;
    for (result, requests) in [("created", 2), ("unchanged", 1)] {
        let outcome = ask_org(driver, &simulator, "run", arguments.clone()).await?;
        let told = json!([outcome["status"], outcome["records"][0]["result"], outcome["requests"]]);
        alike(told, json!(["done", result, requests]))?;
        alike(outcome["correlation"].clone(), "c-1".into())?;
    }
    let contact = simulator.org().records("Contact");
    alike(json!(contact.len()), 1.into())?;
    alike(contact[0]["LastName"].clone(), "Bärg 🙂".into())?;
    alike(contact[0]["Description"].clone(), "12345678901234567.89".into())
}

async fn many(driver: &Driver) -> Result<(), String> {
    let (simulator, mut arguments) = org().await?;
    let conversation = |number: u32| {
        let variables = json!({ "email": format!("v{number}@example.com"), "last_name": "Berg" });
        json!({ "variables": variables.to_string(), "inDoubtFor": null, "correlation": format!("line-{number}") })
    };
    arguments["conversations"] = (0..30).map(conversation).collect();
    arguments["earlier"] = json!([]);
    let outcome = ask_org(driver, &simulator, "runMany", arguments).await?;
    let created = outcome["conversations"].as_array().into_iter().flatten();
    let created = created.filter(|outcome| outcome["records"][0]["result"] == "created").count();
    alike(json!([outcome["status"], created, outcome["requests"]]), json!(["done", 30, 2]))?;
    alike(simulator.org().records("Contact").len().into(), 30.into())
}

async fn refused(driver: &Driver) -> Result<(), String> {
    let call = |settings: &str| json!({ "session": { "domain": DOMAIN, "accessToken": TOKEN }, "settings": settings, "variables": "{}", "correlation": null });
    for settings in ["", "{", "[]", r#"{ "mode": "sobject-write" }"#] {
        for function in ["plan", "preview", "run", "describe", "prepare"] {
            has_findings(settings, &ask(driver, function, call(settings)).await?)?;
        }
    }
    // Settings for another org than the session's.
    let elsewhere = SETTINGS.replace("example.my", "other.my");
    has_findings("another domain", &ask(driver, "run", call(&elsewhere)).await?)
}

async fn no_variables(driver: &Driver) -> Result<(), String> {
    let call = |variables: &str| json!({ "session": { "domain": DOMAIN, "accessToken": TOKEN }, "settings": SETTINGS, "variables": variables, "correlation": null });
    for variables in ["", "[]", "{", "null"] {
        for function in ["plan", "run"] {
            has_findings(variables, &ask(driver, function, call(variables)).await?)?;
        }
    }
    let mut correlated = call("{}");
    correlated["correlation"] = "two\nlines".into();
    has_findings("a correlation with a line break", &ask(driver, "run", correlated).await?)
}

fn has_findings(input: &str, answered: &Answered) -> Result<(), String> {
    match answered {
        Answered::Findings(Value::Array(findings)) if !findings.is_empty() => Ok(()),
        other => Err(format!("findings were expected for `{input}`, and not {other}")),
    }
}

async fn no_call(driver: &Driver) -> Result<(), String> {
    for line in ["", "no JSON", "[]", r#"{ "function": "run" }"#] {
        driver.say(line).await?;
        match driver.unasked().await? {
            Answered::Failure { code, .. } if code == "host" => {}
            other => return Err(format!("a failure `host` was expected for `{line}`, and not {other}")),
        }
    }
    match ask(driver, "runn", json!({})).await? {
        Answered::Failure { code, .. } if code == "host" => {}
        other => return Err(format!("a failure `host` was expected for an unknown function, and not {other}")),
    }
    answer(ask(driver, "check", json!({ "settings": SETTINGS, "knownVariables": null })).await?).map(drop)
}
