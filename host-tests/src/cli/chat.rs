//! `chat`: the example conversation with a visitor who is there.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use salesforce_module::salesforce::FieldName;
use serde_json::Value;

use super::org::{OrgArgs, Way, http_client};
use super::{BadUsage, End, read};
use crate::demo::{ChatOrg, Kept, chat, chat_in_a_page};
use crate::host::Host;
use crate::{COMPONENT, json as answers};

#[derive(Args)]
pub(super) struct Chat {
    /// Open a page: the conversation as a visitor sees it, beside what reaches Salesforce. Without it you are the visitor in this terminal.
    #[arg(long)]
    web: bool,
    /// Port of the page on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 0, requires = "web")]
    port: u16,
    /// JSON file of agents with scripts, who answer a visitor that asks for a person. Without it, be that person at the page that is printed
    /// then. See docs/simulator.md.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["domain", "connection"])]
    agents: Option<PathBuf>,
    /// Folder where the conversation is kept: begun again, the command goes on where it was ended, in the middle of a chat with a person,
    /// too. It needs an org that goes on meanwhile: --connection, or --domain with --route for a simulator.
    #[arg(long, value_name = "FOLDER")]
    kept: Option<PathBuf>,
    /// Text field of Case, External ID and Unique, that takes the name of the conversation: after a kill a Case that may be there is found by
    /// it. In the simulator: Chat_Conversation_Id__c.
    #[arg(long, value_name = "FIELD", value_parser = custom_field)]
    case_key: Option<String>,
    /// Settings of the hand-over to a person, a JSON file; the default is host-tests/examples/person.json, which fits the simulator.
    #[arg(long, value_name = "FILE")]
    person: Option<PathBuf>,
    /// The My Domain host of an org, for a token. Without it and --connection, a simulator in this process stands for the org.
    #[arg(long, value_name = "HOST", conflicts_with = "connection")]
    domain: Option<String>,
    #[command(flatten)]
    org: OrgArgs,
}

impl Chat {
    pub(super) async fn run(&self) -> anyhow::Result<End> {
        let host = Arc::new(Host::cached(COMPONENT)?);
        let org = self.org(&host).await?.with_case_key(self.case_key.clone());
        if let Some(wrong) = org.wrong(&host).await? {
            return Err(BadUsage(wrong).into());
        }
        let kept = match (&self.kept, org.domain()) {
            (None, _) => None,
            (Some(folder), Some(domain)) => {
                Some(Kept::open(folder, domain).map_err(|error| BadUsage(error.to_string()))?)
            }
            (Some(_), None) => {
                return Err(BadUsage(
                    "--kept needs an org that goes on when this process ends. Start `chat-host simulate --port 4711` in another terminal, \
                     and name it: --domain example.my.salesforce.com --route http://127.0.0.1:4711"
                        .to_owned(),
                )
                .into());
            }
        };
        match self.web {
            true => chat_in_a_page(host, org, kept, self.port).await?,
            false => chat(host, org, kept).await?,
        }
        Ok(End::Done)
    }

    async fn org(&self, host: &Arc<Host>) -> anyhow::Result<ChatOrg> {
        let person = self.person.as_deref().map(of_person).transpose()?;
        if self.org.connection.is_none() && self.domain.is_none() {
            if self.org.names_an_org() {
                return Err(BadUsage(
                    "Name the org with --domain: the token goes there and nowhere else. Without --token and --route, a simulator in this \
                     process stands for the org."
                        .to_owned(),
                )
                .into());
            }
            return Ok(ChatOrg::simulated(self.agents.as_deref()).await?.with_person(person));
        }
        let client = http_client(self.org.route())?;
        let named = self.domain.as_deref().unwrap_or_default().trim().to_lowercase();
        let way = Way::to(&named, host, &self.org)?;
        let domain = match &way {
            Way::Connection { connections, name } => connections.load(name)?.client.deployment_domain,
            Way::Token { .. } => named,
        };
        let of_person = person.as_deref().map(answers::deployment_domain);
        match of_person {
            Some(other) if other.is_empty() => {
                return Err(
                    BadUsage(format!("--person: it has no deploymentDomain. That of this org is `{domain}`.")).into()
                );
            }
            Some(other) if other != domain => {
                return Err(BadUsage(format!(
                    "--person: its deploymentDomain is `{other}`, and the org is `{domain}`."
                ))
                .into());
            }
            _ => {}
        }
        let route = self.org.route().map(str::to_owned);
        Ok(ChatOrg::named(way, domain, client, route).with_person(person))
    }
}

fn custom_field(text: &str) -> Result<String, &'static str> {
    let field = FieldName::parse(text).filter(FieldName::is_custom);
    field.map(|field| field.to_string()).ok_or("it is no API name of a custom field, such as Chat_Conversation_Id__c")
}

/// The settings of the hand-over.
fn of_person(file: &Path) -> anyhow::Result<String> {
    let text = read(file)?;
    let wrong = match serde_json::from_str(&text) {
        Ok(Value::Object(_)) => return Ok(text),
        Ok(_) => "is no JSON object".to_owned(),
        Err(error) => format!("is no JSON: {error}"),
    };
    Err(BadUsage(format!("--person: {} {wrong}", file.display())).into())
}
