//! `chat-host edit`: a page on which an author fills in settings, tries them out and sees each request.
//!
//! The page decides nothing about settings: what is wrong with them, what a run would do and what came of it are answers of the
//! component, which the page asks for over the calls in [`api`]. [`web`](crate::web) serves it.

mod api;
mod changes;
mod document;
mod kept;
mod org;
mod pages;
mod presets;
mod runs;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::host::Host;
use crate::web::{Served, answer, recorder};
pub use document::Document;
use kept::Kept;
pub use org::{EditedOrg, connected};
pub use runs::Runs;

/// What the page is opened with.
pub struct Opened {
    /// The file that "Save" writes.
    pub document: Option<Document>,
    /// A conversation's variables to begin with, as JSON.
    pub variables: Option<String>,
    pub org: EditedOrg,
    /// Where runs are kept; without it they are not.
    pub runs: Option<Runs>,
    /// `en` or `de`.
    pub language: &'static str,
}

/// What all calls share.
struct Editor {
    host: Arc<Host>,
    org: EditedOrg,
    runs: Option<Runs>,
    kept: Kept,
    document: Option<Document>,
    variables: Option<String>,
    language: &'static str,
}

/// Serves the page on that port of 127.0.0.1; port 0 takes any free one.
pub async fn serve(host: Arc<Host>, opened: Opened, port: u16) -> anyhow::Result<Served> {
    let Opened { document, variables, org, runs, language } = opened;
    let editor = Arc::new(Editor { host, org, runs, kept: Kept::default(), document, variables, language });
    Served::start(routes(editor), port).await
}

fn routes(editor: Arc<Editor>) -> Router {
    let calls = Router::new()
        .route("/api/start", get(api::start))
        .route("/api/form", post(api::form))
        .route("/api/follow", post(api::follow))
        .route("/api/authenticate", post(api::authenticate))
        .route("/api/objects", post(api::objects))
        .route("/api/fields", post(api::fields))
        .route("/api/prepare", post(api::prepare))
        .route("/api/preview", post(api::preview))
        .route("/api/run", post(api::run))
        .route("/api/runs", post(api::runs))
        .route("/api/save", post(api::save))
        .with_state(editor);
    pages::routes().merge(calls)
}
