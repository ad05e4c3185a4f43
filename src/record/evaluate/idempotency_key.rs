//! The idempotency key: a new record is written once, however often the same step of a conversation is run.

use super::{Conversation, failure};
use crate::record::FieldValue;
use crate::record::plan::upsert_key;
use crate::report::RecordError;
use crate::salesforce::FieldPath;
use crate::settings::{Idempotency, Overwrite, RecordSettings};
use crate::value::{Comparison, Scalar, has_reference_mark};
use crate::wire::Literal;
use crate::wire::record::UpsertKey;

/// Longest idempotency key, in characters: as long as an external id can be. Source: object reference, custom fields.
const MAX_STEP_LENGTH: usize = 255;

/// The value of a field that a URL can name.
#[derive(Debug, PartialEq)]
pub struct IdempotencyKey {
    pub value: FieldValue,
    pub in_url: UpsertKey,
}

impl Conversation<'_> {
    /// The record's idempotency key. Without it the record could be written twice, so it is not written at all.
    pub(super) fn idempotency_key(
        &mut self,
        record: &RecordSettings,
        idempotency: &Idempotency,
    ) -> Result<IdempotencyKey, RecordError> {
        let path = FieldPath::from(idempotency.field.clone());
        let text = self.variables.idempotency_key(&idempotency.variable);
        let text = text.ok_or_else(|| failure::bad_idempotency_key(&path))?;
        let facts = self.schema.and_then(|schema| schema.field(&record.sobject, &path));
        let longest = facts.and_then(|facts| facts.length).unwrap_or(MAX_STEP_LENGTH).min(MAX_STEP_LENGTH);
        if text.chars().count() > longest {
            return Err(failure::bad_idempotency_key(&path));
        }
        let value = Scalar::Text(text);
        let key = Literal::new(&path, &value).map_err(|_| failure::bad_idempotency_key(&path))?;
        let value = FieldValue {
            path: path.clone(),
            value: Some(value),
            key: Some(key),
            overwrite: Overwrite::OnCreate,
            only_finds: false,
            appending: None,
            comparison: Comparison::default(),
            is_reason: false,
        };
        let in_url = upsert_key(&value).filter(|_| !value.value.as_ref().is_some_and(holds_a_reference));
        let in_url = in_url.ok_or_else(|| failure::bad_idempotency_key(&path))?;
        Ok(IdempotencyKey { value, in_url })
    }
}

fn holds_a_reference(value: &Scalar) -> bool {
    matches!(value, Scalar::Text(text) if has_reference_mark(text))
}
