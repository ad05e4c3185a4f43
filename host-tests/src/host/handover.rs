//! The calls of the interface `handover`. Each has an instance of its own, also one that waits: what is between two calls is in the
//! chat, which the engine keeps.
//!
//! Pass an [`Egress::messaging`](super::Egress::messaging): these calls reach the org's messaging host and nothing else.

use wasmtime_wasi_http::WasiHttpHooks;

use super::{Chat, Finding, Handed, Host, OutgoingMessage, PreparedHandover, Received};

const HANDOVER: &str = "chat-flow:salesforce/handover@0.1.0";

/// The outer error is a bug or a limit of the host, the inner one lists what keeps the call from sending anything.
type Answer<T> = anyhow::Result<Result<T, Vec<Finding>>>;

impl Host {
    /// Checks settings against the deployment.
    pub async fn prepare_handover(
        &self,
        egress: impl WasiHttpHooks + 'static,
        settings: &str,
    ) -> Answer<PreparedHandover> {
        self.invoke(egress, HANDOVER, "prepare", (settings,)).await
    }

    /// Opens a chat; `earlier` is the chat of an earlier call of the same step.
    pub async fn start_handover(
        &self,
        egress: impl WasiHttpHooks + 'static,
        settings: &str,
        variables: &str,
        earlier: Option<&Chat>,
        now: u32,
        correlation: Option<&str>,
    ) -> Answer<Handed> {
        self.invoke(egress, HANDOVER, "start", (settings, variables, earlier, now, correlation)).await
    }

    /// Sends one message of the visitor's.
    pub async fn send_message(
        &self,
        egress: impl WasiHttpHooks + 'static,
        settings: &str,
        chat: &Chat,
        message: &OutgoingMessage,
        now: u32,
    ) -> Answer<Handed> {
        self.invoke(egress, HANDOVER, "send", (settings, chat, message, now)).await
    }

    /// What has happened since the last call.
    pub async fn receive_events(
        &self,
        egress: impl WasiHttpHooks + 'static,
        settings: &str,
        chat: &Chat,
        wait_seconds: u32,
        now: u32,
    ) -> Answer<Received> {
        self.invoke(egress, HANDOVER, "receive", (settings, chat, wait_seconds, now)).await
    }

    /// Ends the chat for the visitor.
    pub async fn end_handover(
        &self,
        egress: impl WasiHttpHooks + 'static,
        settings: &str,
        chat: &Chat,
        now: u32,
    ) -> Answer<Handed> {
        self.invoke(egress, HANDOVER, "end", (settings, chat, now)).await
    }
}
