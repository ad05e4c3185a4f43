//! `objects` and `fields`: what an org has.

use std::sync::Arc;

use clap::Args;

use super::org::{OrgArgs, Way};
use super::{BadUsage, End, bad_input, ended, print, text};
use crate::connections::{ConnectionError, Store};
use crate::host::{FieldQuery, Host, ObjectQuery};
use crate::{COMPONENT, json as answers};

#[derive(Args)]
pub struct Objects {
    #[command(flatten)]
    what: What,
}

#[derive(Args)]
pub struct Fields {
    /// API name of the object.
    #[arg(value_name = "OBJECT")]
    object: String,
    /// Most values of each picklist, 0 to 1000.
    #[arg(long, value_name = "N", default_value_t = 10)]
    values: u32,
    #[command(flatten)]
    what: What,
}

#[derive(Args)]
struct What {
    /// Only what has this text in its API name or label.
    #[arg(long, value_name = "TEXT", default_value = "")]
    search: String,
    /// Most entries, 1 to 1000.
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
    /// Also what the module cannot write.
    #[arg(long)]
    all: bool,
    /// The org's My Domain host, such as example.my.salesforce.com; with --connection it is known.
    #[arg(long, value_name = "HOST", required_unless_present = "connection")]
    domain: Option<String>,
    /// Version of the REST API, such as 62.0
    #[arg(long, value_name = "VERSION")]
    api_version: Option<String>,
    #[command(flatten)]
    org: OrgArgs,
}

impl Objects {
    /// Lists objects.
    pub async fn run(&self, json: bool) -> anyhow::Result<End> {
        let what = &self.what;
        what.org.require()?;
        let query = ObjectQuery {
            deployment_domain: what.domain()?,
            api_version: what.api_version.clone(),
            search: what.search.clone(),
            limit: what.limit,
            all: what.all,
        };
        let host = Arc::new(Host::cached(COMPONENT)?);
        let (module, query) = (&host, &query);
        let call = |egress, session| async move { module.objects(egress, &session, query).await };
        match Way::to(&query.deployment_domain, &host, &what.org)?.call(call).await? {
            Ok(answer) => {
                print(json, &answer, answers::objects, text::discovery::objects);
                Ok(ended(answer.status))
            }
            Err(findings) => Ok(bad_input(&findings, json)),
        }
    }
}

impl Fields {
    /// Lists fields.
    pub async fn run(&self, json: bool) -> anyhow::Result<End> {
        let what = &self.what;
        what.org.require()?;
        let query = FieldQuery {
            deployment_domain: what.domain()?,
            api_version: what.api_version.clone(),
            object: self.object.clone(),
            search: what.search.clone(),
            limit: what.limit,
            all: what.all,
            values: self.values,
        };
        let host = Arc::new(Host::cached(COMPONENT)?);
        let (module, query) = (&host, &query);
        let call = |egress, session| async move { module.fields(egress, &session, query).await };
        match Way::to(&query.deployment_domain, &host, &what.org)?.call(call).await? {
            Ok(answer) => {
                print(json, &answer, answers::fields, text::discovery::fields);
                Ok(ended(answer.status))
            }
            Err(findings) => Ok(bad_input(&findings, json)),
        }
    }
}

impl What {
    /// That of the command line, else that of the connection.
    fn domain(&self) -> anyhow::Result<String> {
        match (&self.domain, &self.org.connection) {
            (Some(domain), _) => Ok(domain.clone()),
            (None, Some(name)) => match self.org.store.open()?.load(name)? {
                Some(connection) => Ok(connection.client.deployment_domain),
                None => Err(ConnectionError::NotConnected(name.clone()).into()),
            },
            (None, None) => Err(BadUsage("Name the org with --domain.".to_owned()).into()),
        }
    }
}
