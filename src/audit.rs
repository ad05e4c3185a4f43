//! What a log says of a call beside its answer: which conversation, which org, which settings, which module, and how long it took.
//!
//! Nothing of it is a visitor's: the correlation is the host's own, and of the settings there is a hash.

use crate::base::fingerprint::Fingerprint;
use crate::base::{Finding, FindingCode, Line};
use crate::salesforce::Domain;
use crate::texts::said;

/// Longest correlation, in bytes.
pub const MAX_CORRELATION: usize = 200;

/// A call, as a log knows it again.
#[derive(Clone, Debug)]
pub struct Audit {
    /// What the host calls the conversation and its step.
    pub correlation: Option<String>,
    /// The org, which the addresses of records begin with.
    pub domain: Domain,
    settings: String,
    milliseconds: Option<u64>,
    written: Vec<Vec<String>>,
}

impl Audit {
    /// Of a call with this settings document. The error is a finding about the correlation.
    pub fn new(domain: &Domain, settings: &str, correlation: Option<String>) -> Result<Self, Vec<Finding>> {
        check(correlation.as_deref(), "correlation")?;
        let mut fingerprint = Fingerprint::default();
        fingerprint.add(settings.as_bytes());
        let (domain, settings) = (domain.clone(), fingerprint.hex());
        Ok(Self { correlation, domain, settings, milliseconds: None, written: Vec::new() })
    }

    /// The same of one of many conversations, which has no time of its own.
    pub fn of(&self, correlation: Option<String>) -> Self {
        Self { correlation, milliseconds: None, ..self.clone() }
    }

    /// The same, for a conversation that only its chat names.
    pub fn named(&self, correlation: Option<String>) -> Self {
        Self { correlation, ..self.clone() }
    }

    /// It took so long, by the clock of its requests.
    pub fn took(self, milliseconds: u64) -> Self {
        Self { milliseconds: Some(milliseconds), ..self }
    }

    /// These fields of each record were written, or may have been.
    pub fn wrote(self, fields: &[&[String]]) -> Self {
        Self { written: fields.iter().map(|fields| fields.to_vec()).collect(), ..self }
    }

    /// Completes a line of the log.
    pub fn note<'a>(&'a self, mut line: Line<'a>) -> Line<'a> {
        for (record, fields) in line.list_mut("records").iter_mut().zip(&self.written) {
            record.insert("written", fields.iter().map(String::as_str).collect());
        }
        line.insert("correlation", self.correlation.as_deref().into());
        let call = [
            ("org", self.domain.as_str().into()),
            ("settings", self.settings.as_str().into()),
            ("module", env!("CARGO_PKG_VERSION").into()),
            ("milliseconds", self.milliseconds.into()),
        ];
        line.insert("call", Line::object(call));
        line
    }
}

/// A correlation is one line of text: a host may write it to a log as it is.
pub fn check(correlation: Option<&str>, path: &str) -> Result<(), Vec<Finding>> {
    let Some(text) = correlation else { return Ok(()) };
    if !text.is_empty() && text.len() <= MAX_CORRELATION && !text.chars().any(breaks_lines) {
        return Ok(());
    }
    Err(vec![Finding::new(FindingCode::BadCorrelation, path, said!(findings_call::bad_correlation(MAX_CORRELATION)))])
}

/// The same of many conversations: the first that is none ends the call, since a host makes them all in one way.
pub fn check_each(correlations: &[Option<String>]) -> Result<(), Vec<Finding>> {
    for (index, correlation) in correlations.iter().enumerate() {
        check(correlation.as_deref(), &format!("conversations/{index}/correlation"))?;
    }
    Ok(())
}

/// Control characters; those that end a line or turn its direction for a reader of the log; and U+FEFF.
fn breaks_lines(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{MAX_CORRELATION, check};

    #[test]
    fn a_correlation_is_one_line_of_at_most_200_bytes() {
        for good in ["a", "conversation 7 / Schritt \u{fc}ber", &"x".repeat(MAX_CORRELATION), "\"quoted\" {}"] {
            assert!(check(Some(good), "correlation").is_ok(), "{good}");
        }
        assert!(check(None, "correlation").is_ok());
        let long = "\u{fc}".repeat(MAX_CORRELATION / 2 + 1);
        for bad in ["", &long, "a\nb", "a\r", "\u{1b}[31m", "\u{0}", "\u{85}", "a\u{2028}b", "\u{202e}b"] {
            let findings = check(Some(bad), "correlation").expect_err(bad);
            assert_eq!(
                (findings[0].code.word(), findings[0].path.as_str()),
                ("bad-correlation", "correlation"),
                "{bad:?}"
            );
        }
    }
}
