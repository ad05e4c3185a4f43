//! What knows neither Salesforce nor settings.

pub mod base64;
pub mod decimal;
pub mod finding;
pub mod fingerprint;
pub mod fold;
pub mod json;
pub mod nearest;
pub mod order;
pub mod walk;
pub mod words;
