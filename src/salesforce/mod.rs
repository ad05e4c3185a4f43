//! The vocabulary of Salesforce: names, ids, versions, hosts, and what `prepare` has learnt about an org's fields.

pub mod domain;
pub mod facts;
pub mod name;
pub mod version;
