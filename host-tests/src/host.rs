//! The reference host: how an engine runs `salesforce_module.wasm`.
//!
//! One [`Host`] for the whole process compiles the component once. Each call gets a fresh instance, so conversations share
//! nothing, a trap harms only the call that met it, and [`MAX_CALLS`] run side by side, while more wait for a place. An instance can
//! use [`MAX_MEMORY`] and [`MAX_TIME`], and send requests only where its [`Egress`] lets it - or any other implementation of
//! `WasiHttpHooks`, where an engine has its own way out.

#[cfg(unix)]
mod cache;
mod discovery;
mod dynamic;
mod egress;
mod engine;
mod files;
mod handover;
mod oauth;
mod place;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use tokio::sync::Semaphore;
use wasmtime::component::{Component, Linker, ResourceTable};
use wasmtime::{Engine, Store, StoreLimits, StoreLimitsBuilder};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpHooks, WasiHttpView};

pub use bindings::exports::chat_flow::salesforce::handover::{
    Chat, ChatEvent, ChosenOption, Delivery, EndedBy, FormField, Handed, IncomingContent, IncomingMessage, Occurrence,
    Offer, OfferedOption, OutgoingContent, OutgoingMessage, Participant, ParticipantRole, Phase, PreparedHandover,
    Progress, Received, SentFile, SharedFile,
};
pub use bindings::exports::chat_flow::salesforce::oauth::{
    Authorization, Client, Grant, OauthAdvice, OauthError, Tokens,
};
pub use bindings::exports::chat_flow::salesforce::salesforce_module::{
    AttachedFile, Conversation, EarlierConversation, FieldQuery, FieldsAnswer, Finding, ManyOutcome, ModuleManifest,
    ObjectQuery, ObjectsAnswer, Outcome, Prepared, Renderer, RunPlan, RunPreview, Session, SettingsForm, Tool,
};
pub use dynamic::Function;
pub use egress::{Egress, HttpClient, PLACEHOLDER_TOKEN, Sent};
use engine::{engine, keep_time};
pub use files::MAX_HANDED_OVER;
use place::Placed;

/// The component's types and exports, made from `wit/`.
pub mod bindings {
    wasmtime::component::bindgen!({
        world: "module",
        path: "../wit",
        exports: { default: async },
        additional_derives: [PartialEq],
    });
}

/// Memory of one instance, which is also what the component says of itself.
pub const MAX_MEMORY: usize = 32 << 20;
/// Wall-clock time of one call. The module itself gives up by its `deadlineSeconds`, after 60 seconds at most.
pub const MAX_TIME: Duration = Duration::from_secs(70);
/// Of a call of `run-many`: the module gives up after ten minutes.
pub const MAX_MANY_TIME: Duration = Duration::from_secs(610);
/// Calls at the same time; a further one waits until one of them ends, and the first to wait is the first to run. Waiting takes
/// nothing from the time of a call, which begins when it has its place. Each place reserves address space, not memory.
pub const MAX_CALLS: u32 = 200;

/// The compiled component.
pub struct Host {
    engine: Engine,
    module: bindings::ModulePre<State>,
    places: Arc<Semaphore>,
    max_memory: usize,
    max_time: Duration,
}

/// What one instance can reach.
struct State {
    egress: Box<dyn WasiHttpHooks>,
    limits: StoreLimits,
    table: ResourceTable,
    wasi: WasiCtx,
    http: WasiHttpCtx,
}

impl Host {
    /// Compiles the component: about half a second. Keep the `Host`, or its [`Host::precompile`]d form.
    pub fn new(component: &[u8]) -> anyhow::Result<Self> {
        Self::in_engine(engine()?, component)
    }

    /// The same from the machine code that an earlier start of this user has left in its cache folder, in some milliseconds.
    /// Where there is none yet, or no folder that only this user can write, the component is compiled. `chat-host` starts so.
    pub fn cached(component: &[u8]) -> anyhow::Result<Self> {
        #[cfg(unix)]
        if let Some(folder) = cache::folder() {
            return Self::cached_in(&folder, component);
        }
        Self::new(component)
    }

    /// In a folder of the caller's.
    #[cfg(unix)]
    #[doc(hidden)]
    pub fn cached_in(folder: &Path, component: &[u8]) -> anyhow::Result<Self> {
        let engine = engine()?;
        let component = cache::component(&engine, folder, component)?;
        Self::link(engine, &component)
    }

    /// In an engine of the caller's, which counts epochs: for a test that looks into the memory of instances.
    #[doc(hidden)]
    pub fn in_engine(engine: Engine, component: &[u8]) -> anyhow::Result<Self> {
        let component = Component::new(&engine, component).map_err(|error| anyhow!(error))?;
        Self::link(engine, &component)
    }

    /// Machine code for [`Host::from_precompiled`], for this version of wasmtime and this kind of processor.
    pub fn precompile(component: &[u8]) -> anyhow::Result<Vec<u8>> {
        engine()?.precompile_component(component).map_err(|error| anyhow!(error))
    }

    /// Loads machine code in well under a millisecond.
    ///
    /// # Safety
    ///
    /// The file must come from [`Host::precompile`] and nobody else may have written to it: it is run as it is.
    #[allow(unsafe_code)]
    pub unsafe fn from_precompiled(file: &Path) -> anyhow::Result<Self> {
        let engine = engine()?;
        // SAFETY: the caller vouches for the file.
        let component = unsafe { Component::deserialize_file(&engine, file) };
        let component =
            component.map_err(|error| anyhow!(error)).with_context(|| format!("reading {}", file.display()))?;
        Self::link(engine, &component)
    }

    fn link(engine: Engine, component: &Component) -> anyhow::Result<Self> {
        let mut linker = Linker::new(&engine);
        wasmtime_wasi_http::p2::add_to_linker_async(&mut linker).map_err(|error| anyhow!(error))?;
        let pre = linker.instantiate_pre(component).map_err(|error| anyhow!(error))?;
        let module = bindings::ModulePre::new(pre).map_err(|error| anyhow!(error))?;
        keep_time(&engine);
        let places = Arc::new(Semaphore::new(MAX_CALLS as usize));
        Ok(Self { engine, module, places, max_memory: MAX_MEMORY, max_time: MAX_TIME })
    }

    /// With other limits, none above the usual ones: for tests of what happens beyond them.
    #[doc(hidden)]
    pub fn with_limits(self, memory: usize, time: Duration) -> Self {
        Self { max_memory: memory.min(MAX_MEMORY), max_time: time.min(MAX_TIME), ..self }
    }

    /// Without a limit to the memory: for a test of what the component itself allows. Its engine must have room.
    #[doc(hidden)]
    pub fn without_memory_limit(self) -> Self {
        Self { max_memory: usize::MAX, ..self }
    }

    /// A fresh instance, dropped again: what each call below begins with. For measurements.
    pub async fn instantiate(&self, egress: impl WasiHttpHooks + 'static) -> anyhow::Result<()> {
        self.instance(egress).await.map(drop)
    }

    /// Describes the module.
    pub async fn manifest(&self) -> anyhow::Result<ModuleManifest> {
        let (mut store, module) = self.instance(Egress::Nowhere).await?;
        let module = module.chat_flow_salesforce_salesforce_module();
        self.in_time(module.call_manifest(&mut store)).await
    }

    /// The form of a mode, as this renderer reads it, with a part for each of these records.
    pub async fn form(
        &self,
        mode: &str,
        language: &str,
        renderer: Renderer,
        records: &[String],
    ) -> anyhow::Result<Result<SettingsForm, Vec<Finding>>> {
        let (mut store, module) = self.instance(Egress::Nowhere).await?;
        let module = module.chat_flow_salesforce_salesforce_module();
        let (mode, language) = (mode.to_owned(), language.to_owned());
        self.in_time(module.call_form(&mut store, &mode, &language, renderer, records)).await
    }

    /// Checks settings while they are edited.
    pub async fn check(&self, settings: &str) -> anyhow::Result<Vec<Finding>> {
        let (mut store, module) = self.instance(Egress::Nowhere).await?;
        let module = module.chat_flow_salesforce_salesforce_module();
        self.in_time(module.call_check(&mut store, &settings.to_owned(), None)).await
    }

    /// Checks them for a flow that has these variables, and no others.
    pub async fn check_in_flow(&self, settings: &str, known_variables: &[String]) -> anyhow::Result<Vec<Finding>> {
        let (mut store, module) = self.instance(Egress::Nowhere).await?;
        let module = module.chat_flow_salesforce_salesforce_module();
        self.in_time(module.call_check(&mut store, &settings.to_owned(), Some(known_variables))).await
    }

    /// What a run takes and gives back.
    pub async fn describe(&self, settings: &str) -> anyhow::Result<Result<Tool, Vec<Finding>>> {
        let (mut store, module) = self.instance(Egress::Nowhere).await?;
        let module = module.chat_flow_salesforce_salesforce_module();
        self.in_time(module.call_describe(&mut store, &settings.to_owned())).await
    }

    /// Checks settings against the org and completes them.
    pub async fn prepare(
        &self,
        egress: impl WasiHttpHooks + 'static,
        session: &Session,
        settings: &str,
    ) -> anyhow::Result<Result<Prepared, Vec<Finding>>> {
        let (mut store, module) = self.instance(egress).await?;
        let module = module.chat_flow_salesforce_salesforce_module();
        self.in_time(module.call_prepare(&mut store, session, &settings.to_owned())).await
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
        let (mut store, module) = self.instance(Egress::Nowhere).await?;
        let module = module.chat_flow_salesforce_salesforce_module();
        self.in_time(module.call_plan(&mut store, &settings.to_owned(), &variables.to_owned(), correlation)).await
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
        let (mut store, module) = self.instance(egress).await?;
        let module = module.chat_flow_salesforce_salesforce_module();
        self.in_time(module.call_preview(&mut store, session, &settings.to_owned(), &variables.to_owned(), correlation))
            .await
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
        let (mut store, module) = self.instance(egress).await?;
        let module = module.chat_flow_salesforce_salesforce_module();
        self.in_time(module.call_run(&mut store, session, &settings.to_owned(), &variables.to_owned(), None)).await
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
        let (mut store, module) = self.instance(egress).await?;
        let module = module.chat_flow_salesforce_salesforce_module();
        let (settings, variables) = (settings.to_owned(), variables.to_owned());
        let files = files::handed_over(files, variables.len());
        self.in_time(module.call_run_with_files(&mut store, session, &settings, &variables, &files, correlation)).await
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
        let (mut store, module) = self.instance(egress).await?;
        let module = module.chat_flow_salesforce_salesforce_module();
        let settings = settings.to_owned();
        within(MAX_MANY_TIME, module.call_run_many(&mut store, session, &settings, conversations, earlier)).await
    }

    /// A fresh instance in a store of its own. Dropping the store is the only clean-up there is, and all that is needed.
    async fn instance(&self, egress: impl WasiHttpHooks + 'static) -> anyhow::Result<(Placed, bindings::Module)> {
        let mut store = self.store(egress).await?;
        let module = self.module.instantiate_async(&mut store).await.map_err(|error| anyhow!(error))?;
        Ok((store, module))
    }

    /// A store for one instance, once there is a place for it.
    async fn store(&self, egress: impl WasiHttpHooks + 'static) -> anyhow::Result<Placed> {
        let place = Arc::clone(&self.places).acquire_owned().await.context("the host is closed")?;
        let state = State {
            egress: Box::new(egress),
            limits: StoreLimitsBuilder::new().memory_size(self.max_memory).build(),
            table: ResourceTable::new(),
            wasi: WasiCtx::builder().build(),
            http: WasiHttpCtx::new(),
        };
        let mut store = Store::new(&self.engine, state);
        store.limiter(|state| &mut state.limits);
        // A computing guest yields at each epoch, so that `in_time` can end it.
        store.set_epoch_deadline(1);
        store.epoch_deadline_async_yield_and_update(1);
        Ok(Placed::new(store, place))
    }

    async fn in_time<T>(&self, call: impl Future<Output = wasmtime::Result<T>>) -> anyhow::Result<T> {
        within(self.max_time, call).await
    }
}

async fn within<T>(time: Duration, call: impl Future<Output = wasmtime::Result<T>>) -> anyhow::Result<T> {
    let answer = tokio::time::timeout(time, call).await.context("the module took too long")?;
    answer.map_err(|error| anyhow!(error)).context("the module trapped")
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for State {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { ctx: &mut self.http, table: &mut self.table, hooks: &mut *self.egress }
    }
}
