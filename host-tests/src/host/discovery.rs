//! The calls that ask an org what it has, for an engine's form.

use wasmtime_wasi_http::WasiHttpHooks;

use super::{FieldQuery, FieldsAnswer, Finding, Host, MODULE, ObjectQuery, ObjectsAnswer, Session};

impl Host {
    /// The org's objects that fit a search.
    pub async fn objects(
        &self,
        egress: impl WasiHttpHooks + 'static,
        session: &Session,
        query: &ObjectQuery,
    ) -> anyhow::Result<Result<ObjectsAnswer, Vec<Finding>>> {
        self.invoke(egress, MODULE, "objects", (session, query)).await
    }

    /// The fields of one object that fit a search.
    pub async fn fields(
        &self,
        egress: impl WasiHttpHooks + 'static,
        session: &Session,
        query: &FieldQuery,
    ) -> anyhow::Result<Result<FieldsAnswer, Vec<Finding>>> {
        self.invoke(egress, MODULE, "fields", (session, query)).await
    }
}
