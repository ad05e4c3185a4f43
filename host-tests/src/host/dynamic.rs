//! Calls of any export by the component's own types, for tests: a function that `wit/` gains is called without a change here.

use anyhow::Context;
use wasmtime::component::types::{ComponentFunc, ComponentItem};
use wasmtime::component::{Type, Val};
use wasmtime_wasi_http::WasiHttpHooks;

use super::{Host, within};

/// A function that the component exports.
#[derive(Clone, Debug)]
pub struct Function {
    /// `chat-flow:salesforce/oauth@0.1.0`
    pub interface: String,
    pub name: String,
    function: ComponentFunc,
}

impl Function {
    /// Names and types.
    pub fn parameters(&self) -> Vec<(String, Type)> {
        self.function.params().map(|(name, parameter)| (name.to_owned(), parameter)).collect()
    }
}

impl Host {
    /// Every exported function.
    #[doc(hidden)]
    pub fn functions(&self) -> Vec<Function> {
        let component = self.module.component().component_type();
        let mut functions = Vec::new();
        for (interface, item) in component.exports(&self.engine) {
            let ComponentItem::ComponentInstance(instance) = item.ty else { continue };
            for (name, item) in instance.exports(&self.engine) {
                if let ComponentItem::ComponentFunc(function) = item.ty {
                    functions.push(Function { interface: interface.to_owned(), name: name.to_owned(), function });
                }
            }
        }
        functions
    }

    /// The cases of a variant that an imported interface defines, whatever the interface's version.
    #[doc(hidden)]
    pub fn imported_cases(&self, interface: &str, variant: &str) -> Vec<String> {
        let component = self.module.component().component_type();
        let is_meant = |name: &str| name.split_once('@').map_or(name, |(name, _)| name) == interface;
        for (_, item) in component.imports(&self.engine).filter(|(name, _)| is_meant(name)) {
            let ComponentItem::ComponentInstance(instance) = item.ty else { continue };
            if let Some(ComponentItem::Type(Type::Variant(cases))) =
                instance.get_export(&self.engine, variant).map(|export| export.ty)
            {
                return cases.cases().map(|case| case.name.to_owned()).collect();
            }
        }
        Vec::new()
    }

    /// Calls it in a fresh instance, under the limits of every call.
    #[doc(hidden)]
    pub async fn call(
        &self,
        egress: impl WasiHttpHooks + 'static,
        function: &Function,
        arguments: &[Val],
    ) -> anyhow::Result<Vec<Val>> {
        let mut placed = self.instance(egress).await?;
        let (store, instance) = placed.parts();
        let interface =
            instance.get_export_index(&mut *store, None, &function.interface).context("no such interface")?;
        let index =
            instance.get_export_index(&mut *store, Some(&interface), &function.name).context("no such function")?;
        let called = instance.get_func(&mut *store, index).context("not a function")?;
        let mut results = vec![Val::Bool(false); function.function.results().len()];
        within(self.max_time, called.call_async(store, arguments, &mut results)).await?;
        Ok(results)
    }
}
