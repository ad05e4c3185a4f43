//! Whatever somebody stores as settings: it is read or refused with findings that an author can act on, and what is read
//! can be planned within the limits of a composite request.

use salesforce_module::base::{Finding, MAX_FINDINGS, Severity, has_error};
use salesforce_module::module;
use salesforce_module::settings::{MAX_LOOKUPS, MAX_MAPPINGS, MAX_RECORDS, Settings};

use super::text;

/// Longest message or remedy: a few sentences with the names of some fields in them.
const MAX_SENTENCES: usize = 4_000;

/// The input is the document.
pub fn settings(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let findings = module::check(text);
    judge(&findings);
    let parsed = Settings::parse(text);
    match &parsed {
        Ok((settings, others)) => {
            assert!(!has_error(&findings), "it runs, but the check says it does not: {findings:?}");
            assert!(!has_error(others));
            fits(settings, text);
        }
        Err(errors) => {
            assert!(has_error(errors) && has_error(&findings), "refused without an error: {errors:?}");
        }
    }
    assert_eq!(Settings::parse(text), parsed);
    if let Err(errors) = Settings::parse_unprepared(text) {
        judge(&errors);
        assert!(has_error(&errors));
    }
}

fn judge(findings: &[Finding]) {
    assert!(findings.len() <= MAX_FINDINGS + 1, "{} findings", findings.len());
    for Finding { severity, code, path, message, remedy } in findings {
        let is_kebab = code.word().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        assert!(is_kebab && !code.word().is_empty(), "{code}");
        assert!(path.is_empty() || path.starts_with('/'), "{code} at {path}");
        for text in [
            message.get(salesforce_module::base::Language::En),
            message.get(salesforce_module::base::Language::De),
            remedy.get(salesforce_module::base::Language::En),
            remedy.get(salesforce_module::base::Language::De),
        ] {
            assert!((1..=MAX_SENTENCES).contains(&text.len()), "{severity:?} {code} at {path}: {text}");
        }
    }
    if findings.len() > MAX_FINDINGS {
        assert!(findings.iter().any(|finding| finding.severity == Severity::Error));
    }
}

fn fits(settings: &Settings, text: &str) {
    let plan = module::plan(text, "{}").expect("settings that run");
    assert_eq!(plan.mode(), settings.work.mode());
    let (Some(settings), Some(plan)) = (settings.work.as_ref().records(), plan.records()) else { return };
    let mappings: usize = settings.records.iter().map(|record| record.mappings.len()).sum();
    let read_back: usize = settings.records.iter().filter(|record| record.read_back().next().is_some()).count();
    assert!((1..=MAX_RECORDS).contains(&(settings.records.len() + read_back)));
    // A preset adds some of its own to a Case.
    assert!(mappings <= MAX_MAPPINGS + 20 * settings.records.len(), "{mappings} mappings");
    assert!(plan.lookups.len() <= MAX_LOOKUPS, "{} lookups", plan.lookups.len());
    assert!(plan.requests_at_least <= plan.requests_at_most);
    assert_eq!(plan.write_order.len(), plan.records.len());
}
