//! How many conversations fit into one call, and what those are told that do not.

use serde_json::Value;

use super::doubt::{Conversation, Earlier};
use crate::base::{Finding, FindingCode, Severity};
use crate::report::{Code, RecordError, Retry};
use crate::settings::Records;
use crate::texts::{said, text};

/// Most conversations of one call. Two hundred are written by one request, but a thousand are looked up by one.
pub const MAX_CONVERSATIONS: usize = 1_000;
/// Most conversations of earlier calls that are in the way of these.
pub const MAX_EARLIER: usize = 2_000;
/// Largest sum of their variables, in bytes.
pub const MAX_CONVERSATIONS_BYTES: usize = 4 << 20;
/// Most records of all conversations: what is said of each of them takes a kilobyte.
pub const MAX_RECORDS: usize = 5_000;
/// Findings of one conversation that are kept.
const MAX_FINDINGS: usize = 10;

/// Whether the conversations fit into one call.
pub fn check(settings: &Records, conversations: &[Conversation], earlier: &[Earlier]) -> Result<(), Vec<Finding>> {
    let most = MAX_CONVERSATIONS.min(MAX_RECORDS / settings.records.len().max(1));
    let bytes: usize = conversations.iter().map(|conversation| conversation.variables.len()).sum();
    let earlier_bytes: usize = earlier.iter().map(|earlier| earlier.variables.len()).sum();
    let too_many = |path, said| Err(vec![Finding::new(FindingCode::TooManyConversations, path, said)]);
    if conversations.len() > most {
        return too_many("conversations", said!(findings_call::too_many_conversations(conversations.len(), most)));
    }
    if bytes > MAX_CONVERSATIONS_BYTES {
        return too_many("conversations", said!(findings_call::conversations_too_large(MAX_CONVERSATIONS_BYTES)));
    }
    if earlier.len() > MAX_EARLIER || earlier_bytes > MAX_CONVERSATIONS_BYTES {
        let said = said!(findings_call::too_many_earlier(MAX_EARLIER, MAX_CONVERSATIONS_BYTES));
        return too_many("earlier", said);
    }
    Ok(())
}

/// A thousand lists of findings are too long together.
pub(super) fn shorten(findings: &mut Vec<Finding>) {
    if findings.len() > MAX_FINDINGS {
        findings.truncate(MAX_FINDINGS - 1);
        findings.push(
            Finding::new(FindingCode::TooManyFindings, "", said!(findings_call::more_findings())).only(Severity::Info),
        );
    }
}

/// About what a value takes in memory.
pub(super) fn size_of(value: &Value) -> usize {
    const LEAST: usize = 64;
    LEAST + value.as_str().map_or(0, str::len)
}

pub(super) fn answer_full() -> RecordError {
    RecordError::new(Code::AnswerTooLarge, text!(doubt::CALL_FULL)).with_retry(Retry::Later)
}
