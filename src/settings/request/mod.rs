//! `"mode": "api-request"`: one request of the author's own, as a template.
//!
//! What the conversation gives is data in it and never structure. So each place says how its values are written - [`Site`] -
//! and where a value would be structure, such as a URL inside a body, there is no place for one.

pub(crate) mod soql;

use serde_json::Value;

use crate::report::Act;
use crate::value::Template;

pub(crate) use soql::{SoqlError, slots};

/// Runs any Apex, by a GET too. Source: Tooling API guide.
pub(crate) const ANONYMOUS_APEX: &str = "executeAnonymous";

/// One request, and what becomes of its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestSettings {
    /// What may write, `allowWrites` must permit: see [`RequestSettings::reads`].
    pub method: Method,
    /// As the author wrote it, for logs.
    pub path: String,
    /// What stands between its slashes. None of them is empty.
    pub segments: Vec<Template>,
    /// A parameter of plain text whose variables are all blank is left out of the URL; a query is never sent without them.
    pub query: Vec<Parameter>,
    /// Every text in it is a template, and every template is right for its [`Site`].
    pub body: Option<Value>,
    /// JSON pointer into the answer → outcome variable. None of them leads into another.
    pub store: Vec<(String, String)>,
}

/// What the request does to what its path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Patch,
    Put,
    Delete,
}

/// One parameter of the query.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    pub name: String,
    pub site: Site,
    pub template: Template,
}

/// What a value is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    /// A text, or what it is: encoded as the URL or the body has it.
    Text,
    /// The inside of a SOQL literal, `'…'`.
    Soql,
    /// Not at all: a value would be structure.
    Fixed,
    /// Nor is anything here read as a template: GraphQL is full of brackets.
    Verbatim,
}

/// What the path names, as far as it decides where values may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resource {
    /// Apex and everything else that is not Salesforce's own data API.
    Other,
    Data,
    Query,
    Search,
    ParameterizedSearch,
    Composite,
    GraphQl,
    Analytics,
}

/// Segments of `/services/data/v62.0/parameterizedSearch`: nothing may stand behind it.
const PARAMETERIZED_SEARCH: usize = 4;
/// Under these names a composite body says what a subrequest is, not what it carries.
const STRUCTURE: [&str; 8] =
    ["url", "method", "referenceId", "httpHeaders", "graphId", "attributes", "binaryPartName", "binaryPartNameAlias"];
/// Under these names a body of the data API holds SOQL: a bulk query, the conditions of a search.
const SOQL_MEMBERS: [&str; 2] = ["query", "where"];
/// Under this name it holds a language with other rules for quotes: SQL of Data 360. So does every query of Analytics.
const SQL_MEMBER: &str = "sql";

impl RequestSettings {
    /// Whether it changes nothing, so that it can be sent again.
    pub fn reads(&self) -> bool {
        reads(self.method, &self.segments)
    }

    /// What did not happen, if it fails.
    pub fn act(&self) -> Act {
        if self.reads() { Act::LookUp } else { Act::Request }
    }
}

/// A GET reads, whatever its path names. So does a search whose words stand in the body of a POST.
/// Source: REST API guide, Parameterized Search: "POST can be used for more complex searches".
pub(crate) fn reads(method: Method, segments: &[Template]) -> bool {
    match method {
        Method::Get => true,
        Method::Post => {
            Resource::of(segments) == Resource::ParameterizedSearch && segments.len() == PARAMETERIZED_SEARCH
        }
        Method::Patch | Method::Put | Method::Delete => false,
    }
}

impl Method {
    pub const WORDS: [(&'static str, Self); 5] = [
        ("GET", Self::Get),
        ("POST", Self::Post),
        ("PATCH", Self::Patch),
        ("PUT", Self::Put),
        ("DELETE", Self::Delete),
    ];

    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, known)| *known == self).map_or("GET", |(word, _)| *word)
    }

    pub fn takes_body(self) -> bool {
        !matches!(self, Self::Get | Self::Delete)
    }
}

impl Resource {
    /// What a path names. Its first segments are fixed, see `check`.
    pub(crate) fn of(segments: &[Template]) -> Self {
        let literal = |at: usize| segments.get(at).and_then(literal).unwrap_or_default().to_ascii_lowercase();
        if literal(1) != "data" {
            return Self::Other;
        }
        let at = if literal(3) == "tooling" { 4 } else { 3 };
        match literal(at).as_str() {
            "query" | "queryall" => Self::Query,
            "search" if segments.len() == at + 1 => Self::Search,
            "parameterizedsearch" => Self::ParameterizedSearch,
            "composite" => Self::Composite,
            "graphql" => Self::GraphQl,
            "wave" => Self::Analytics,
            _ => Self::Data,
        }
    }

    /// How many segments must be fixed: a value there would name another resource, with other rules.
    pub(crate) fn fixed_segments(segments: &[Template]) -> usize {
        let literal = |at: usize| segments.get(at).and_then(literal).unwrap_or_default().to_ascii_lowercase();
        match (literal(1).as_str(), literal(3).as_str()) {
            ("data", "tooling") => 5,
            ("data", _) => 4,
            _ => 3,
        }
    }

    pub(crate) fn parameter(self, name: &str) -> Site {
        let name = name.to_ascii_lowercase();
        match self {
            Self::Query if ["q", "explain"].contains(&name.as_str()) => Site::Soql,
            Self::Search if name == "q" => Site::Fixed,
            Self::ParameterizedSearch if name == "where" || name.ends_with(".where") => Site::Soql,
            _ => Site::Text,
        }
    }

    /// What the member `key` of the body is, or one below it; `top` says whether it is one of the body itself.
    pub(crate) fn member(self, above: Site, key: &str, top: bool) -> Site {
        match self {
            Self::Other => Site::Text,
            Self::GraphQl if top && key == "query" => Site::Verbatim,
            Self::GraphQl if top && key != "variables" => Site::Fixed,
            Self::GraphQl => above,
            _ if above != Site::Text => above,
            Self::Composite if STRUCTURE.iter().any(|name| name.eq_ignore_ascii_case(key)) => Site::Fixed,
            _ if SQL_MEMBER.eq_ignore_ascii_case(key) => Site::Fixed,
            Self::Analytics if key == "query" => Site::Fixed,
            _ if SOQL_MEMBERS.iter().any(|name| name.eq_ignore_ascii_case(key)) => Site::Soql,
            _ => Site::Text,
        }
    }
}

/// The text of a template without variables.
pub(crate) fn literal(template: &Template) -> Option<&str> {
    match template.parts.as_slice() {
        [crate::value::Part::Text(text)] => Some(text),
        _ => None,
    }
}
