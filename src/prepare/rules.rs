//! The org's validation rules: asked for so that a refusal can say which of them it was, and done without where the
//! integration user may not read them.
//!
//! Salesforce's refusal holds only the rule's message, which an administrator wrote. It is compared, and never passed on.
//! Source: Tooling API guide, ValidationRule.

use super::{Asked, Prepare, Step, Waiting, org};
use crate::base::{Finding, FindingCode, has_error, order};
use crate::exchange::Within;
use crate::salesforce::SObjectName;
use crate::texts::said;
use crate::wire::{Answer, Request, Response, encode};

impl Prepare {
    /// Of settings that are wrong nothing is kept, and a read breaks no rule.
    pub(super) fn is_to_ask_for_rules(&self, findings: &[Finding]) -> bool {
        let writes = self.settings.records.iter().any(|record| !record.reads());
        writes && !self.asked_for_rules && !has_error(findings) && self.exchange.has_time()
    }

    pub(super) fn ask_for_rules(mut self) -> Step {
        self.asked_for_rules = true;
        let writes = self.settings.records.iter().filter(|record| !record.reads());
        let mut names: Vec<&str> = writes.flat_map(|record| record.sobjects()).map(SObjectName::as_str).collect();
        order::sort(&mut names);
        names.dedup();
        // API names, in which nothing needs escaping.
        let soql = format!(
            "SELECT ValidationName, ErrorMessage, EntityDefinition.QualifiedApiName FROM ValidationRule WHERE Active = true AND \
             EntityDefinition.QualifiedApiName IN ('{}') ORDER BY ValidationName LIMIT 2000",
            names.join("', '")
        );
        let version = self.settings.api_version;
        let path = format!("/services/data/v{version}/tooling/query?q={}", encode(&soql));
        let request = Request { method: "GET", path, ..Request::default() };
        let sending = self.exchange.sending(0, Within::All);
        Step::Send(sending, Box::new(Waiting { prepare: self, request, asked: Asked::ValidationRules }))
    }

    /// Whatever went wrong: the settings are right without them, so it is not asked again.
    pub(super) fn rules_answered(mut self, answer: &Answer) -> Step {
        let response = answer.as_ref().ok().filter(|response| response.status == 200);
        self.org.validation_rules = response.and_then(Response::json).and_then(|body| org::validation_rules(&body));
        self.finish()
    }

    pub(super) fn rules_unread(&self) -> Option<Finding> {
        let unread = self.asked_for_rules && self.org.validation_rules.is_none();
        unread.then(|| {
            Finding::new(FindingCode::ValidationRulesUnread, "", said!(findings_org::validation_rules_unread()))
        })
    }
}
