//! The interface `runner`: WIT on one side, the core on the other.

use super::exports::chat_flow::salesforce::runner::{AttachedFile, Finding, Guest, Outcome, Session};
use super::{Component, run};

impl Guest for Component {
    fn run(
        session: Session,
        settings: String,
        variables: String,
        correlation: Option<String>,
    ) -> Result<Outcome, Vec<Finding>> {
        run(&session, settings, variables, Vec::new(), correlation)
    }

    fn run_with_files(
        session: Session,
        settings: String,
        variables: String,
        files: Vec<AttachedFile>,
        correlation: Option<String>,
    ) -> Result<Outcome, Vec<Finding>> {
        run(&session, settings, variables, files, correlation)
    }
}
