//! The calls of a chat: each with an instance of its own, to the org's messaging host.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use thiserror::Error;

use super::Relay;
use super::kept::{Kept, Unsent};
use super::watched::Watched;
use crate::host::{Chat, Egress, Finding, Handed, OutgoingMessage, Received};
use crate::json;

/// The input is not what it must be, and nothing was sent: another call would be refused, too.
#[derive(Debug, Error)]
#[error("the call was refused: {0}")]
pub(crate) struct Refused(pub(crate) String);

impl Relay {
    pub(super) async fn start(&self, kept: &Kept, name: &str) -> anyhow::Result<Handed> {
        let egress = self.egress(&kept.settings);
        let handed = self
            .host
            .start_handover(egress, &kept.settings, &kept.variables, kept.chat.as_ref(), now(), Some(name))
            .await?;
        handed.map_err(|findings| wrong(&findings))
    }

    pub(super) async fn send(&self, kept: &Kept, message: &Unsent) -> anyhow::Result<Handed> {
        let message =
            OutgoingMessage { key: message.key.clone(), again: message.tried, content: message.content.clone() };
        let handed =
            self.host.send_message(self.egress(&kept.settings), &kept.settings, chat(kept)?, &message, now()).await?;
        handed.map_err(|findings| wrong(&findings))
    }

    pub(super) async fn receive(&self, kept: &Kept, wait: u32) -> anyhow::Result<Received> {
        let egress = self.egress(&kept.settings);
        let received = self.host.receive_events(egress, &kept.settings, chat(kept)?, wait, now()).await?;
        received.map_err(|findings| wrong(&findings))
    }

    pub(super) async fn end(&self, kept: &Kept) -> anyhow::Result<Handed> {
        let handed = self.host.end_handover(self.egress(&kept.settings), &kept.settings, chat(kept)?, now()).await?;
        handed.map_err(|findings| wrong(&findings))
    }

    fn egress(&self, settings: &str) -> Watched {
        let egress = Egress::messaging(&json::deployment_domain(settings), self.client.clone());
        Watched { egress, watch: self.watch.clone() }
    }
}

fn chat(kept: &Kept) -> anyhow::Result<&Chat> {
    kept.chat.as_ref().context("the chat was not opened")
}

/// Settings are checked before, so these findings are of a message or a chat that is none.
fn wrong(findings: &[Finding]) -> anyhow::Error {
    Refused(findings.first().map(|finding| finding.code.clone()).unwrap_or_default()).into()
}

/// Seconds since 1970.
fn now() -> u32 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u32::try_from(since.as_secs()).unwrap_or(u32::MAX)
}
