//! Describe documents, as any client saves them, become the objects of an org.
//!
//! What a describe says is what holds: a field that it does not have does not exist, and an answer to describe prints it back
//! as it was. A document that is not understood refuses the org as a whole, since one that is half there would make a test
//! of something else.

mod field;
mod object;
mod org;

use serde_json::Value;

pub use org::objects;

use crate::simulator::document::{BadFile, Node};
use crate::simulator::schema::SObject;

/// What the documents of a folder say.
#[derive(Debug, Default)]
pub struct Described {
    pub objects: Vec<DescribedObject>,
    /// Every object of the org by its name, where a global describe lists them.
    pub all: Option<Vec<String>>,
}

/// One object.
#[derive(Debug)]
pub struct DescribedObject {
    /// Where it was read.
    pub file: String,
    pub sobject: SObject,
    pub record_types: Vec<RecordType>,
    /// What it calls the records that point to it: the object, its lookup and the name.
    pub children: Vec<(String, String, String)>,
}

/// A record type, the master one left out.
#[derive(Clone, Debug)]
pub struct RecordType {
    pub id: String,
    pub name: String,
    pub developer_name: String,
    pub active: bool,
    pub available: bool,
    pub default: bool,
}

/// Reads documents: each is a file's name and its text.
pub fn read(files: &[(String, String)]) -> Result<Described, BadFile> {
    let mut described = Described::default();
    for (file, text) in files {
        let whole = |problem| BadFile { file: file.clone(), pointer: String::new(), problem };
        let value: Value = serde_json::from_str(text).map_err(|error| whole(format!("not JSON: {error}")))?;
        let before = described.objects.len();
        let is_global = add(&Node::new(file, &value), &mut described)?;
        if described.objects.len() == before && !is_global {
            let problem = "expected a describe (GET /sobjects/X/describe) or a global describe (GET /sobjects)";
            return Err(whole(problem.into()));
        }
    }
    check_twice(&described.objects)?;
    Ok(described)
}

/// Adds what a document holds, and says whether that was a global describe. Beside a describe as it is, clients save the
/// answer of a composite request, a list of describes, and an envelope of their own (`sf sobject describe --json`).
fn add(node: &Node<'_>, described: &mut Described) -> Result<bool, BadFile> {
    if node.value().is_array() {
        node.items()?.iter().try_for_each(|item| add(item, described).map(drop))?;
        return Ok(false);
    }
    let members = node.object()?;
    if members.contains_key("fields") {
        described.objects.push(object::read(node)?);
    } else if members.contains_key("compositeResponse") {
        for part in node.list("compositeResponse")? {
            add(&part.need("body", "a describe")?, described)?;
        }
    } else if members.contains_key("sobjects") {
        let mut names = Vec::new();
        for entry in node.list("sobjects")? {
            names.push(entry.need("name", "the object's API name")?.text()?.to_owned());
        }
        described.all = Some(names);
        return Ok(true);
    } else if let Some(result) = node.get("result")? {
        return add(&result, described);
    } else {
        let problem = "expected a describe, with the member \"fields\": the answer of GET /sobjects/X/describe";
        return Err(node.problem(problem));
    }
    Ok(false)
}

/// No object and no prefix of ids may be there twice.
fn check_twice(objects: &[DescribedObject]) -> Result<(), BadFile> {
    for (position, one) in objects.iter().enumerate() {
        for other in objects.iter().take(position) {
            let twice = match () {
                () if other.sobject.name.eq_ignore_ascii_case(one.sobject.name) => ("/name", one.sobject.name),
                () if other.sobject.prefix == one.sobject.prefix => ("/keyPrefix", one.sobject.prefix),
                () => continue,
            };
            let problem = format!(
                "\"{}\" is the one of {} in {} already: expected each once in the folder",
                twice.1, other.sobject.name, other.file
            );
            return Err(BadFile { file: one.file.clone(), pointer: twice.0.into(), problem });
        }
    }
    Ok(())
}
