//! `/parameterizedSearch`: records by words, in the objects that are named or in all of them.
//!
//! Source: REST API guide, Parameterized Search; Knowledge developer guide. The real index takes a while to have a new record,
//! and knows stems and synonyms: this one has every record at once, and knows words and their beginnings (`net*`) only.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{query, searched};
use crate::http::{ApiError, Call, Reply};
use crate::org::{Org, Row, read};
use crate::schema::{Field, Kind, SObject, Schema};
use crate::soql::{self, World};

/// The version that brought it.
pub const MIN_VERSION: u32 = 36;

/// Which fields are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    Name,
    Email,
    Phone,
}

/// A search as it was asked for.
#[derive(Debug)]
pub struct Search {
    pub text: String,
    pub scope: Scope,
    /// Empty: all objects.
    pub sobjects: Vec<Wanted>,
    pub overall_limit: usize,
}

/// One object and what is wanted of it.
#[derive(Debug)]
pub struct Wanted {
    pub name: String,
    /// Empty: Id.
    pub fields: Vec<String>,
    pub filter: Option<String>,
    pub order: Option<String>,
    pub limit: usize,
}

/// `GET|POST /parameterizedSearch`
pub fn run(org: &Org, call: &Call) -> Result<Reply, ApiError> {
    let search = match call.method.as_str() {
        "GET" => searched::of_parameters(call)?,
        "POST" => searched::of_body(&call.json_object()?)?,
        method => return Err(ApiError::method_not_allowed(method, "GET,HEAD,POST")),
    };
    let words = words(&search.text)?;
    let schema = Arc::clone(&org.schema);
    let world = World { source: org.source(), schema: &schema, now: call.now };
    let all: Vec<Wanted>;
    let wanted = match search.sobjects.is_empty() {
        true => {
            let searchable = schema.objects().iter().filter(|object| object.is_writable() && !object.is_event());
            all = searchable.map(|object| Wanted::everything(object.name)).collect();
            &all
        }
        false => &search.sobjects,
    };
    let mut records = Vec::new();
    for wanted in wanted {
        records.extend(found(world, call, &schema, wanted, search.scope, &words)?);
    }
    records.truncate(search.overall_limit);
    Ok(Reply::ok(json!({ "searchRecords": records })))
}

impl Wanted {
    /// All records of an object that have the words, by their Ids.
    pub fn everything(name: &str) -> Wanted {
        Wanted { name: name.to_owned(), fields: Vec::new(), filter: None, order: None, limit: searched::MAX_LIMIT }
    }
}

/// The words that a record must have, in lower case; one that ends with `*` is a beginning.
fn words(text: &str) -> Result<Vec<String>, ApiError> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '*').map(str::to_lowercase);
    let words: Vec<String> = parts.filter(|word| !word.trim_matches('*').is_empty()).collect();
    if words.iter().all(|word| word.trim_matches('*').chars().count() < 2) {
        let message = format!("search term must be longer than one character: {text}");
        return Err(ApiError::bad("MALFORMED_SEARCH", message));
    }
    Ok(words)
}

/// The records of one object. What SOQL says of fields, conditions and order holds here too.
fn found(
    world: World<'_>,
    call: &Call,
    schema: &Schema,
    wanted: &Wanted,
    scope: Scope,
    words: &[String],
) -> Result<Vec<Value>, ApiError> {
    let unknown = || ApiError::bad("INVALID_TYPE", format!("sObject type '{}' is not supported.", wanted.name));
    let sobject = schema.object(&wanted.name).filter(|sobject| !sobject.is_event()).ok_or_else(unknown)?;
    check_article(sobject, wanted.filter.as_deref().unwrap_or_default())?;
    let fields = if wanted.fields.is_empty() { "Id".to_owned() } else { wanted.fields.join(",") };
    let filter = wanted.filter.as_ref().map_or(String::new(), |filter| format!(" WHERE {filter}"));
    let order = wanted.order.as_ref().map_or(String::new(), |order| format!(" ORDER BY {order}"));
    let plan = soql::prepare(&format!("SELECT {fields} FROM {}{filter}{order}", sobject.name), schema)?;
    let rows = soql::run(world, &plan, false).into_iter();
    let rows = rows.filter(|row| has_words(world, sobject, row, scope, words)).take(wanted.limit);
    Ok(rows.map(|row| query::record(world, call, sobject, row, &plan)).collect())
}

/// Versions of an article in several languages and states are not searched together.
fn check_article(sobject: &SObject, filter: &str) -> Result<(), ApiError> {
    let filter = filter.to_ascii_lowercase();
    let missing = ["PublishStatus", "Language"].into_iter().find(|name| !filter.contains(&name.to_ascii_lowercase()));
    match missing {
        Some(name) if sobject.name == "KnowledgeArticleVersion" => {
            let message = format!(
                "Implementation restriction. When searching the KnowledgeArticleVersion object, you must filter using the \
                 following syntax: {name} = [a single value]"
            );
            Err(ApiError::bad("MALFORMED_SEARCH", message))
        }
        _ => Ok(()),
    }
}

fn has_words(world: World<'_>, sobject: &SObject, row: &Row, scope: Scope, words: &[String]) -> bool {
    let fields = sobject.visible().filter(|field| is_searched(field, scope));
    let texts =
        fields.filter_map(|field| read::value(world.source, sobject, row, field).as_str().map(str::to_lowercase));
    let known: Vec<String> = texts
        .flat_map(|text| {
            text.split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    words.iter().all(|word| {
        known.iter().any(|known| match word.strip_suffix('*') {
            Some(beginning) => known.starts_with(beginning),
            None => known == word,
        })
    })
}

fn is_searched(field: &Field, scope: Scope) -> bool {
    match scope {
        Scope::All => field.kind.is_text() && !matches!(field.kind, Kind::Id | Kind::Reference { .. }),
        Scope::Name => field.name_field || matches!(field.name, "FirstName" | "LastName"),
        Scope::Email => field.kind == Kind::Email,
        Scope::Phone => field.kind == Kind::Phone,
    }
}
