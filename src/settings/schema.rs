//! What `prepare` learnt about the org: facts of the mapped fields, written into the settings.
//!
//! Only what a run uses is kept: which fields Salesforce takes as the key of an upsert.

use crate::name::{FieldName, SObjectName};

/// Facts of the mapped objects of one org, as its integration user sees them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrgSchema {
    /// The user holds View All Data, which an upsert by a key that is not unique demands.
    pub view_all_data: bool,
    pub objects: Vec<(SObjectName, Vec<(FieldName, FieldFacts)>)>,
}

/// Facts of one field, named as in a describe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldFacts {
    pub external_id: bool,
    pub id_lookup: bool,
    pub unique: bool,
}

impl OrgSchema {
    /// Whether this user may upsert by this field, so that no lookup is needed.
    /// Source: REST API guide, Upsert by External ID; SOAP API guide, upsert().
    pub fn upserts_by(&self, sobject: &SObjectName, field: &FieldName) -> bool {
        let fields = self.objects.iter().find(|(name, _)| name == sobject).map(|(_, fields)| fields);
        let facts = fields.and_then(|fields| fields.iter().find(|(name, _)| name == field));
        let facts = facts.map(|(_, facts)| *facts).unwrap_or_default();
        (facts.external_id && facts.unique) || (self.view_all_data && (facts.external_id || facts.id_lookup))
    }
}
