//! The shell: `wit/` on one side, `wasi:http` on the other, the core between them. Nothing is decided here.
//!
//! Of the same sources there are two components: the world `module`, and with the feature `run-only` the world `run-only`, for hosts that
//! run settings which have been made and checked elsewhere.

mod convert;
#[cfg(not(feature = "run-only"))]
mod discover;
#[cfg(not(feature = "run-only"))]
mod handover;
mod http;
mod memory;
mod metadata;
#[cfg(not(feature = "run-only"))]
mod oauth;
#[cfg(feature = "run-only")]
mod run_only;
#[cfg(not(feature = "run-only"))]
mod whole;

use crate::audit::Audit;
use crate::module::{self, Ending, Session};
use crate::report::RunKind;
use crate::salesforce::Domain;
use crate::value::{Content, HostFile};
use exports::chat_flow::salesforce::types::{AttachedFile, Finding, Outcome, Session as WitSession};
use http::WasiHttp;

#[cfg(not(feature = "run-only"))]
wit_bindgen::generate!({ world: "module", path: "wit" });
#[cfg(feature = "run-only")]
wit_bindgen::generate!({ world: "run-only", path: "wit" });

struct Component;

export!(Component);

fn run(
    session: &WitSession,
    settings: String,
    variables: String,
    files: Vec<AttachedFile>,
    correlation: Option<String>,
) -> Result<Outcome, Vec<Finding>> {
    let (ending, audit) = drive(session, settings, variables, files, correlation, RunKind::Write)?;
    let audit = audit.wrote(&ending.written_fields());
    Ok(convert::outcome(ending.into_outcome(), &audit))
}

fn drive(
    session: &WitSession,
    settings: String,
    variables: String,
    files: Vec<AttachedFile>,
    correlation: Option<String>,
    kind: RunKind,
) -> Result<(Ending, Audit), Vec<Finding>> {
    let file = |AttachedFile { variable, name, media_type, content }| HostFile {
        variable,
        name,
        media_type,
        content: content.map(Content::new),
    };
    let files = files.into_iter().map(file).collect();
    let session = Session { instance_url: &session.instance_url, access_token: &session.access_token };
    let (run, domain): (_, Domain) =
        module::start_with_files(&session, &settings, variables, files, kind).map_err(convert::findings)?;
    let audit = Audit::new(&domain, &settings, correlation).map_err(convert::findings)?;
    drop(settings);
    let mut http = WasiHttp::new(&domain, Some(session.access_token));
    let ending = run.drive(&mut http);
    Ok((ending, audit.took(http.elapsed())))
}
