//! The same of a hand-over: what `handover.start` takes, and what its answers give back.

use serde_json::Value;

use super::given::{any_scalars, conversation};
use super::name::plain;
use super::pattern;
use super::shape::{Shape, keywords, types};
use super::{Described, Tool, results};
use crate::base::text;
use crate::settings::mention::At;
use crate::settings::{HandoverSettings, Source};
use crate::value::Variables;

/// Describes settings of a hand-over. Takes no request: what it knows is what the author wrote.
pub fn describe(settings: &HandoverSettings) -> Tool {
    let mut variables = Described::default();
    for mention in settings.mentions() {
        let shape = shape(&mention.at);
        let words = match shape.note.is_empty() {
            true => words(&mention.at),
            false => format!("{}; {}", words(&mention.at), shape.note),
        };
        variables.put(mention.variable.as_ref(), shape, words);
    }
    let example = variables.example();
    let examples = if Variables::parse(&text(&example)).is_ok() { vec![example] } else { Vec::new() };
    let named = settings.title.as_deref().map(plain).filter(|name| !name.is_empty());
    Tool {
        name: named.unwrap_or_else(|| plain(&format!("hand over to {}", settings.deployment))),
        title: settings.title.clone(),
        description: settings.description.clone().unwrap_or_else(|| {
            format!("Hands the conversation over to a person in Salesforce (deployment {}).", settings.deployment)
        }),
        variables: variables.into_schema(settings.title.as_deref()),
        results: results::of_handover(settings),
        examples,
    }
}

/// What a place of the settings takes.
pub(super) fn shape(at: &At) -> Shape {
    match at {
        At::Attribute(attribute) => {
            // With several variables, one of them is enough.
            let is_alone = match &attribute.source {
                Source::Template(_) => attribute.source.variables().len() == 1,
                _ => true,
            };
            let required = attribute.must_be_there && is_alone;
            Shape::new(any_scalars(!required), 1, "Example").required_if(required)
        }
        At::ChatTranscript => conversation(true, None),
        _ => {
            let map = keywords([
                ("type", types(&["string", "number"], false)),
                ("pattern", Value::from(pattern::TEXT)),
                ("maxLength", Value::from(255)),
            ]);
            let note = "another text for each conversation and step";
            Shape::new(map, 9, "conversation-1-step-1").required_if(true).noted(note)
        }
    }
}

/// What the variable is for.
pub(super) fn words(at: &At) -> String {
    match at {
        At::Attribute(attribute) => attribute.name.clone(),
        At::ChatTranscript => "the first message of the chat".to_owned(),
        _ => "keeps the chat from being opened twice".to_owned(),
    }
}
