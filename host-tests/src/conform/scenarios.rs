//! The golden scenarios: settings, variables and written answers lead to exactly these requests and this outcome.

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Value, json};

use super::script::Script;
use super::{Call, DOMAIN, Driver, Pending, TOKEN, alike, answer};

struct Scenario {
    settings: String,
    variables: String,
    answers: Vec<Value>,
    expected: Value,
}

/// A check for each folder.
pub(super) fn checks<'a>(driver: &'a Driver, folder: &Path) -> anyhow::Result<Vec<Pending<'a>>> {
    let entries = folder.read_dir().with_context(|| format!("no scenarios in {}", folder.display()))?;
    let mut folders = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<PathBuf>>>()?;
    folders.sort();
    let check = |folder: PathBuf| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let scenario = Scenario::read(&folder)?;
        Ok(Pending::new(format!("scenario: {name}"), scenario.holds(driver)))
    };
    folders.into_iter().map(check).collect()
}

impl Scenario {
    fn read(folder: &Path) -> anyhow::Result<Self> {
        let read = |name: &str| {
            let file = folder.join(name);
            std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))
        };
        let json = |name: &str| -> anyhow::Result<Value> { Ok(serde_json::from_str(&read(name)?)?) };
        Ok(Self {
            settings: read("settings.json")?,
            variables: read("variables.json")?,
            answers: json("answers.json")?.as_array().cloned().unwrap_or_default(),
            expected: json("expected.json")?,
        })
    }

    async fn holds(self, driver: &Driver) -> Result<(), String> {
        let script = Script::start(&self.answers).await.map_err(|error| error.to_string())?;
        let plan = json!({ "settings": self.settings, "variables": self.variables, "correlation": null });
        let call = Call { function: "plan", arguments: plan.clone(), route: None, abort_after: None };
        let planned = answer(driver.call(call).await?)?;
        alike(planned, self.expected["plan"].clone()).map_err(|error| format!("plan{error}"))?;
        let mut run = plan;
        run["session"] = json!({ "domain": DOMAIN, "accessToken": TOKEN });
        let route = Some(script.url().to_owned());
        let call = Call { function: "run", arguments: run, route, abort_after: None };
        let outcome = answer(driver.call(call).await?)?;
        alike(outcome, self.expected["outcome"].clone()).map_err(|error| format!("outcome{error}"))?;
        let requests = Value::from(script.requests());
        alike(requests, self.expected["requests"].clone()).map_err(|error| format!("requests{error}"))
    }
}
