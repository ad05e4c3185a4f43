//! A place among the calls that run at the same time, held for exactly as long as the call has an instance.

use anyhow::{Context, anyhow};
use tokio::sync::OwnedSemaphorePermit;
use wasmtime::Store;
use wasmtime::component::{ComponentNamedList, Instance, Lift, Lower, TypedFunc};

use super::State;

/// A fresh instance and its place.
///
/// The place cannot be part of the store's own data, which is dropped before the instance is: the next call would find its place
/// taken. Fields are dropped in their order.
pub(super) struct Placed {
    store: Store<State>,
    instance: Instance,
    _place: OwnedSemaphorePermit,
}

impl Placed {
    pub(super) fn new(store: Store<State>, instance: Instance, place: OwnedSemaphorePermit) -> Self {
        Self { store, instance, _place: place }
    }

    pub(super) fn parts(&mut self) -> (&mut Store<State>, Instance) {
        (&mut self.store, self.instance)
    }

    /// An exported function.
    ///
    /// The struct that `bindgen!` makes of the world looks all functions up at once and holds each against its type, which is two fifths of
    /// what a fresh instance costs. A call needs one.
    pub(super) fn function<P, R>(&mut self, interface: &str, name: &str) -> anyhow::Result<TypedFunc<P, (R,)>>
    where
        P: ComponentNamedList + Lower,
        (R,): ComponentNamedList + Lift,
    {
        let (store, instance) = self.parts();
        let interface = instance.get_export_index(&mut *store, None, interface);
        let index = interface.and_then(|interface| instance.get_export_index(&mut *store, Some(&interface), name));
        let index = index.with_context(|| format!("the component has no function `{name}`"))?;
        instance.get_typed_func(store, index).map_err(|error| anyhow!(error))
    }

    pub(super) async fn call<P, R>(&mut self, function: TypedFunc<P, (R,)>, parameters: P) -> wasmtime::Result<R>
    where
        P: ComponentNamedList + Lower + Send + Sync,
        R: Send + Sync + 'static,
        (R,): ComponentNamedList + Lift,
    {
        let (answer,) = function.call_async(&mut self.store, parameters).await?;
        Ok(answer)
    }
}
