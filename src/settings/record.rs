//! One record of the settings: what both modes know of it, and what only a write or only a read does.

use std::borrow::Borrow;
use std::rc::Rc;

use super::{Attachment, Mapping, MatchKeys, Reading, Source, Target};
use crate::base::json::child;
use crate::base::keyword::words;
use crate::salesforce::facts::ValidationRule;
use crate::salesforce::{FieldName, FieldPath, RecordId, RecordName, SObjectName};

/// One record: how an existing one is found, and what for.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordSettings {
    /// Unique in the settings; unless they say otherwise, the name of the SObject.
    pub name: RecordName,
    /// The one that a new record is of.
    pub sobject: SObjectName,
    /// The SObjects that an existing record is looked for in, in this order; the last is `sobject`. Empty, if that is all.
    pub look_in: Vec<SObjectName>,
    /// With `look_in`: the record as it is for each of them.
    pub(super) by_sobject: Vec<Rc<RecordSettings>>,
    /// The rows in the order of the settings, those of a preset last. Of a read the keys alone.
    pub mappings: Vec<Rc<Mapping>>,
    /// How several keys of the record work together.
    pub match_keys: MatchKeys,
    /// What several existing records with its keys lead to.
    pub when_several_match: WhenSeveralMatch,
    /// What the record is looked for to be.
    pub work: RecordWork,
}

/// What a record is for: the one place that says whether it is written or read. What only the one of them has, the other answers
/// with nothing, in the functions of [`RecordSettings`].
#[derive(Clone, Debug, PartialEq)]
pub enum RecordWork {
    /// The record is written.
    Write(Writing),
    /// The record is read, and nothing of it written.
    Read(Reading),
}

/// What only a record that is written has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Writing {
    /// Files that it gets once it is there.
    pub attachments: Vec<Attachment>,
    /// A record that does not exist yet is skipped, and not created.
    pub only_update_existing: bool,
    /// What the org's duplicate rules do to its write.
    pub duplicate_rule: DuplicateRule,
    /// Which assignment rule runs on its write; means something for Case, Lead and Account alone.
    pub assignment_rule: AssignmentRule,
    /// DeveloperName of the record type that a new record gets.
    pub record_type: Option<String>,
    /// Field → outcome variable, each field once.
    pub store: Vec<(FieldName, String)>,
    /// Without it a step that is run twice writes a record without a key twice.
    pub idempotency: Option<Idempotency>,
    /// After a create, see whether another conversation created the same record.
    pub check_for_doubles: bool,
    /// What may refuse it, as far as `prepare` could read it.
    pub validation_rules: Rc<[ValidationRule]>,
}

/// What makes a new record one record, however often the same step of a conversation is run.
#[derive(Clone, Debug, PartialEq)]
pub struct Idempotency {
    /// A unique external id of the SObject.
    pub field: FieldName,
    /// Holds another text for each conversation and step.
    pub variable: String,
}

words! {
    /// What several matches lead to.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum WhenSeveralMatch {
        /// The run ends `ambiguous`, and nothing of it is written or read.
        #[default]
        Stop = "stop",
        /// The one changed last is updated or read.
        MostRecentlyModified = "most-recently-modified",
        /// Of a read alone: all of them, up to a limit.
        List = "list",
    }
}

words! {
    /// What the org's duplicate rules do to a write.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum DuplicateRule {
        /// A duplicate alert refuses the write.
        #[default]
        Block = "block",
        /// Rules that only alert let the write pass.
        Allow = "allow",
        /// The one existing record that Salesforce names is updated instead.
        Adopt = "adopt",
    }
}

/// Which assignment rule runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AssignmentRule {
    /// The org's active rule on creates, none on updates.
    #[default]
    Default,
    /// No rule, on creates and updates.
    Off,
    /// This rule on creates, none on updates.
    Rule(RecordId),
}

impl RecordSettings {
    /// JSON pointer of a setting of this record.
    pub fn place(&self, key: &str) -> String {
        child(&child("/objects", self.name.as_str()), key)
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &Mapping> {
        self.mappings.iter().map(Rc::as_ref).filter(|mapping: &&Mapping| mapping.key)
    }

    /// The fields in which an existing record is looked for. A link is looked for by the keys of the record that it leads to.
    pub(crate) fn searched<R: Borrow<Self>>(&self, records: &[R]) -> Vec<FieldPath> {
        let through = |mapping: &Mapping, record: &RecordName| {
            let linked = records.iter().map(Borrow::borrow).filter(|other| other.name == *record);
            let forms = linked.flat_map(Self::forms);
            let marks = |form: &Self| form.idempotency().map(|idempotency| idempotency.field.clone().into());
            let keys = forms.flat_map(|form| form.keys().map(|key| key.field.clone()).chain(marks(form)));
            let through = keys.filter_map(|key: FieldPath| key.through(&mapping.field.field));
            // What a duplicate rule has named is looked for by its id.
            through.chain([mapping.field.clone()]).collect::<Vec<_>>()
        };
        let of = |mapping: &Mapping| match &mapping.source {
            Source::Record(record) => through(mapping, record),
            _ => vec![mapping.field.clone()],
        };
        self.keys().flat_map(of).collect()
    }

    pub(crate) fn has_keys(&self) -> bool {
        self.keys().next().is_some()
    }

    /// Of a record that is written.
    pub fn writing(&self) -> Option<&Writing> {
        match &self.work {
            RecordWork::Write(writing) => Some(writing),
            RecordWork::Read(_) => None,
        }
    }

    /// Of a record that is read.
    pub fn reading(&self) -> Option<&Reading> {
        match &self.work {
            RecordWork::Write(_) => None,
            RecordWork::Read(reading) => Some(reading),
        }
    }

    /// Whether nothing of it is written.
    pub fn reads(&self) -> bool {
        self.reading().is_some()
    }

    /// Whether a run may create this record: rows that only find leave nothing to create.
    pub fn may_create(&self) -> bool {
        self.writing().is_some_and(|writing| !writing.only_update_existing) && !self.only_finds()
    }

    /// Whether the record is looked for, and none of its rows writes anything.
    pub fn only_finds(&self) -> bool {
        self.has_keys() && self.mappings.iter().all(|mapping| mapping.only_finds)
    }

    /// Whether it is written only where it exists already.
    pub fn only_update_existing(&self) -> bool {
        self.writing().is_some_and(|writing| writing.only_update_existing)
    }

    /// Whether, after a create, another look is taken.
    pub fn check_for_doubles(&self) -> bool {
        self.writing().is_some_and(|writing| writing.check_for_doubles)
    }

    /// Files that it gets once it is there.
    pub fn attachments(&self) -> &[Attachment] {
        self.writing().map(|writing| writing.attachments.as_slice()).unwrap_or_default()
    }

    /// What the org's duplicate rules do to its write.
    pub fn duplicate_rule(&self) -> DuplicateRule {
        self.writing().map(|writing| writing.duplicate_rule).unwrap_or_default()
    }

    /// Which assignment rule runs on its write.
    pub fn assignment_rule(&self) -> &AssignmentRule {
        self.writing().map_or(&AssignmentRule::Default, |writing| &writing.assignment_rule)
    }

    /// DeveloperName of the record type that a new record gets.
    pub fn record_type(&self) -> Option<&str> {
        self.writing()?.record_type.as_deref()
    }

    /// What makes a new record one record, however often the same step is run.
    pub fn idempotency(&self) -> Option<&Idempotency> {
        self.writing()?.idempotency.as_ref()
    }

    /// What may refuse its write.
    pub fn validation_rules(&self) -> &[ValidationRule] {
        self.writing().map(|writing| &*writing.validation_rules).unwrap_or_default()
    }

    /// What is handed over of a record that is written: field → outcome variable.
    pub fn store(&self) -> &[(FieldName, String)] {
        self.writing().map(|writing| writing.store.as_slice()).unwrap_or_default()
    }

    /// Fields other than `Id` that are to be read back after the write.
    pub fn read_back(&self) -> impl Iterator<Item = &FieldName> {
        self.store().iter().map(|(field, _)| field).filter(|field| !field.is_id())
    }

    /// What is read of it, and into which variables.
    pub fn targets(&self) -> &[Target] {
        self.reading().map(|reading| reading.targets.as_slice()).unwrap_or_default()
    }

    /// Fields that rows name, to write, to find by or to read.
    pub fn paths(&self) -> impl Iterator<Item = &FieldPath> {
        let targets = self.targets().iter().map(|target| &target.field);
        self.mappings.iter().map(|mapping| &mapping.field).chain(targets)
    }
}
