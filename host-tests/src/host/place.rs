//! A place among the calls that run at the same time, held for exactly as long as the call has an instance.

use tokio::sync::OwnedSemaphorePermit;
use wasmtime::{AsContext, AsContextMut, Store, StoreContext, StoreContextMut};

use super::State;

/// A store and its place.
///
/// The place cannot be part of the store's own data, which is dropped before the instance is: the next call would find its place
/// taken. Fields are dropped in their order.
pub(super) struct Placed {
    store: Store<State>,
    _place: OwnedSemaphorePermit,
}

impl Placed {
    pub(super) fn new(store: Store<State>, place: OwnedSemaphorePermit) -> Self {
        Self { store, _place: place }
    }
}

impl AsContext for Placed {
    type Data = State;

    fn as_context(&self) -> StoreContext<'_, State> {
        self.store.as_context()
    }
}

impl AsContextMut for Placed {
    fn as_context_mut(&mut self) -> StoreContextMut<'_, State> {
        self.store.as_context_mut()
    }
}
