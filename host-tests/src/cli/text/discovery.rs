//! What an org has, as tables.

use anstream::println;

use super::{BOLD, head, remarks};
use crate::host::bindings::exports::chat_flow::salesforce::types::{FieldEntry, ObjectEntry, Status};
use crate::host::{FieldsAnswer, ObjectsAnswer};
use crate::json;

/// The answer of `objects`.
pub fn objects(answer: &ObjectsAnswer) {
    if answer.status != Status::Done {
        head(answer.status, answer.requests);
        return remarks(&answer.findings);
    }
    let row = |object: &ObjectEntry| {
        let rights = [(object.createable, "create"), (object.updateable, "update"), (object.queryable, "query")];
        [object.name.clone(), object.label.clone(), object.key_prefix.clone().unwrap_or_default(), joined(&rights)]
    };
    table(["object", "label", "ids", "may"], answer.objects.iter().map(row));
    end(answer.objects.len(), answer.total, answer.more);
}

/// The answer of `fields`.
pub fn fields(answer: &FieldsAnswer) {
    if answer.status != Status::Done {
        head(answer.status, answer.requests);
        return remarks(&answer.findings);
    }
    if let Some(object) = &answer.object {
        println!("{BOLD}{}{BOLD:#} ({})", object.name, plain(&object.label));
    }
    if !answer.record_types.is_empty() {
        let names: Vec<String> = answer.record_types.iter().map(|entry| plain(&entry.developer_name)).collect();
        println!("record types: {}", names.join(", "));
    }
    let row = |field: &FieldEntry| {
        let length = field.length.map(|length| format!("({length})")).unwrap_or_default();
        let rights = [(field.required, "required"), (field.createable, "create"), (field.updateable, "update")];
        let key = json::key_use(field.key);
        [
            field.name.clone(),
            field.label.clone(),
            format!("{}{length}", field.type_),
            joined(&rights),
            if key == "none" { String::new() } else { key.to_owned() },
            takes(field),
        ]
    };
    table(["field", "label", "type", "may", "key", "takes"], answer.fields.iter().map(row));
    end(answer.fields.len(), answer.total, answer.more);
}

/// Values of a picklist, or the objects whose ids it takes.
fn takes(field: &FieldEntry) -> String {
    let values = field.values.iter().map(|value| value.value.as_str());
    let more = field.more_values.then_some("…");
    let ids = field.references.iter().map(String::as_str);
    values.chain(more).chain(ids).collect::<Vec<_>>().join(", ")
}

fn joined(words: &[(bool, &str)]) -> String {
    words.iter().filter(|(holds, _)| *holds).map(|(_, word)| *word).collect::<Vec<_>>().join(", ")
}

fn end(listed: usize, total: u32, more: bool) {
    match more {
        true => println!("{listed} of {total}: search, or ask for more with --limit."),
        false => println!("{total} in all."),
    }
}

/// Each column as wide as its texts.
fn table<const N: usize>(heads: [&str; N], rows: impl Iterator<Item = [String; N]>) {
    let rows: Vec<[String; N]> = rows.map(|row| row.map(|text| plain(&text))).collect();
    if rows.is_empty() {
        return;
    }
    let width = |(column, head): (usize, &&str)| {
        let texts = rows.iter().filter_map(|row| row.get(column)).map(|text| text.chars().count());
        texts.chain([head.chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = heads.iter().enumerate().map(width).collect();
    let line = |texts: &[&str]| {
        let cells = texts.iter().zip(&widths).map(|(text, width)| format!("{text:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    println!("{BOLD}{}{BOLD:#}", line(&heads));
    for row in &rows {
        println!("{}", line(&row.each_ref().map(String::as_str)));
    }
}

/// Labels are an administrator's: nothing in them is to move a cursor.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
