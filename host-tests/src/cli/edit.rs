//! `edit`: the page on which an author fills in settings and tries them out.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;

use super::org::{OrgArgs, http_client};
use super::{BadUsage, End, read, text};
use crate::COMPONENT;
use crate::connections::Connections;
use crate::edit::{Document, EditedOrg, LogIns, Opened, Runs, connected, serve};
use crate::host::Host;
use crate::json as answers;

#[derive(Args)]
pub(super) struct Edit {
    /// Settings of the module, a JSON file that "Save" writes; it need not be there yet. Without it, the page begins empty.
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// Variables of a conversation to try the settings with, a JSON file; a mapped variable that is not among them is an error.
    #[arg(long, value_name = "FILE")]
    variables: Option<PathBuf>,
    /// Port on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The My Domain host of a real org, for a token. Without it and --connection, the page writes to a simulator of its own.
    #[arg(long, value_name = "HOST", conflicts_with = "connection")]
    domain: Option<String>,
    /// Folder of the last runs; the default is in the user's data folder.
    #[arg(long, value_name = "FOLDER")]
    runs: Option<PathBuf>,
    /// Port of the callback URL on this machine, for a log-in from the page.
    #[arg(long, value_name = "PORT", default_value_t = 1717)]
    callback_port: u16,
    #[command(flatten)]
    org: OrgArgs,
}

impl Edit {
    /// Serves the page until Ctrl-C.
    pub(super) async fn run(&self) -> anyhow::Result<End> {
        let document = self.settings.as_deref().map(Document::open).transpose();
        let document = document.map_err(|error| BadUsage(format!("{error:#}")))?;
        let variables = self.variables.as_deref().map(read).transpose()?;
        if let (Some(file), Some(text)) = (&self.variables, &variables)
            && !answers::document(text).is_object()
        {
            return Err(BadUsage(format!("{} is no JSON object with variables", file.display())).into());
        }
        let host = Arc::new(Host::cached(COMPONENT)?);
        let org = self.org(&host).await?;
        let (runs, log_ins, language) = (self.runs()?, self.log_ins()?, text::language().code());
        let opened = Opened { document, variables, org, runs, log_ins, language };
        let served = serve(host, opened, self.port).await?;
        anstream::println!("{}", served.address());
        anstream::eprintln!("Open this address in a browser; it works once. Ctrl-C ends the page.");
        tokio::signal::ctrl_c().await.context("waiting for Ctrl-C")?;
        Ok(End::Done)
    }

    /// Without a folder of the user's, runs are not kept.
    fn runs(&self) -> anyhow::Result<Option<Runs>> {
        let folder = self.runs.clone().or_else(|| Some(dirs::data_local_dir()?.join("salesforce-module/runs")));
        folder.map(|folder| Runs::open(&folder).map_err(|error| BadUsage(format!("{error:#}")).into())).transpose()
    }

    /// Without a folder for connections there is no log-in.
    fn log_ins(&self) -> anyhow::Result<Option<LogIns>> {
        let Ok(store) = self.org.store.open() else { return Ok(None) };
        let (client, route) = (http_client(self.org.route())?, self.org.route().map(ToOwned::to_owned));
        Ok(Some(LogIns { store, client, route, port: self.callback_port }))
    }

    async fn org(&self, host: &Arc<Host>) -> anyhow::Result<EditedOrg> {
        let client = http_client(self.org.route())?;
        if let Some(name) = &self.org.connection {
            return Ok(connected(Connections::new(Arc::clone(host), self.org.store.open()?, client), name)?);
        }
        match &self.domain {
            Some(domain) => {
                let domain = domain.trim().to_lowercase();
                Ok(EditedOrg::Token { domain, access_token: self.org.token()?.into(), client })
            }
            None if self.org.names_an_org() => Err(BadUsage(
                "Name the org with --domain: the token goes there and nowhere else. Without --token and --route, the page writes to a \
                 simulator of its own."
                    .to_owned(),
            )
            .into()),
            None => EditedOrg::simulated().await,
        }
    }
}
