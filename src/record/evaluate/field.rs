//! The value of one row in the form that its field takes.

use super::given::{appending, cleared};
use super::{Conversation, FieldValue, failure};
use crate::base::size::json_length;
use crate::base::{Finding, FindingCode};
use crate::report::RecordError;
use crate::salesforce::name::is_state_or_country;
use crate::salesforce::{FieldFacts, FieldPath, FieldType};
use crate::settings::{Mapping, Overwrite, RecordSettings, WhenBlank};
use crate::texts::said;
use crate::value::variables::GivenError;
use crate::value::{Comparison, Given, Misfit, Scalar, convert, has_reference_mark};
use crate::wire::Literal;

impl Conversation<'_> {
    /// The value of one mapping; `None` if the field is left alone.
    pub(super) fn field_value(
        &mut self,
        record: &RecordSettings,
        mapping: &Mapping,
        facts: Option<&FieldFacts>,
        given: Result<Given, GivenError>,
    ) -> Result<Option<FieldValue>, RecordError> {
        let field = &mapping.field;
        let given = given.map_err(|error| match error {
            GivenError::NotAFieldValue(error) => failure::unsupported(field, error),
            GivenError::TooMuchText => failure::too_much(field),
            GivenError::NotATranscript => failure::no_transcript(mapping.source.transcript().unwrap_or_default()),
            GivenError::TooLong(most) => failure::misfit(field, &Misfit::TooLong(most)),
            GivenError::TooManyBytes(most) => failure::misfit(field, &Misfit::TooManyBytes(most)),
        })?;
        let is_given = matches!(given, Given::Value(_));
        let value = match given {
            Given::Value(value) => Some(self.fitting(record, mapping, facts, value)?),
            Given::Absent | Given::Blank if mapping.when_blank == WhenBlank::Fail => return Err(failure::blank(field)),
            Given::Blank if mapping.when_blank == WhenBlank::Clear => cleared(field, facts)?,
            Given::Absent | Given::Blank => return Ok(None),
        };
        let key = match &value {
            // An unticked checkbox where nothing was given would find everybody's.
            Some(value) if mapping.key && is_given => {
                Some(Literal::new(field, value).map_err(|error| failure::bad_key(field, error))?)
            }
            _ => None,
        };
        let comparison = facts
            .map(|facts| Comparison { field_type: facts.field_type, case_sensitive: facts.case_sensitive })
            .unwrap_or_default();
        let Mapping { overwrite, only_finds, .. } = *mapping;
        // Nothing is to be found, and nothing to be emptied.
        if only_finds && key.is_none() {
            return Ok(None);
        }
        let is_reason = is_given && !mapping.completes && !only_finds;
        let appending = appending(mapping, facts);
        Ok(Some(FieldValue {
            path: field.clone(),
            value,
            key,
            overwrite,
            only_finds,
            appending,
            comparison,
            is_reason,
        }))
    }

    /// The value in the form that the field takes, if there is room for it.
    fn fitting(
        &mut self,
        record: &RecordSettings,
        mapping: &Mapping,
        facts: Option<&FieldFacts>,
        value: Scalar,
    ) -> Result<Scalar, RecordError> {
        let field = &mapping.field;
        let when_too_long = mapping.when_too_long();
        let unknown = FieldFacts::default();
        // A count of seconds is an instant whatever field it goes to.
        let value = match facts.or(mapping.format.epoch.map(|_| &unknown)) {
            None => value,
            Some(facts) => {
                let converted = convert(value, facts, &mapping.format, when_too_long)
                    .map_err(|misfit| failure::misfit(field, &misfit))?;
                if converted.cut {
                    self.findings.push(value_cut(mapping));
                }
                // Lists of states and countries are closed, whatever the org says of them.
                let is_open = !is_state_or_country(field.field.as_str());
                if converted.new_value && is_open && !record.reads() {
                    self.findings.push(new_value(mapping));
                }
                converted.value
            }
        };
        let length = match &value {
            Scalar::Text(text) if has_reference_mark(text) => return Err(failure::reference_mark(field)),
            Scalar::Text(text) => json_length(text),
            // Numbers keep all their digits, however many there are.
            Scalar::Number(number) => number.as_str().len(),
            Scalar::Boolean(_) | Scalar::Temporal(_) => 0,
        };
        self.room = self.room.checked_sub(length).ok_or_else(|| failure::too_much(field))?;
        Ok(value)
    }

    /// A new record's type. An existing record keeps the one that people gave it.
    pub(super) fn record_type(&self, record: &RecordSettings) -> Option<FieldValue> {
        let object = self.schema?.object(&record.sobject)?;
        let id = object.record_type(record.record_type()?)?;
        Some(FieldValue {
            path: FieldPath::parse("RecordTypeId")?,
            value: Scalar::text(id.as_str()),
            key: None,
            overwrite: Overwrite::OnCreate,
            only_finds: false,
            appending: None,
            comparison: Comparison { field_type: FieldType::Reference, case_sensitive: false },
            is_reason: false,
        })
    }
}

fn new_value(mapping: &Mapping) -> Finding {
    Finding::new(
        FindingCode::NewPicklistValue,
        mapping.pointer.clone(),
        said!(findings_conversation::new_picklist_value(&mapping.field)),
    )
}

pub(crate) fn value_cut(mapping: &Mapping) -> Finding {
    Finding::new(
        FindingCode::ValueCut,
        mapping.pointer.clone(),
        said!(findings_conversation::value_cut(&mapping.field)),
    )
}
