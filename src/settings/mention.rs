//! Where settings name variables of the flow.
//!
//! What a preset looks for is not among them where a flow is checked: it takes what is there.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::request::{Parameter, Resource, Site};
use super::smell::Smell;
use super::{
    Attachment, Attribute, FileSource, HandoverSettings, Mapping, RecordSettings, Records, RequestSettings, Settings,
    Source, Work,
};
use crate::base::Words;
use crate::base::json::child;
use crate::texts::text;
use crate::value::Template;

/// A variable, and one place of the settings that takes it.
pub(crate) struct Mention<'a> {
    pub(crate) variable: Cow<'a, str>,
    pub(crate) at: At<'a>,
}

/// What takes a variable.
pub(crate) enum At<'a> {
    /// A field, the whole value.
    Value(&'a RecordSettings, &'a Mapping),
    /// A field, as a part of a text.
    Part(&'a RecordSettings, &'a Mapping, &'a Template),
    /// A field, as a conversation.
    Transcript(&'a RecordSettings, &'a Mapping),
    /// A file, or a conversation that becomes one.
    File(&'a RecordSettings, &'a Attachment),
    Idempotency(&'a RecordSettings),
    /// Of `api-request`: what stands between two slashes of the path.
    Segment(&'a Template),
    Parameter(&'a Parameter),
    Body {
        pointer: String,
        site: Site,
    },
    /// Of `handover`: a channel variable.
    Attribute(&'a Attribute),
    /// Of `handover`: what opens the chat once.
    ChatKey,
    /// Of `handover`: the conversation so far.
    ChatTranscript,
}

impl Settings {
    /// Each variable wherever the settings name it, in their order.
    pub(crate) fn mentions(&self) -> Vec<Mention<'_>> {
        match &self.work {
            Work::Write(records) | Work::Read(records) => records.mentions(),
            Work::Request(request) => request.mentions(),
        }
    }
}

impl Records {
    /// Each variable wherever the records name it, in their order.
    pub(crate) fn mentions(&self) -> Vec<Mention<'_>> {
        let mut mentions = Vec::new();
        for record in &self.records {
            record.mention(&mut mentions);
            for attachment in record.attachments() {
                let variable = Cow::Borrowed(attachment.source.variable());
                mentions.push(Mention { variable, at: At::File(record, attachment) });
            }
            if let Some(idempotency) = record.idempotency() {
                mentions.push(Mention { variable: Cow::Borrowed(&idempotency.variable), at: At::Idempotency(record) });
            }
        }
        mentions
    }
}

impl RecordSettings {
    /// What its mappings name.
    pub(crate) fn mention<'a>(&'a self, mentions: &mut Vec<Mention<'a>>) {
        for mapping in &self.mappings {
            self.mention_source(mapping, &mapping.source, mentions);
        }
    }

    fn mention_source<'a>(&'a self, mapping: &'a Mapping, source: &'a Source, mentions: &mut Vec<Mention<'a>>) {
        match source {
            Source::Variable(name) => {
                mentions.push(Mention { variable: Cow::Borrowed(name), at: At::Value(self, mapping) });
            }
            Source::Template(template) => {
                for name in distinct(template) {
                    let at = At::Part(self, mapping, template);
                    mentions.push(Mention { variable: Cow::Borrowed(name), at });
                }
            }
            Source::Transcript(name) => {
                mentions.push(Mention { variable: Cow::Borrowed(name), at: At::Transcript(self, mapping) });
            }
            Source::FirstOf(sources) => {
                for source in sources {
                    self.mention_source(mapping, source, mentions);
                }
            }
            Source::Constant(_) | Source::Record(_) => {}
        }
    }
}

impl RequestSettings {
    /// Each variable wherever the request names it.
    pub(crate) fn mentions(&self) -> Vec<Mention<'_>> {
        let mut mentions = Vec::new();
        self.mention(&mut mentions);
        mentions
    }

    fn mention<'a>(&'a self, mentions: &mut Vec<Mention<'a>>) {
        for segment in &self.segments {
            for name in distinct(segment) {
                mentions.push(Mention { variable: Cow::Borrowed(name), at: At::Segment(segment) });
            }
        }
        for parameter in &self.query {
            for name in distinct(&parameter.template) {
                mentions.push(Mention { variable: Cow::Borrowed(name), at: At::Parameter(parameter) });
            }
        }
        if let Some(body) = &self.body {
            let resource = Resource::of(&self.segments);
            Body { resource, mentions }.walk(body, "/body", Site::Text, true);
        }
    }
}

impl HandoverSettings {
    /// Each variable wherever the settings name it.
    pub(crate) fn mentions(&self) -> Vec<Mention<'_>> {
        let mut mentions = Vec::new();
        for attribute in &self.attributes {
            for name in attribute.source.variables() {
                mentions.push(Mention { variable: Cow::Borrowed(name), at: At::Attribute(attribute) });
            }
        }
        let others = self.transcript.iter().map(|name| (name, At::ChatTranscript));
        for (name, at) in others.chain([(&self.idempotency, At::ChatKey)]) {
            mentions.push(Mention { variable: Cow::Borrowed(name), at });
        }
        mentions
    }
}

/// The variables of a body, whose texts are templates.
struct Body<'m, 'a> {
    resource: Resource,
    mentions: &'m mut Vec<Mention<'a>>,
}

impl Body<'_, '_> {
    fn walk(&mut self, value: &Value, pointer: &str, site: Site, top: bool) {
        match value {
            Value::String(text) if site != Site::Verbatim => {
                // It was read before, and is right.
                let Ok(template) = Template::parse_any(text) else { return };
                for name in distinct(&template) {
                    let at = At::Body { pointer: pointer.to_owned(), site };
                    self.mentions.push(Mention { variable: Cow::Owned(name.to_owned()), at });
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.walk(item, &format!("{pointer}/{index}"), site, false);
                }
            }
            Value::Object(members) => {
                for (key, member) in members {
                    let below = self.resource.member(site, key, top);
                    self.walk(member, &child(pointer, key), below, false);
                }
            }
            _ => {}
        }
    }
}

/// Each variable of a template once. A template can have a hundred thousand.
pub(super) fn distinct(template: &Template) -> Vec<&str> {
    let mut names = Vec::new();
    let mut seen = Map::new();
    for name in template.variables() {
        if seen.insert(name.to_owned(), Value::Null).is_none() {
            names.push(name);
        }
    }
    names
}

impl At<'_> {
    /// JSON pointer of the place.
    pub(crate) fn pointer(&self) -> String {
        let source = |pointer: &str, kind: &str| format!("{pointer}/source/{kind}");
        match self {
            Self::Value(_, mapping) => source(&mapping.pointer, "variable"),
            Self::Part(_, mapping, _) => source(&mapping.pointer, "template"),
            Self::Transcript(_, mapping) => source(&mapping.pointer, "transcript"),
            Self::File(_, attachment) => match attachment.source {
                FileSource::Variable(_) => source(&attachment.pointer, "file"),
                FileSource::Transcript(_) => source(&attachment.pointer, "transcript"),
            },
            Self::Idempotency(record) => child(&record.place("idempotency"), "variable"),
            Self::Segment(_) => "/path".to_owned(),
            Self::Parameter(parameter) => child("/query", &parameter.name),
            Self::Body { pointer, .. } => pointer.clone(),
            Self::Attribute(attribute) => match attribute.source {
                Source::Template(_) => source(&attribute.pointer, "template"),
                _ => source(&attribute.pointer, "variable"),
            },
            Self::ChatKey => "/idempotency/variable".to_owned(),
            Self::ChatTranscript => "/transcript/variable".to_owned(),
        }
    }

    /// What gets the value, to follow "for".
    pub(crate) fn words(&self) -> Words {
        match self {
            Self::Value(record, mapping) | Self::Part(record, mapping, _) | Self::Transcript(record, mapping) => {
                text!(findings_flow::field(&mapping.field, &record.name))
            }
            Self::File(record, _) => text!(findings_flow::file(&record.name)),
            Self::Idempotency(record) => text!(findings_flow::idempotency_key(&record.name)),
            Self::Segment(_)
            | Self::Parameter(_)
            | Self::Body { .. }
            | Self::Attribute(_)
            | Self::ChatKey
            | Self::ChatTranscript => {
                text!(findings_flow::part(&self.pointer()))
            }
        }
    }

    /// Whether an existing record is found by it.
    pub(crate) fn is_key(&self) -> bool {
        match self {
            Self::Value(_, mapping) | Self::Part(_, mapping, _) => mapping.key,
            Self::Idempotency(_) | Self::ChatKey => true,
            _ => false,
        }
    }

    /// Whether a preset looks for it.
    pub(crate) fn is_of_preset(&self) -> bool {
        match self {
            Self::Value(_, mapping) | Self::Part(_, mapping, _) => mapping.completes,
            _ => false,
        }
    }

    /// Whether the author knows about it.
    pub(crate) fn is_silenced(&self, smell: Smell) -> bool {
        match self {
            Self::Value(_, mapping) | Self::Part(_, mapping, _) | Self::Transcript(_, mapping) => {
                mapping.silenced.contains(&smell)
            }
            Self::File(_, attachment) => attachment.silenced.contains(&smell),
            Self::Attribute(attribute) => attribute.silenced.contains(&smell),
            _ => false,
        }
    }
}
