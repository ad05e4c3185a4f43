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
mod functions;
mod handover;
mod oauth;
mod place;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use tokio::sync::Semaphore;
use wasmtime::component::{Component, ComponentNamedList, InstancePre, Lift, Linker, Lower, ResourceTable};
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

const MODULE: &str = "chat-flow:salesforce/salesforce-module@0.1.0";
const RUNNER: &str = "chat-flow:salesforce/runner@0.1.0";

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
    module: InstancePre<State>,
    /// The interface that has `run` and `run-with-files`.
    runs: &'static str,
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

    /// Compiles a component of the world `run-only`. Calls other than [`Host::run`] and [`Host::run_with_files`] are errors.
    pub fn run_only(component: &[u8]) -> anyhow::Result<Self> {
        let engine = engine()?;
        let component = Component::new(&engine, component).map_err(|error| anyhow!(error))?;
        let module = linked(&engine, &component)?;
        let runner =
            component.get_export_index(None, RUNNER).context("the component is not of the world `run-only`")?;
        for function in ["run", "run-with-files"] {
            component
                .get_export_index(Some(&runner), function)
                .with_context(|| format!("`runner` has no {function}"))?;
        }
        Ok(Self::of(engine, module, RUNNER))
    }

    fn link(engine: Engine, component: &Component) -> anyhow::Result<Self> {
        let module = linked(&engine, component)?;
        // That it is this component, and no other, is found out here and not by a call.
        bindings::ModulePre::new(module.clone()).map_err(|error| anyhow!(error))?;
        Ok(Self::of(engine, module, MODULE))
    }

    fn of(engine: Engine, module: InstancePre<State>, runs: &'static str) -> Self {
        keep_time(&engine);
        let places = Arc::new(Semaphore::new(MAX_CALLS as usize));
        Self { engine, module, runs, places, max_memory: MAX_MEMORY, max_time: MAX_TIME }
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

    /// Calls a function in a fresh instance.
    async fn invoke<P, R>(
        &self,
        egress: impl WasiHttpHooks + 'static,
        interface: &str,
        function: &str,
        parameters: P,
    ) -> anyhow::Result<R>
    where
        P: ComponentNamedList + Lower + Send + Sync,
        R: Send + Sync + 'static,
        (R,): ComponentNamedList + Lift,
    {
        let mut placed = self.instance(egress).await?;
        let function = placed.function(interface, function)?;
        within(self.max_time, placed.call(function, parameters)).await
    }

    /// A fresh instance in a store of its own, once there is a place for it. Dropping the store is the only clean-up there is, and all
    /// that is needed.
    async fn instance(&self, egress: impl WasiHttpHooks + 'static) -> anyhow::Result<Placed> {
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
        // A computing guest yields at each epoch, so that `within` can end it.
        store.set_epoch_deadline(1);
        store.epoch_deadline_async_yield_and_update(1);
        let instance = self.module.instantiate_async(&mut store).await.map_err(|error| anyhow!(error))?;
        Ok(Placed::new(store, instance, place))
    }
}

fn linked(engine: &Engine, component: &Component) -> anyhow::Result<InstancePre<State>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi_http::p2::add_to_linker_async(&mut linker).map_err(|error| anyhow!(error))?;
    linker.instantiate_pre(component).map_err(|error| anyhow!(error))
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
