//! The functions that make settings, and those that run them.

use wasmtime_wasi_http::WasiHttpHooks;

use super::{
    AttachedFile, Conversation, EarlierConversation, Egress, Finding, Host, MAX_MANY_TIME, MODULE, ManyOutcome,
    ModuleManifest, Outcome, Prepared, Renderer, RunPlan, RunPreview, Session, SettingsForm, Tool, files, within,
};

impl Host {
    /// Describes the module.
    pub async fn manifest(&self) -> anyhow::Result<ModuleManifest> {
        self.invoke(Egress::Nowhere, MODULE, "manifest", ()).await
    }

    /// The form of a mode, as this renderer reads it, with a part for each of these records.
    pub async fn form(
        &self,
        mode: &str,
        language: &str,
        renderer: Renderer,
        records: &[String],
    ) -> anyhow::Result<Result<SettingsForm, Vec<Finding>>> {
        self.invoke(Egress::Nowhere, MODULE, "form", (mode, language, renderer, records)).await
    }

    /// Checks settings while they are edited.
    pub async fn check(&self, settings: &str) -> anyhow::Result<Vec<Finding>> {
        self.invoke(Egress::Nowhere, MODULE, "check", (settings, None::<&[String]>)).await
    }

    /// Checks them for a flow that has these variables, and no others.
    pub async fn check_in_flow(&self, settings: &str, known_variables: &[String]) -> anyhow::Result<Vec<Finding>> {
        self.invoke(Egress::Nowhere, MODULE, "check", (settings, Some(known_variables))).await
    }

    /// What a run takes and gives back.
    pub async fn describe(&self, settings: &str) -> anyhow::Result<Result<Tool, Vec<Finding>>> {
        self.invoke(Egress::Nowhere, MODULE, "describe", (settings,)).await
    }

    /// Checks settings against the org and completes them.
    pub async fn prepare(
        &self,
        egress: impl WasiHttpHooks + 'static,
        session: &Session,
        settings: &str,
    ) -> anyhow::Result<Result<Prepared, Vec<Finding>>> {
        self.invoke(egress, MODULE, "prepare", (session, settings)).await
    }

    /// Shows what a run would do, without any request.
    pub async fn plan(&self, settings: &str, variables: &str) -> anyhow::Result<Result<RunPlan, Vec<Finding>>> {
        self.plan_correlated(settings, variables, None).await
    }

    /// The same for a conversation that the host has a name for.
    pub async fn plan_correlated(
        &self,
        settings: &str,
        variables: &str,
        correlation: Option<&str>,
    ) -> anyhow::Result<Result<RunPlan, Vec<Finding>>> {
        self.invoke(Egress::Nowhere, MODULE, "plan", (settings, variables, correlation)).await
    }

    /// Makes the lookups and shows the writes.
    pub async fn preview(
        &self,
        egress: impl WasiHttpHooks + 'static,
        session: &Session,
        settings: &str,
        variables: &str,
    ) -> anyhow::Result<Result<RunPreview, Vec<Finding>>> {
        self.preview_correlated(egress, session, settings, variables, None).await
    }

    /// The same for a conversation that the host has a name for.
    pub async fn preview_correlated(
        &self,
        egress: impl WasiHttpHooks + 'static,
        session: &Session,
        settings: &str,
        variables: &str,
        correlation: Option<&str>,
    ) -> anyhow::Result<Result<RunPreview, Vec<Finding>>> {
        self.invoke(egress, MODULE, "preview", (session, settings, variables, correlation)).await
    }

    /// Looks up, decides and writes.
    ///
    /// The outer error is a bug or a limit of the host: the call trapped, or took too long, and what it wrote is not known.
    /// The inner one lists what keeps the settings, variables or session from running; no request was sent.
    pub async fn run(
        &self,
        egress: impl WasiHttpHooks + 'static,
        session: &Session,
        settings: &str,
        variables: &str,
    ) -> anyhow::Result<Result<Outcome, Vec<Finding>>> {
        self.invoke(egress, self.runs, "run", (session, settings, variables, None::<&str>)).await
    }

    /// The same with files that the host has read itself, for a conversation that it may have a name for.
    pub async fn run_with_files(
        &self,
        egress: impl WasiHttpHooks + 'static,
        session: &Session,
        settings: &str,
        variables: &str,
        files: &[AttachedFile],
        correlation: Option<&str>,
    ) -> anyhow::Result<Result<Outcome, Vec<Finding>>> {
        let files = files::handed_over(files, variables.len());
        self.invoke(egress, self.runs, "run-with-files", (session, settings, variables, &*files, correlation)).await
    }

    /// Runs many conversations with the same settings, with few requests. Errors are as those of [`Host::run`].
    pub async fn run_many(
        &self,
        egress: impl WasiHttpHooks + 'static,
        session: &Session,
        settings: &str,
        conversations: &[Conversation],
        earlier: &[EarlierConversation],
    ) -> anyhow::Result<Result<ManyOutcome, Vec<Finding>>> {
        let mut placed = self.instance(egress).await?;
        let function = placed.function(MODULE, "run-many")?;
        within(MAX_MANY_TIME, placed.call(function, (session, settings, conversations, earlier))).await
    }
}
