//! What the bodies of the functions hold.

use crate::members::Members;
use crate::problem::Problem;

/// Entries of a drop-down, unless asked for otherwise.
const ENTRIES: u32 = 100;
/// Values of a picklist, likewise.
const VALUES: u32 = 20;

/// One conversation, of `run`, `preview` and `plan`.
pub struct Conversation {
    pub settings: String,
    pub variables: String,
    pub correlation: Option<String>,
}

/// What an editor asks while settings are written.
pub struct Check {
    pub settings: String,
    pub known_variables: Option<Vec<String>>,
}

/// What an editor shows.
pub struct Form {
    pub mode: String,
    pub language: String,
    pub renderer: Library,
    pub records: Vec<String>,
}

/// Draws forms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Library {
    ReactJsonSchemaForm,
    JsonForms,
}

/// One of `run-many`.
pub struct OneOfMany {
    pub variables: String,
    pub in_doubt_for: Option<u32>,
    pub correlation: Option<String>,
}

/// One of an earlier call.
pub struct Earlier {
    pub variables: String,
    pub in_doubt_for: Option<u32>,
    pub records: Option<Vec<String>>,
}

pub struct Many {
    pub settings: String,
    pub conversations: Vec<OneOfMany>,
    pub earlier: Vec<Earlier>,
}

/// What a drop-down shows; `object` and `values` are for its fields.
pub struct Query {
    pub deployment_domain: String,
    pub api_version: Option<String>,
    pub object: Option<String>,
    pub search: String,
    pub limit: u32,
    pub all: bool,
    pub values: u32,
}

/// With the domain that the caller's token belongs to, where the caller says it.
pub type WithDomain<T> = (T, Option<String>);

pub fn conversation(body: &[u8]) -> Result<WithDomain<Conversation>, Problem> {
    let mut members = Members::of_body(body)?;
    let conversation = of_members(&mut members)?;
    let domain = members.text_or_none("domain")?;
    members.end()?;
    Ok((conversation, domain))
}

/// `plan` sends nothing, and needs no domain.
pub fn plan(body: &[u8]) -> Result<Conversation, Problem> {
    let mut members = Members::of_body(body)?;
    let conversation = of_members(&mut members)?;
    members.end()?;
    Ok(conversation)
}

fn of_members(members: &mut Members) -> Result<Conversation, Problem> {
    Ok(Conversation {
        settings: members.document("settings")?,
        variables: members.document("variables")?,
        correlation: members.text_or_none("correlation")?,
    })
}

pub fn check(body: &[u8]) -> Result<Check, Problem> {
    let mut members = Members::of_body(body)?;
    let check =
        Check { settings: members.document("settings")?, known_variables: members.texts_or_none("knownVariables")? };
    members.end()?;
    Ok(check)
}

pub fn form(body: &[u8]) -> Result<Form, Problem> {
    let mut members = Members::of_body(body)?;
    let library = |word: &str| match word {
        "react-jsonschema-form" => Some(Library::ReactJsonSchemaForm),
        "json-forms" => Some(Library::JsonForms),
        _ => None,
    };
    let renderer = members.word_or_none("renderer", "`react-jsonschema-form` or `json-forms`", library)?;
    let form = Form {
        mode: members.text("mode")?,
        language: members.text("language")?,
        renderer: renderer.unwrap_or(Library::ReactJsonSchemaForm),
        records: members.texts_or_none("records")?.unwrap_or_default(),
    };
    members.end()?;
    Ok(form)
}

pub fn settings(body: &[u8]) -> Result<String, Problem> {
    let mut members = Members::of_body(body)?;
    let settings = members.document("settings")?;
    members.end()?;
    Ok(settings)
}

pub fn prepare(body: &[u8]) -> Result<WithDomain<String>, Problem> {
    let mut members = Members::of_body(body)?;
    let settings = members.document("settings")?;
    let domain = members.text_or_none("domain")?;
    members.end()?;
    Ok((settings, domain))
}

pub fn many(body: &[u8]) -> Result<WithDomain<Many>, Problem> {
    let mut members = Members::of_body(body)?;
    let many = Many {
        settings: members.document("settings")?,
        conversations: members.objects("conversations", |one| {
            Ok(OneOfMany {
                variables: one.document("variables")?,
                in_doubt_for: one.count_or_none("inDoubtFor")?,
                correlation: one.text_or_none("correlation")?,
            })
        })?,
        earlier: members.objects("earlier", |one| {
            Ok(Earlier {
                variables: one.document("variables")?,
                in_doubt_for: one.count_or_none("inDoubtFor")?,
                records: one.texts_or_none("records")?,
            })
        })?,
    };
    let domain = members.text_or_none("domain")?;
    members.end()?;
    Ok((many, domain))
}

pub fn objects(body: &[u8]) -> Result<Query, Problem> {
    let mut members = Members::of_body(body)?;
    let query = query(&mut members)?;
    members.end()?;
    Ok(query)
}

pub fn fields(body: &[u8]) -> Result<Query, Problem> {
    let mut members = Members::of_body(body)?;
    let object = Some(members.text("object")?);
    let values = members.count_or_none("values")?.unwrap_or(VALUES);
    let query = query(&mut members)?;
    members.end()?;
    Ok(Query { object, values, ..query })
}

fn query(members: &mut Members) -> Result<Query, Problem> {
    Ok(Query {
        deployment_domain: members.text("deploymentDomain")?,
        api_version: members.text_or_none("apiVersion")?,
        object: None,
        search: members.text_or_none("search")?.unwrap_or_default(),
        limit: members.count_or_none("limit")?.unwrap_or(ENTRIES),
        all: members.flag("all")?,
        values: VALUES,
    })
}
