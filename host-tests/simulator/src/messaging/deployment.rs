//! Embedded Service Deployments of the type Custom Client, as an admin has set them up, with their pre-chat forms.

use serde_json::{Value, json};

/// A deployment.
#[derive(Debug, PartialEq, Eq)]
pub struct Deployment {
    pub name: &'static str,
    pub published: bool,
    /// Whether visitors can be verified.
    pub verified: bool,
    /// Whether the pre-chat form is asked for each session, and not once for the conversation.
    pub per_session: bool,
    /// Whether visitors may send files.
    pub files: bool,
}

/// One question of the pre-chat form, by the Channel Variable Name of its parameter.
pub struct FormField {
    pub name: &'static str,
    kind: &'static str,
    pub required: bool,
    pub max_length: Option<usize>,
    hidden: bool,
    pub choices: &'static [&'static str],
}

const ENGINE: Deployment =
    Deployment { name: "Chat_Engine", published: true, verified: false, per_session: false, files: true };

static DEPLOYMENTS: [Deployment; 5] = [
    ENGINE,
    Deployment { name: "Chat_NoFiles", files: false, ..ENGINE },
    Deployment { name: "Chat_Unpublished", published: false, ..ENGINE },
    Deployment { name: "Chat_PerSession", per_session: true, ..ENGINE },
    Deployment { name: "Chat_Verified", verified: true, ..ENGINE },
];

/// The languages of the channel.
pub const LANGUAGES: [&str; 4] = ["en_US", "en", "de", "de_DE"];

const TOPICS: &str = "5f0e0000-0000-4000-9000-000000000001";

pub const FORM: [FormField; 6] = [
    field("_firstName", "Text", false, None),
    field("_lastName", "Text", true, None),
    field("_email", "Email", true, Some(80)),
    field("_subject", "Text", false, Some(255)),
    FormField { choices: &["Billing", "Shipping", "Other"], ..field("Topic", "ChoiceList", false, None) },
    FormField { hidden: true, ..field("Case_Id", "Text", false, None) },
];

const fn field(name: &'static str, kind: &'static str, required: bool, max_length: Option<usize>) -> FormField {
    FormField { name, kind, required, max_length, hidden: false, choices: &[] }
}

impl Deployment {
    pub fn of(name: &str) -> Option<&'static Deployment> {
        DEPLOYMENTS.iter().find(|deployment| deployment.name == name)
    }

    /// What a client is told of it with its token.
    pub fn configuration(&self, max_file_size: usize, now: i64) -> Value {
        json!({
            "timestamp": now,
            "embeddedServiceConfig": {
                "name": self.name,
                "deploymentType": "Api",
                "embeddedServiceMessagingChannel": {
                    "channelAddressIdentifier": channel(self.name),
                    "authMode": if self.verified { "Auth" } else { "UnAuth" },
                },
                "forms": [{
                    "formType": "PreChat",
                    "displayContext": if self.per_session { "Session" } else { "Conversation" },
                    "formFields": FORM.iter().enumerate().map(|(index, field)| field.to_json(index + 1)).collect::<Value>(),
                }],
                "choiceListConfig": { "choiceList": FORM.iter().filter_map(FormField::choice_list).collect::<Value>() },
                "attachments": { "endUserToAgent": self.files, "maxFileSize": max_file_size },
                "transcript": { "allowTranscriptDownload": false },
            },
        })
    }
}

/// The address of a deployment's channel, which events repeat.
pub fn channel(deployment: &str) -> String {
    format!("channel-{}", deployment.to_ascii_lowercase().replace('_', "-"))
}

impl FormField {
    fn to_json(&self, order: usize) -> Value {
        let mut field = json!({
            "name": self.name,
            "order": order,
            "type": self.kind,
            "required": self.required,
            "isHidden": self.hidden,
            "choiceListId": if self.choices.is_empty() { "" } else { TOPICS },
        });
        if let (Some(length), Some(members)) = (self.max_length, field.as_object_mut()) {
            members.insert("maxLength".into(), length.into());
        }
        field
    }

    fn choice_list(&self) -> Option<Value> {
        let values = self.choices.iter().enumerate().map(|(index, choice)| {
            json!({
                "choiceListValueName": choice,
                "choiceListValueId": format!("{TOPICS}-{index}"),
                "order": index,
                "isDefaultValue": false,
            })
        });
        let values: Value = values.collect();
        (!self.choices.is_empty()).then(|| json!({ "choiceListId": TOPICS, "choiceListValues": values }))
    }
}
