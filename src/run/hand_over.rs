//! What a read hands over: the decisions become variables, in types that a flow can work with.
//!
//! What is handed over can be handed on: it is no more than the variables of the next module may be. So the bound is told as
//! an error here, and a hostile or a very large org does not fill the host's memory.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::{Halt, Run, Step};
use crate::base::size::{json_length, size};
use crate::base::{Finding, FindingCode, MAX_VALUES};
use crate::record::decide::Decision;
use crate::record::{Current, NoneMatches, PlannedRecord};
use crate::report::{Code, RecordError, Retry};
use crate::run::Ending;
use crate::settings::Target;
use crate::texts::{said, text};
use crate::value::MAX_VARIABLES_BYTES;
use crate::value::convert::{entries, stored};
use crate::wire::query::Row;

impl Run {
    /// All is found out, and nothing stands in the way.
    pub(super) fn read(mut self, mut decisions: Vec<Decision>) -> Step {
        match variables(&self.records(), &decisions) {
            Ok(variables) => {
                Step::Done(Box::new(Ending::read(self.take_over(), decisions, variables, self.exchange.spent)))
            }
            Err(index) => {
                if let Some(decision) = decisions.get_mut(index) {
                    *decision = Decision::Fail(too_large());
                }
                self.halt(decisions, &Halt::NotWritten)
            }
        }
    }
}

/// The author has to ask for less, or the org has far more than anybody expected.
pub(super) fn too_large() -> RecordError {
    let words = text!(records::too_much_read(MAX_VARIABLES_BYTES, MAX_VALUES));
    RecordError::new(Code::AnswerTooLarge, words).with_retry(Retry::Never)
}

pub(super) fn list_cut(record: &PlannedRecord) -> Finding {
    Finding::new(FindingCode::ListCut, record.settings.place("list"), said!(findings_run::list_cut(record.name())))
}

/// The variables of the whole run; the index of the record with which they do not fit any more.
fn variables(records: &[Current], decisions: &[Decision]) -> Result<Map<String, Value>, usize> {
    let mut room = Room { bytes: MAX_VARIABLES_BYTES, values: MAX_VALUES };
    let mut variables = Map::new();
    for (index, (record, decision)) in records.iter().zip(decisions).enumerate() {
        let read = match decision {
            Decision::Found { rows, .. } => found(record, decision.only_match(), rows, &mut room).ok_or(index)?,
            _ if record.when_none_matches == NoneMatches::Skip => continue,
            _ => nothing(record),
        };
        variables.extend(read);
    }
    Ok(variables)
}

/// Empty variables: what an earlier conversation, or an earlier answer, left in them is not this visitor's.
fn nothing(record: &PlannedRecord) -> Vec<(String, Value)> {
    let fields = record.targets().map(|target| (target.variable.clone(), Value::Null));
    let list = record.settings.reading().and_then(|reading| reading.list.as_ref()).into_iter();
    fields.chain(list.map(|list| (list.variable.clone(), Value::Array(Vec::new())))).collect()
}

fn found(
    record: &PlannedRecord,
    only: Option<&Row>,
    rows: &[Rc<Row>],
    room: &mut Room,
) -> Option<Vec<(String, Value)>> {
    let mut read = nothing(record);
    if let Some(row) = only {
        for (target, (_, value)) in record.targets().zip(&mut read) {
            *value = room.take_of(target, &target.variable, row)?;
        }
    }
    let list = record.settings.reading().and_then(|reading| reading.list.as_ref());
    if let (Some(_), Some((_, list))) = (list, read.last_mut()) {
        let rows = rows.iter().map(|row| listed(record, row, room));
        *list = Value::Array(rows.collect::<Option<_>>()?);
    }
    Some(read)
}

/// An entry of the list: the fields under the names that the author gave them.
fn listed(record: &PlannedRecord, row: &Row, room: &mut Room) -> Option<Value> {
    let mut entry = Map::new();
    room.take("", Value::Object(Map::new()))?;
    entry.insert("Id".to_owned(), room.take("Id", row.id.as_str().into())?);
    for target in record.targets() {
        let name = target.field.to_string();
        let value = room.take_of(target, &name, row)?;
        entry.insert(name, value);
    }
    Some(Value::Object(entry))
}

/// What may still be read.
struct Room {
    bytes: usize,
    values: usize,
}

impl Room {
    /// The value of a field, if there is room for it under this name. Not even made, if there is none: a short text can become
    /// a long list.
    fn take_of(&mut self, target: &Target, name: &str, row: &Row) -> Option<Value> {
        if target.field.is_id() {
            return self.take(name, row.id.as_str().into());
        }
        let sent = row.get(&target.field);
        let fits = entries(sent, target.field_type) <= self.values;
        fits.then(|| stored(sent, target.field_type)).and_then(|value| self.take(name, value))
    }

    /// The value, if there is room for it under this name.
    fn take(&mut self, name: &str, value: Value) -> Option<Value> {
        // Quotes, colon and comma.
        let (bytes, values) = size(&value);
        self.bytes = self.bytes.checked_sub(json_length(name) + 4)?.checked_sub(bytes)?;
        self.values = self.values.checked_sub(values)?;
        Some(value)
    }
}
