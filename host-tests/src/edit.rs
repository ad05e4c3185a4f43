//! `chat-host edit`: a page on which an author fills in settings, tries them out and sees each request.
//!
//! The page decides nothing about settings: what is wrong with them, what a run would do and what came of it are answers of the
//! component, which the page asks for over the calls in [`api`]. [`web`](crate::web) serves it.

mod again;
mod api;
mod changes;
mod document;
mod files;
mod kept;
mod log_in;
mod org;
mod pages;
mod presets;
mod remedies;
mod running;
mod runs;

use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::routing::{get, post};

use crate::host::{Finding, Host};
use crate::json as answers;
use crate::web::{Served, answer, recorder};
pub use document::Document;
use files::Files;
use kept::Kept;
pub use log_in::LogIns;
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
    /// How the page can log in to another org; without it it cannot.
    pub log_ins: Option<LogIns>,
    /// `en` or `de`.
    pub language: &'static str,
}

/// What all calls share.
struct Editor {
    host: Arc<Host>,
    /// Another one after a log-in.
    org: RwLock<Arc<EditedOrg>>,
    runs: Option<Runs>,
    log_ins: Option<LogIns>,
    log_in: log_in::Current,
    kept: Kept,
    files: Files,
    document: Option<Document>,
    variables: Option<String>,
    language: &'static str,
}

/// Serves the page on that port of 127.0.0.1; port 0 takes any free one.
pub async fn serve(host: Arc<Host>, opened: Opened, port: u16) -> anyhow::Result<Served> {
    let Opened { document, variables, org, runs, log_ins, language } = opened;
    let org = RwLock::new(Arc::new(org));
    let (log_in, kept, files) = (log_in::Current::default(), Kept::default(), Files::default());
    let editor = Arc::new(Editor { host, org, runs, log_ins, log_in, kept, files, document, variables, language });
    Served::start(routes(editor), port).await
}

impl Editor {
    /// The org of this moment; a call that has begun ends with it.
    fn org(&self) -> Arc<EditedOrg> {
        Arc::clone(&self.org.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn go_on_with(&self, org: EditedOrg) {
        *self.org.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(org);
        self.kept.forget();
    }

    /// What is wrong with settings, in the flow of which the variables are known.
    async fn check(&self, settings: &str) -> anyhow::Result<Vec<Finding>> {
        match self.variables.as_deref() {
            Some(known) => {
                let names: Vec<String> = answers::members(known).into_iter().map(|(name, _)| name).collect();
                self.host.check_in_flow(settings, &names).await
            }
            None => self.host.check(settings).await,
        }
    }
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
        .route("/api/run", post(running::run))
        .route("/api/runs", post(running::runs))
        .route("/api/choose-file", post(files::choose))
        .route("/api/log-in", post(log_in::begin))
        .route("/api/logged-in", post(log_in::state))
        .route("/api/save", post(api::save))
        .with_state(editor);
    pages::routes().merge(calls)
}
