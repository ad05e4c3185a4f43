//! The deployment's pre-chat form, as a token answer has it, against the settings: a name that the channel does not have would be
//! lost without an error.

use serde_json::{Map, Value};

use crate::base::json::child;
use crate::base::{Finding, FindingCode, nearest};
use crate::settings::{Attribute, HandoverSettings, Source};
use crate::texts::said;
use crate::value::{Scalar, convert::TextLimit};

/// Most fields of a form, and most choices of one, that are looked at: far more than a deployment has.
const MAX_FORM_FIELDS: usize = 200;
const MAX_FORM_CHOICES: usize = 500;

/// What visitors of the deployment fill in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forms {
    /// In the form's order.
    pub fields: Vec<FormField>,
    /// Visitors can send files.
    pub files: bool,
    /// The answer told of a configuration at all.
    known: bool,
}

/// One of its fields.
#[derive(Clone, Debug, PartialEq)]
pub struct FormField {
    /// What an `attribute` names.
    pub name: String,
    /// Salesforce's word.
    pub kind: String,
    /// Visitors must fill it in.
    pub required: bool,
    /// Visitors do not see it.
    pub hidden: bool,
    /// In characters.
    pub max_length: Option<u32>,
    /// Of a list.
    pub choices: Vec<String>,
}

impl Forms {
    /// Of a token answer. What it does not tell is not known.
    pub(super) fn of_answer(answer: &Value) -> Self {
        let Some(config) = answer.pointer("/context/configuration/embeddedServiceConfig") else {
            return Self::default();
        };
        let list = |value: &Value, pointer: &str| {
            value.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default()
        };
        let forms = list(config, "/forms");
        let lists = list(config, "/choiceListConfig/choiceList");
        let fields = forms.iter().flat_map(|form| list(form, "/formFields"));
        Self {
            fields: fields.filter_map(|field| FormField::of_json(&field, &lists)).take(MAX_FORM_FIELDS).collect(),
            files: config.pointer("/attachments/endUserToAgent").and_then(Value::as_bool).unwrap_or(false),
            known: config.get("forms").is_some(),
        }
    }

    /// What the settings get wrong about the form.
    pub(super) fn check(&self, settings: &HandoverSettings) -> Vec<Finding> {
        if !self.known {
            return Vec::new();
        }
        let mut findings = Vec::new();
        for attribute in &settings.attributes {
            match self.fields.iter().find(|field| field.name == attribute.name) {
                Some(field) => findings.extend(field.check(attribute)),
                None => findings.push(self.unknown(attribute)),
            }
        }
        let is_mapped = |field: &&FormField| settings.attributes.iter().any(|attribute| attribute.name == field.name);
        for field in self.fields.iter().filter(|field| field.required && !is_mapped(field)) {
            let said = said!(findings_handover::required_attribute(&field.name));
            findings.push(Finding::new(FindingCode::RequiredAttribute, "/mappings", said));
        }
        if !self.files {
            findings.push(Finding::new(FindingCode::FilesOff, "/deployment", said!(findings_handover::files_off())));
        }
        findings
    }

    fn unknown(&self, attribute: &Attribute) -> Finding {
        let said = match nearest(&attribute.name, self.fields.iter().map(|field| field.name.as_str())) {
            Some(near) => said!(findings_handover::misspelt_attribute(&attribute.name, near)),
            None => said!(findings_handover::unknown_attribute(&attribute.name)),
        };
        Finding::new(FindingCode::UnknownAttribute, child(&attribute.pointer, "attribute"), said)
    }

    /// Values as the form takes them: a text is cut, and what the form would refuse is left out.
    pub(super) fn fit(&self, settings: &HandoverSettings, attributes: &mut Map<String, Value>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for attribute in &settings.attributes {
            let Some(field) = self.fields.iter().find(|field| field.name == attribute.name) else { continue };
            let Some(text) = attributes.get(&attribute.name).and_then(Value::as_str) else { continue };
            let fitted = field.fit(text);
            if fitted.as_deref() == Some(text) {
                continue;
            }
            let (code, said) = match fitted {
                Some(text) => {
                    attributes.insert(attribute.name.clone(), text.into());
                    (FindingCode::ValueCut, said!(findings_handover::attribute_cut(&attribute.name)))
                }
                None => {
                    attributes.remove(&attribute.name);
                    (FindingCode::ValueLeftOut, said!(findings_handover::attribute_left_out(&attribute.name)))
                }
            };
            findings.push(Finding::new(code, attribute.pointer.clone(), said));
        }
        findings
    }
}

impl FormField {
    fn of_json(field: &Value, lists: &[Value]) -> Option<Self> {
        let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let is = |name| field.get(name).and_then(Value::as_bool).unwrap_or(false);
        let name = text(field, "name");
        let list_id = text(field, "choiceListId");
        let list = lists.iter().find(|list| !list_id.is_empty() && text(list, "choiceListId") == list_id);
        let choices = list.and_then(|list| list.get("choiceListValues")?.as_array());
        let choices = choices.into_iter().flatten().map(|choice| text(choice, "choiceListValueName"));
        // Salesforce's names are single words. What is none is not repeated in a finding, and no setting could name it.
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_name.then(|| Self {
            name,
            kind: text(field, "type"),
            required: is("required"),
            hidden: is("isHidden"),
            max_length: field
                .get("maxLength")
                .and_then(Value::as_u64)
                .and_then(|most| u32::try_from(most).ok())
                .filter(|most| *most > 0),
            choices: choices.take(MAX_FORM_CHOICES).collect(),
        })
    }

    fn limit(&self) -> Option<TextLimit> {
        let most = usize::try_from(self.max_length?).ok()?;
        Some(TextLimit { characters: Some(most), bytes: None })
    }

    /// As the form takes it.
    fn fit(&self, text: &str) -> Option<String> {
        if !self.choices.is_empty() {
            return self.choices.iter().any(|choice| choice == text).then(|| text.to_owned());
        }
        match self.limit() {
            Some(limit) if !limit.holds(text) => (self.kind == "Text").then(|| limit.start(text).to_owned()),
            _ => Some(text.to_owned()),
        }
    }

    /// What the author wrote is refused now, not in every conversation.
    fn check(&self, attribute: &Attribute) -> Option<Finding> {
        let Source::Constant(value) = &attribute.source else { return None };
        let text = Scalar::from_json(value).ok().flatten()?.to_text();
        if self.fit(&text).as_deref() == Some(&text) {
            return None;
        }
        let said = match self.max_length {
            Some(most) if self.choices.is_empty() => said!(findings_handover::constant_too_long(&self.name, most)),
            _ => said!(findings_handover::constant_not_a_choice(&self.name)),
        };
        Some(Finding::new(FindingCode::ConstantDoesNotFit, child(&attribute.pointer, "source"), said))
    }
}
