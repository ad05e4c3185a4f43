//! Texts in German: a file for each topic.

pub(crate) mod doubt;
pub(crate) mod files;
pub(crate) mod records;
pub(crate) mod requests;
pub(crate) mod salesforce;
pub(crate) mod values;
pub(crate) mod visitor;
pub(crate) mod way;

use super::list;
