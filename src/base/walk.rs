//! Typed access to a JSON document that notes where it is and what it misses.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use crate::base::finding::Findings;
use crate::base::json::{child, kind};
use crate::base::keyword::Keyword;
use crate::base::{Finding, nearest};

/// Longer than any name that means something. Keys stand in pointers, and pointers in every finding below them.
const MAX_KEY_LENGTH: usize = 200;

/// A value and its place in the document. The place is only spelt out as a pointer where a finding needs it.
pub(crate) struct Node<'a> {
    pub value: &'a Value,
    place: Place<'a>,
}

/// An object whose keys are all known.
pub(crate) struct Object<'a> {
    map: &'a Map<String, Value>,
    place: &'a Place<'a>,
}

#[derive(Clone, Copy)]
struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

/// Collects the findings of a walk through the document.
#[derive(Default)]
pub(crate) struct Walk {
    pub findings: Findings,
}

impl<'a> Node<'a> {
    pub(crate) fn root(value: &'a Value) -> Self {
        Self { value, place: Place { parent: None, step: Step::Root } }
    }

    /// The member `key`, or this node where there is none: a place to point at.
    pub(crate) fn child<'n>(&'n self, key: &'n str) -> Node<'n> {
        match self.value.get(key) {
            Some(value) => Node { value, place: self.place.below(Step::Key(key)) },
            None => Node { value: self.value, place: self.place },
        }
    }

    /// JSON pointer (RFC 6901).
    pub(crate) fn pointer(&self) -> String {
        self.place.pointer()
    }
}

impl<'a> Place<'a> {
    fn below(&'a self, step: Step<'a>) -> Self {
        Self { parent: Some(self), step }
    }

    fn pointer(&self) -> String {
        let above = self.parent.map(Place::pointer).unwrap_or_default();
        match self.step {
            Step::Root => above,
            Step::Key(key) => child(&above, key),
            Step::Index(index) => format!("{above}/{index}"),
        }
    }
}

impl<'a> Object<'a> {
    pub(crate) fn get(&self, key: &'a str) -> Option<Node<'a>> {
        self.map.get(key).map(|value| Node { value, place: self.place.below(Step::Key(key)) })
    }

    pub(crate) fn require(&self, walk: &mut Walk, key: &'a str) -> Option<Node<'a>> {
        let node = self.get(key);
        if node.is_none() {
            walk.findings.push(Finding::error(
                "missing-key",
                self.place.pointer(),
                format!("The key `{key}` is missing."),
                format!("Add `{key}`."),
            ));
        }
        node
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'a str, Node<'a>)> + use<'a> {
        let place = self.place;
        self.map.iter().map(move |(key, value)| (key.as_str(), Node { value, place: place.below(Step::Key(key)) }))
    }
}

impl Walk {
    pub(crate) fn error(
        &mut self,
        code: &'static str,
        node: &Node,
        message: impl Into<Cow<'static, str>>,
        remedy: impl Into<Cow<'static, str>>,
    ) {
        self.findings.push(Finding::error(code, node.pointer(), message, remedy));
    }

    pub(crate) fn warning(
        &mut self,
        code: &'static str,
        node: &Node,
        message: impl Into<Cow<'static, str>>,
        remedy: &'static str,
    ) {
        self.findings.push(Finding::warning(code, node.pointer(), message, remedy));
    }

    /// An object with no other keys than `known`.
    pub(crate) fn object<'a>(&mut self, node: &'a Node<'a>, known: &[&str]) -> Option<Object<'a>> {
        self.object_beside(node, known, &[])
    }

    /// The same, where another mode knows other keys.
    pub(crate) fn object_beside<'a>(
        &mut self,
        node: &'a Node<'a>,
        known: &[&str],
        others: &[&str],
    ) -> Option<Object<'a>> {
        let object = self.any_object(node)?;
        for (key, member) in object.entries().filter(|(key, _)| !known.contains(key)) {
            if self.findings.is_full() {
                break;
            }
            let remedy = match nearest(key, known.iter().copied()) {
                _ if others.contains(&key) => "It belongs to another mode: remove it, or change `mode`.".to_owned(),
                Some(name) => format!("Did you mean `{name}`?"),
                None => format!("Remove it. Known here: {}.", list(known)),
            };
            self.error("unknown-key", &member, format!("There is no setting `{}` here.", shortened(key)), remedy);
        }
        Some(object)
    }

    /// An object whose keys are names.
    pub(crate) fn any_object<'a>(&mut self, node: &'a Node<'a>) -> Option<Object<'a>> {
        match node.value {
            Value::Object(map) if map.keys().any(|key| key.len() > MAX_KEY_LENGTH) => {
                let message = format!("A key here is longer than {MAX_KEY_LENGTH} bytes.");
                self.error("unknown-key", node, message, "Remove it.");
                None
            }
            Value::Object(map) => Some(Object { map, place: &node.place }),
            _ => self.wrong_type(node, "an object"),
        }
    }

    pub(crate) fn list<'a>(&mut self, node: &'a Node<'a>) -> Option<Vec<Node<'a>>> {
        match node.value {
            Value::Array(items) => Some(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, value)| Node { value, place: node.place.below(Step::Index(index)) })
                    .collect(),
            ),
            _ => self.wrong_type(node, "a list"),
        }
    }

    pub(crate) fn text<'a>(&mut self, node: &Node<'a>) -> Option<&'a str> {
        match node.value {
            Value::String(text) => Some(text),
            _ => self.wrong_type(node, "a text"),
        }
    }

    pub(crate) fn boolean(&mut self, node: &Node) -> Option<bool> {
        match node.value {
            Value::Bool(value) => Some(*value),
            _ => self.wrong_type(node, "true or false, without quotes"),
        }
    }

    /// A whole number from 0 on, as large as the guest's memory counts: natively the same documents are right.
    pub(crate) fn count(&mut self, node: &Node) -> Option<usize> {
        match node.value.as_u64().and_then(|number| u32::try_from(number).ok()) {
            Some(number) => usize::try_from(number).ok(),
            None => self.wrong_type(node, "a whole number from 0 on"),
        }
    }

    /// A whole number in a range that an author chooses from.
    pub(crate) fn within(&mut self, node: &Node, range: RangeInclusive<u32>) -> Option<u32> {
        let (least, most) = range.into_inner();
        let number = node.value.as_u64().and_then(|number| u32::try_from(number).ok());
        match number.filter(|number| (least..=most).contains(number)) {
            Some(number) => Some(number),
            None if node.value.is_number() => {
                self.error(
                    "out-of-range",
                    node,
                    "This number is not one of the possible ones.",
                    format!("Use a whole number from {least} to {most}."),
                );
                None
            }
            None => self.wrong_type(node, "a whole number"),
        }
    }

    /// One of a few fixed texts.
    pub(crate) fn one_of<'k>(&mut self, node: &Node, known: &[&'k str]) -> Option<&'k str> {
        let text = self.text(node)?;
        let found = known.iter().copied().find(|known| *known == text);
        if found.is_none() {
            let remedy = match nearest(text, known.iter().copied()) {
                Some(name) => format!("Did you mean \"{name}\"? Possible: {}.", list(known)),
                None => format!("Possible: {}.", list(known)),
            };
            self.error("unknown-value", node, "This value is not one of the possible ones.", remedy);
        }
        found
    }

    /// One of the words of an enum.
    pub(crate) fn word<T: Keyword>(&mut self, node: &Node) -> Option<T> {
        let word = self.one_of(node, T::WORDS)?;
        let at = T::WORDS.iter().position(|known| *known == word)?;
        T::VARIANTS.get(at).copied()
    }

    pub(crate) fn wrong_type<T>(&mut self, node: &Node, expected: &str) -> Option<T> {
        let found = kind(node.value);
        self.error(
            "wrong-type",
            node,
            format!("Expected {expected}, found {found}."),
            format!("Replace it by {expected}."),
        );
        None
    }
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// Keys are the author's own text, but a message stays readable.
fn shortened(key: &str) -> String {
    const LONGEST: usize = 60;
    if key.chars().count() <= LONGEST {
        return key.to_owned();
    }
    key.chars().take(LONGEST).chain(std::iter::once('…')).collect()
}
