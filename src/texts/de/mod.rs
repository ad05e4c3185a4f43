//! Texts in German: a file for each topic.

pub(crate) mod chat;
pub(crate) mod concepts;
pub(crate) mod doubt;
pub(crate) mod files;
pub(crate) mod findings_call;
pub(crate) mod findings_conversation;
pub(crate) mod findings_document;
pub(crate) mod findings_files;
pub(crate) mod findings_flow;
pub(crate) mod findings_handover;
pub(crate) mod findings_keys;
pub(crate) mod findings_no_effect;
pub(crate) mod findings_org;
pub(crate) mod findings_org_files;
pub(crate) mod findings_prepared;
pub(crate) mod findings_reads;
pub(crate) mod findings_records;
pub(crate) mod findings_requests;
pub(crate) mod findings_run;
pub(crate) mod findings_settings;
pub(crate) mod findings_smells;
pub(crate) mod findings_variables;
pub(crate) mod form;
pub(crate) mod records;
pub(crate) mod requests;
pub(crate) mod salesforce;
mod speech;
pub(crate) mod values;
pub(crate) mod visitor;
pub(crate) mod way;

use super::list;
pub(crate) use speech::SPEECH;
