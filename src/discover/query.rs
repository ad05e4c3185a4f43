//! What a form asks for, checked before anything is sent.

use super::search::Search;
use crate::base::{Finding, FindingCode};
use crate::salesforce::{ApiVersion, Domain, MAX_NAME_LENGTH, SObjectName};
use crate::texts::said;

/// Longest search text, in bytes. Names have 80, labels up to 255.
pub(crate) const MAX_SEARCH_BYTES: usize = 255;
/// Most entries of one answer: more than fields on any object.
pub(crate) const MAX_ENTRIES: u32 = 1_000;
/// Most values of one picklist. Source: Salesforce's help, Custom Picklist Field Limits.
pub(crate) const MAX_VALUES_OF_A_FIELD: u32 = 1_000;
/// Most picklist values that one answer may be asked for, over all its fields.
pub(crate) const MAX_VALUES_OF_ALL: u32 = 20_000;
/// Where findings about the object point.
pub(crate) const OBJECT: &str = "query/object";

/// A question as it comes.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The org's My Domain host. The session must belong to it.
    pub deployment_domain: &'a str,
    /// Such as `62.0`; `None` for [`ApiVersion::DEFAULT`].
    pub api_version: Option<&'a str>,
    /// What the author has typed so far, 255 bytes at most; the empty text lists everything.
    pub search: &'a str,
    /// Most entries in the answer, 1 to 1000.
    pub limit: u32,
    /// Also what no mapping can write, such as an object that can neither be created nor updated.
    pub all: bool,
    /// The object whose fields are asked for, and how many values of each picklist.
    pub of: Option<(&'a str, u32)>,
}

/// A question that can be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub domain: Domain,
    pub api_version: ApiVersion,
    /// Whose fields; `None` for the objects themselves.
    pub object: Option<SObjectName>,
    pub search: Search,
    pub limit: usize,
    /// Also what a module cannot write.
    pub all: bool,
    /// Most values of each picklist.
    pub values: usize,
}

impl Query {
    /// All that is wrong with the question, or none of it.
    pub fn new(asked: &Asked) -> Result<Self, Vec<Finding>> {
        let mut findings = Vec::new();
        let domain = Domain::parse(asked.deployment_domain).map_err(|error| {
            findings.push(Finding::new(FindingCode::BadDomain, "query/deployment-domain", error.said()));
        });
        let version = asked.api_version.map_or(Some(ApiVersion::DEFAULT), ApiVersion::parse);
        let version = version.filter(|version| *version >= ApiVersion::MIN);
        if version.is_none() {
            findings.push(Finding::new(
                FindingCode::BadApiVersion,
                "query/api-version",
                said!(findings_settings::bad_api_version(&ApiVersion::MIN, &ApiVersion::DEFAULT)),
            ));
        }
        let object = asked.of.map(|(name, _)| SObjectName::parse(name));
        if object == Some(None) {
            findings.push(Finding::new(
                FindingCode::BadName,
                OBJECT,
                said!(findings_call::bad_object_name(MAX_NAME_LENGTH)),
            ));
        }
        if asked.search.len() > MAX_SEARCH_BYTES {
            findings.push(Finding::new(
                FindingCode::TooLong,
                "query/search",
                said!(findings_call::search_too_long(MAX_SEARCH_BYTES)),
            ));
        }
        let values = asked.of.map_or(0, |(_, values)| values);
        if !(1..=MAX_ENTRIES).contains(&asked.limit) {
            let said = said!(findings_call::number_of_entries(1, MAX_ENTRIES));
            findings.push(Finding::new(FindingCode::OutOfRange, "query/limit", said));
        }
        if values > MAX_VALUES_OF_A_FIELD {
            let said = said!(findings_call::number_of_values(0, MAX_VALUES_OF_A_FIELD));
            findings.push(Finding::new(FindingCode::OutOfRange, "query/values", said));
        }
        if findings.is_empty() && asked.limit * values > MAX_VALUES_OF_ALL {
            findings.push(Finding::new(
                FindingCode::OutOfRange,
                "query/values",
                said!(findings_call::too_many_values(MAX_VALUES_OF_ALL)),
            ));
        }
        match (domain, version, object) {
            (Ok(domain), Some(api_version), object) if findings.is_empty() => Ok(Self {
                domain,
                api_version,
                object: object.flatten(),
                search: Search::new(asked.search),
                limit: usize::try_from(asked.limit).unwrap_or(0),
                all: asked.all,
                values: usize::try_from(values).unwrap_or(0),
            }),
            _ => Err(findings),
        }
    }
}
