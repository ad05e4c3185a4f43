//! The calls of the interface `handover`. Each has an instance of its own, also one that waits: what is between two calls is in the
//! chat, which the engine keeps.
//!
//! Pass an [`Egress::messaging`](super::Egress::messaging): these calls reach the org's messaging host and nothing else.

use wasmtime_wasi_http::WasiHttpHooks;

use super::{Chat, Finding, Handed, Host, OutgoingMessage, PreparedHandover, Received};

/// The outer error is a bug or a limit of the host, the inner one lists what keeps the call from sending anything.
type Answer<T> = anyhow::Result<Result<T, Vec<Finding>>>;

impl Host {
    /// Checks settings against the deployment.
    pub async fn prepare_handover(
        &self,
        egress: impl WasiHttpHooks + 'static,
        settings: &str,
    ) -> Answer<PreparedHandover> {
        let (mut store, module) = self.instance(egress).await?;
        let handover = module.chat_flow_salesforce_handover();
        self.in_time(handover.call_prepare(&mut store, &settings.to_owned())).await
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
        let (mut store, module) = self.instance(egress).await?;
        let handover = module.chat_flow_salesforce_handover();
        let (settings, variables) = (settings.to_owned(), variables.to_owned());
        self.in_time(handover.call_start(&mut store, &settings, &variables, earlier, now, correlation)).await
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
        let (mut store, module) = self.instance(egress).await?;
        let handover = module.chat_flow_salesforce_handover();
        self.in_time(handover.call_send(&mut store, &settings.to_owned(), chat, message, now)).await
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
        let (mut store, module) = self.instance(egress).await?;
        let handover = module.chat_flow_salesforce_handover();
        self.in_time(handover.call_receive(&mut store, &settings.to_owned(), chat, wait_seconds, now)).await
    }

    /// Ends the chat for the visitor.
    pub async fn end_handover(
        &self,
        egress: impl WasiHttpHooks + 'static,
        settings: &str,
        chat: &Chat,
        now: u32,
    ) -> Answer<Handed> {
        let (mut store, module) = self.instance(egress).await?;
        let handover = module.chat_flow_salesforce_handover();
        self.in_time(handover.call_end(&mut store, &settings.to_owned(), chat, now)).await
    }
}
