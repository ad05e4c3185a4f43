//! A plan's fingerprint: two plans with the same hash do the same.

use std::fmt::{self, Write as _};

use serde_json::Value;

use super::PlannedFile;
use crate::base::fingerprint::Fingerprint;
use crate::record::{Approach, NoneMatches, Plan, PlannedRecord};
use crate::settings::{AssignmentRule, MatchKeys, Reading, WhenSeveralMatch};
use crate::value::convert::TextLimit;

/// SHA-256 of all that decides what a run sends, in hexadecimal.
pub fn hash(plan: &Plan) -> String {
    let mut fingerprint = Fingerprint::default();
    // Writing to a hash cannot fail.
    let _ = plan.write_to(&mut fingerprint);
    fingerprint.hex()
}

impl Plan {
    /// Every part on a line of its own; values are JSON, so that none of them can look like another line.
    fn write_to(&self, f: &mut Fingerprint) -> fmt::Result {
        writeln!(f, "{} {} {}", self.api_version, self.requests_at_least, self.requests_at_most)?;
        for index in &self.write_order {
            writeln!(f, "write {index}")?;
        }
        for lookup in &self.lookups {
            writeln!(f, "{}", lookup.select)?;
        }
        self.records.iter().try_for_each(|record| record.write_to(f))?;
        for PlannedFile { record, is_idempotent, attached } in &self.files {
            let name = Value::from(attached.file.name.as_str());
            let mut content = Fingerprint::default();
            content.add(attached.file.content.bytes());
            writeln!(f, "file {record} {is_idempotent} {name} {}", content.hex())?;
            attached.only_for.iter().try_for_each(|sobject| writeln!(f, "only for {sobject}"))?;
        }
        Ok(())
    }
}

impl PlannedRecord {
    fn write_to(&self, f: &mut Fingerprint) -> fmt::Result {
        let settings = &self.settings;
        writeln!(f, "{} {}", self.name(), self.sobject())?;
        let approach = match &self.approach {
            Approach::Create => "create",
            Approach::LookUp => "look-up",
            Approach::UpsertByKey(_) => "upsert-by-key",
            Approach::UpdateById(_) => "update-by-id",
            Approach::Skip { asked: true } => "skip",
            Approach::Skip { asked: false } => "skip, not asked",
            Approach::Fail(error) => error.code.as_str(),
        };
        let none = match self.when_none_matches {
            NoneMatches::Create => "create",
            NoneMatches::Clear => "clear",
            NoneMatches::Skip => "skip",
            NoneMatches::Fail => "fail",
        };
        let several = match settings.when_several_match {
            WhenSeveralMatch::Stop => "stop",
            WhenSeveralMatch::MostRecentlyModified => "newest",
            WhenSeveralMatch::List => "list",
        };
        let (keys, duplicates) = (settings.match_keys.word(), settings.duplicate_rule().word());
        let assignment = match settings.assignment_rule() {
            AssignmentRule::Default => "default",
            AssignmentRule::Off => "off",
            AssignmentRule::Rule(id) => id.as_str(),
        };
        let only_updates = settings.only_update_existing();
        writeln!(f, "{approach} {none} {several} {keys} {duplicates} {assignment} {only_updates}")?;
        if let MatchKeys::Groups(groups) = &settings.match_keys {
            for group in groups {
                group.iter().try_for_each(|path| write!(f, "{path} "))?;
                writeln!(f, "together")?;
            }
        }
        if settings.check_for_doubles() {
            writeln!(f, "check for doubles")?;
        }
        if let Some(key) = self.idempotency_key() {
            writeln!(f, "step {} {}", key.path, key.json())?;
        }
        for field in &self.fields {
            let is_key = field.key.is_some();
            let only_finds = if field.only_finds { " only finds" } else { "" };
            let comparison = field.comparison;
            let field_type = comparison.field_type.word().unwrap_or_default();
            writeln!(f, "{} {} {} {is_key}{only_finds}", field.path, field.json(), field.overwrite.word())?;
            writeln!(f, "{field_type} {} {}", comparison.case_sensitive, field.is_reason)?;
            if let Some(appending) = &field.appending {
                let TextLimit { characters, bytes } = appending.limit;
                let separator = Value::from(appending.separator.as_str());
                writeln!(f, "append {separator} {characters:?} {bytes:?} {}", appending.cut)?;
            }
        }
        for link in &self.links {
            let (overwrite, blank) = (link.overwrite.word(), link.when_blank.word());
            let key = match (link.key, link.only_finds) {
                (false, _) => "",
                (true, false) => " key",
                (true, true) => " only finds",
            };
            writeln!(f, "{} @{} {overwrite} {blank}{key}", link.field, link.record)?;
            link.only_for.iter().try_for_each(|sobject| writeln!(f, "only for {sobject}"))?;
        }
        if self.is_not_looked_in {
            writeln!(f, "not looked in")?;
        }
        if let Some(error) = &self.misfit {
            writeln!(f, "misfit {}", error.code)?;
        }
        for form in &self.may_be {
            writeln!(f, "or")?;
            form.write_to(f)?;
        }
        settings.read_back().try_for_each(|field| writeln!(f, "read {field}"))?;
        settings.reading().into_iter().try_for_each(|reading| reading.write_to(f))
    }
}

impl Reading {
    /// Names of variables are the author's, and any text; as JSON none of them can look like another line.
    fn write_to(&self, f: &mut Fingerprint) -> fmt::Result {
        for target in &self.targets {
            let field_type = target.field_type.word().unwrap_or_default();
            writeln!(f, "to {} {field_type} {}", target.field, Value::from(target.variable.as_str()))?;
        }
        let list = self.list.iter();
        list.into_iter().try_for_each(|list| writeln!(f, "list {} {}", list.limit, Value::from(list.variable.as_str())))
    }
}
