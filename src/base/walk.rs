//! Typed access to a JSON document that notes where it is and what it misses.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use crate::base::decimal::Decimal;
use crate::base::finding::Findings;
use crate::base::json::{Kind, extend};
use crate::base::keyword::Keyword;
use crate::base::{Finding, FindingCode, Said, nearest};
use crate::texts::{Setting, said};

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

/// What should stand in a place.
#[derive(Clone, Copy)]
pub(crate) enum Expected {
    Object,
    List,
    Text,
    Boolean,
    Count,
    Whole,
    /// Of `useToFindExisting`.
    KeyUse,
    /// Of `matchKeys`.
    KeyGroups,
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
        let mut pointer = String::new();
        self.spell(&mut pointer);
        pointer
    }

    fn spell(&self, pointer: &mut String) {
        if let Some(parent) = self.parent {
            parent.spell(pointer);
        }
        match self.step {
            Step::Root => {}
            Step::Key(key) => extend(pointer, key),
            Step::Index(index) => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
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
            let pointer = self.place.pointer();
            let of_whole = format!("/{key}");
            let setting = Setting(if pointer.is_empty() { &of_whole } else { key });
            walk.findings.push(Finding::new(
                FindingCode::MissingKey,
                pointer,
                said!(findings_document::missing_key(setting)),
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
    pub(crate) fn note(&mut self, code: FindingCode, node: &Node, said: Said) {
        self.findings.push(Finding::new(code, node.pointer(), said));
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
            let named = shortened(key);
            let said = match nearest(key, known.iter().copied()) {
                _ if others.contains(&key) => said!(findings_document::key_of_another_mode(&named)),
                Some(near) => said!(findings_document::misspelt_key(&named, near)),
                None => said!(findings_document::unknown_key(&named, &list(known))),
            };
            self.note(FindingCode::UnknownKey, &member, said);
        }
        Some(object)
    }

    /// An object whose keys are names.
    pub(crate) fn any_object<'a>(&mut self, node: &'a Node<'a>) -> Option<Object<'a>> {
        match node.value {
            Value::Object(map) if map.keys().any(|key| key.len() > MAX_KEY_LENGTH) => {
                self.note(FindingCode::UnknownKey, node, said!(findings_document::key_too_long(MAX_KEY_LENGTH)));
                None
            }
            Value::Object(map) => Some(Object { map, place: &node.place }),
            _ => self.wrong_type(node, Expected::Object),
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
            _ => self.wrong_type(node, Expected::List),
        }
    }

    pub(crate) fn text<'a>(&mut self, node: &Node<'a>) -> Option<&'a str> {
        match node.value {
            Value::String(text) => Some(text),
            _ => self.wrong_type(node, Expected::Text),
        }
    }

    pub(crate) fn boolean(&mut self, node: &Node) -> Option<bool> {
        match node.value {
            Value::Bool(value) => Some(*value),
            _ => self.wrong_type(node, Expected::Boolean),
        }
    }

    /// A whole number from 0 on, as large as the guest's memory counts: natively the same documents are right.
    pub(crate) fn count(&mut self, node: &Node) -> Option<usize> {
        match node.value.as_u64().and_then(|number| u32::try_from(number).ok()) {
            Some(number) => usize::try_from(number).ok(),
            None => self.wrong_type(node, Expected::Count),
        }
    }

    /// A whole number in a range that an author chooses from. `20.0` is one, as it is to JSON Schema.
    pub(crate) fn within(&mut self, node: &Node, range: RangeInclusive<u32>) -> Option<u32> {
        let (least, most) = range.into_inner();
        let number = node.value.as_number().and_then(|number| Decimal::parse(number.as_str()));
        let number = number.filter(|number| number.decimals() == 0).and_then(|number| number.to_string().parse().ok());
        match number.filter(|number| (least..=most).contains(number)) {
            Some(number) => Some(number),
            None if node.value.is_number() => {
                self.note(FindingCode::OutOfRange, node, said!(findings_document::out_of_range(least, most)));
                None
            }
            None => self.wrong_type(node, Expected::Whole),
        }
    }

    /// One of a few fixed texts.
    pub(crate) fn one_of<'k>(&mut self, node: &Node, known: &[&'k str]) -> Option<&'k str> {
        let text = self.text(node)?;
        let found = known.iter().copied().find(|known| *known == text);
        if found.is_none() {
            let possible = list(known);
            let said = match nearest(text, known.iter().copied()) {
                Some(near) => said!(findings_document::misspelt_value(near, &possible)),
                None => said!(findings_document::unknown_value(&possible)),
            };
            self.note(FindingCode::UnknownValue, node, said);
        }
        found
    }

    /// One of the words of an enum.
    pub(crate) fn word<T: Keyword>(&mut self, node: &Node) -> Option<T> {
        self.one_of(node, T::WORDS).and_then(T::of_word)
    }

    pub(crate) fn wrong_type<T>(&mut self, node: &Node, expected: Expected) -> Option<T> {
        let said = said!(findings_document::wrong_type(expected, Kind::of(node.value)));
        self.note(FindingCode::WrongType, node, said);
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
