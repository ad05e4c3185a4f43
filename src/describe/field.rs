//! The value of a field → what its variable may be. The rules are those of `value::convert`, and a property test holds the
//! two against each other.

use serde_json::Value;

use super::pattern::{self, whole};
use super::shape::{Shape, keywords, scalars, types};
use crate::salesforce::{FieldFacts, FieldType};
use crate::settings::{Concept, Mapping, WhenBlank};
use crate::value::WhenTooLong;
use crate::value::convert::{Epoch, FALSE_WORDS, TRUE_WORDS};
use crate::wire::MAX_LITERAL_LENGTH;

/// Years 1700 to 4000, in seconds since 1970.
const EARLIEST: i64 = -8_520_336_000;
const AFTER_LATEST: i64 = 64_092_211_200;
/// Largest power of ten that every validator counts with exactly.
const EXACT_DIGITS: usize = 22;

/// What the variable of a mapping may be.
pub(super) fn value(mapping: &Mapping, facts: Option<&FieldFacts>) -> Shape {
    let blank = may_be_blank(mapping, facts);
    let unknown = FieldFacts::default();
    let shape = Field { mapping, facts: facts.unwrap_or(&unknown), blank }.shape();
    shape.required_if(mapping.when_blank == WhenBlank::Fail)
}

/// Whether a blank value is taken. One that is absent is another matter.
pub(super) fn may_be_blank(mapping: &Mapping, facts: Option<&FieldFacts>) -> bool {
    let facts = facts.filter(|_| mapping.field.relationship.is_none());
    match mapping.when_blank {
        WhenBlank::Skip => true,
        WhenBlank::Fail => false,
        // What an org demands is not emptied; a checkbox is unticked.
        WhenBlank::Clear => facts.is_none_or(|facts| !facts.required || facts.field_type == FieldType::Boolean),
    }
}

/// Most characters of a text in this field.
pub(super) fn longest(mapping: &Mapping, facts: &FieldFacts, when_too_long: WhenTooLong) -> Option<usize> {
    let limit = facts.limit();
    let of_field = [limit.characters, limit.bytes].into_iter().flatten().min();
    let of_field = of_field.filter(|_| when_too_long == WhenTooLong::Fail);
    let of_key = mapping.key.then_some(MAX_LITERAL_LENGTH);
    [of_field, of_key].into_iter().flatten().min()
}

/// A field, and what a mapping does with it.
pub(super) struct Field<'a> {
    pub(super) mapping: &'a Mapping,
    pub(super) facts: &'a FieldFacts,
    /// A blank value is taken.
    pub(super) blank: bool,
}

impl Field<'_> {
    fn shape(&self) -> Shape {
        let format = &self.mapping.format;
        match self.facts.field_type {
            FieldType::Unknown => match format.epoch {
                Some(epoch) => self.epoch(epoch),
                None if self.mapping.field.is_id() => self.id(),
                None => self.text(self.mapping.when_too_long()),
            },
            FieldType::Id | FieldType::Reference => self.id(),
            FieldType::Boolean => self.boolean(),
            FieldType::Int | FieldType::Double | FieldType::Currency | FieldType::Percent => self.number(),
            FieldType::Date => match format.epoch {
                Some(epoch) => self.epoch(epoch),
                None => {
                    let plain = format.locale.is_none() && format.zone.is_none();
                    self.of_text(&pattern::date(format), plain.then_some("date"), "2026-12-24")
                        .noted("a date such as 2026-12-24")
                }
            },
            FieldType::DateTime => match format.epoch {
                Some(epoch) => self.epoch(epoch),
                None => {
                    let plain = format.locale.is_none() && format.zone.is_none();
                    self.of_text(&pattern::datetime(format), plain.then_some("date-time"), "2026-12-24T18:30:00+01:00")
                        .noted("a point in time such as 2026-12-24T18:30:00+01:00")
                }
            },
            FieldType::Time => self.of_text(&pattern::time(format), None, "18:30").noted("a time of day such as 18:30"),
            FieldType::Picklist | FieldType::MultiPicklist => self.picklist(),
            FieldType::Email => {
                let shape = self.of_text(pattern::EMAIL, Some("email"), "anna@example.com");
                self.within(shape, longest(self.mapping, self.facts, WhenTooLong::Fail))
            }
            FieldType::String | FieldType::TextArea | FieldType::Phone | FieldType::Url => {
                self.text(self.mapping.when_too_long())
            }
        }
    }

    pub(super) fn text(&self, when_too_long: WhenTooLong) -> Shape {
        let pattern = if self.blank { pattern::WITHOUT_MARK } else { pattern::TEXT_WITHOUT_MARK };
        let longest = longest(self.mapping, self.facts, when_too_long);
        let sample = cut(sample_text(self.mapping.field.field.as_str()), longest.or(self.facts.length));
        let shape = Shape::new(scalars(pattern, pattern::WITHOUT_MARK, longest, self.blank), 1, sample);
        let limit = self.facts.limit();
        match (limit.bytes, when_too_long, limit.characters) {
            (Some(bytes), WhenTooLong::Fail, _) => shape.noted(format!("at most {bytes} bytes")),
            (_, WhenTooLong::Cut, Some(most)) => shape.noted(format!("cut to {most} characters")),
            _ => shape,
        }
    }

    /// A text of a form of its own.
    fn of_text(&self, content: &str, format: Option<&str>, sample: &str) -> Shape {
        let mut map =
            keywords([("type", types(&["string"], self.blank)), ("pattern", Value::from(whole(content, self.blank)))]);
        if let Some(format) = format {
            map.insert("format".to_owned(), Value::from(format));
        }
        Shape::new(map, 8, sample)
    }

    fn within(&self, mut shape: Shape, longest: Option<usize>) -> Shape {
        if let Some(most) = longest {
            shape.schema.insert("maxLength".to_owned(), most.into());
            if most < 16 {
                shape.sample = Value::from("a@b.de");
            }
        }
        shape
    }

    fn id(&self) -> Shape {
        // The id of no record: a model must not take it for one.
        self.of_text(pattern::ID, None, "000000000000000").noted("a Salesforce id of 15 or 18 characters")
    }

    fn boolean(&self) -> Shape {
        let mut content = String::new();
        for word in TRUE_WORDS.into_iter().chain(FALSE_WORDS) {
            if !content.is_empty() {
                content.push('|');
            }
            content.push_str(&pattern::in_any_case(word));
        }
        let map = keywords([
            ("type", types(&["boolean", "number", "string"], self.blank)),
            ("multipleOf", Value::from(1)),
            ("minimum", Value::from(0)),
            ("maximum", Value::from(1)),
            ("pattern", Value::from(whole(&content, self.blank))),
        ]);
        Shape::new(map, 7, true)
    }

    fn number(&self) -> Shape {
        let facts = self.facts;
        let cut = self.mapping.when_too_long() == WhenTooLong::Cut;
        let scale = match facts.field_type {
            FieldType::Int => Some(0),
            _ => facts.digits.map(|(_, scale)| scale),
        };
        let kept = scale.filter(|_| !cut);
        let content = pattern::number(facts, kept, self.mapping.format.locale);
        let mut map = keywords([
            ("type", types(&["number", "string"], self.blank)),
            ("pattern", Value::from(whole(&content, self.blank))),
        ]);
        if kept == Some(0) {
            // As "integer", which some validators deny to 2.0.
            map.insert("multipleOf".to_owned(), 1.into());
        }
        let most = facts.digits.map(|(precision, scale)| precision.saturating_sub(scale));
        if let Some(most) = most.filter(|most| *most <= EXACT_DIGITS) {
            let bound = |sign: &str| {
                let text = format!("{sign}1{}", "0".repeat(most));
                serde_json::from_str(&text).unwrap_or(Value::Null)
            };
            map.insert("exclusiveMinimum".to_owned(), bound("-"));
            map.insert("exclusiveMaximum".to_owned(), bound(""));
        }
        let sample = if most == Some(0) { 0 } else { 1 };
        let shape = Shape::new(map, 6, sample);
        match kept {
            Some(scale) if scale > 0 => shape.noted(format!("at most {scale} decimals")),
            _ => shape,
        }
    }

    fn epoch(&self, epoch: Epoch) -> Shape {
        let (content, factor, words, sample) = match epoch {
            Epoch::Seconds => (pattern::COUNT, 1, "seconds since 1970", 1_798_133_400_i64),
            Epoch::Milliseconds => (pattern::WHOLE_COUNT, 1000, "milliseconds since 1970", 1_798_133_400_000),
        };
        let mut map = keywords([
            ("type", types(&["number", "string"], self.blank)),
            ("minimum", Value::from(EARLIEST * factor)),
            ("exclusiveMaximum", Value::from(AFTER_LATEST * factor)),
            ("pattern", Value::from(whole(content, self.blank))),
        ]);
        if epoch == Epoch::Milliseconds {
            map.insert("multipleOf".to_owned(), 1.into());
        }
        Shape::new(map, 8, sample).noted(words)
    }
}

/// What people write there.
fn sample_text(field: &str) -> &'static str {
    match Concept::of(field) {
        Some(Concept::FirstName) => "Anna",
        Some(Concept::LastName) => "Berg",
        Some(Concept::FullName) => "Anna Berg",
        Some(Concept::Email) => "anna@example.com",
        Some(Concept::Phone) => "+49 30 1234567",
        Some(Concept::Company) => "Example Ltd",
        Some(Concept::Street) => "Hauptstr. 1",
        Some(Concept::City) => "Berlin",
        Some(Concept::PostalCode) => "10115",
        Some(Concept::Country) => "Germany",
        None => "Example",
    }
}

fn cut(text: &str, most: Option<usize>) -> String {
    text.chars().take(most.unwrap_or(usize::MAX)).collect::<String>().trim().to_owned()
}
