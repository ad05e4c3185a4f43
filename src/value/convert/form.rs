//! What a field takes, where a value is in none of the forms that it takes.

use super::temporal::{Temporal, YEARS};
use super::{Epoch, LocalTimeError};
use crate::base::Words;
use crate::salesforce::FieldPath;
use crate::texts::text;

/// What a field takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A word that ticks a checkbox, or unticks it.
    Boolean,
    /// An e-mail address.
    Email,
    /// A record's id.
    Id,
    /// A number.
    Number {
        /// As the locale writes it.
        example: String,
        /// The most before and behind the decimal point, where they are known.
        digits: Option<(usize, usize)>,
        /// With a locale, it takes other forms.
        needs_locale: bool,
    },
    /// A number without decimals, whatever its length.
    WholeNumber,
    /// A date.
    Date(Moment),
    /// A point in time.
    DateTime(Moment),
    /// A time of day.
    Time,
    /// A date, and a point in time was given without a zone.
    DayOfInstant,
    /// A point in time, and a local one was given without a zone.
    LocalTime,
    /// A point in time, and this local one is none, or is two.
    Unclear(LocalTimeError),
    /// A count since 1970.
    Count(Epoch),
}

/// The forms of a date or a point in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// An example in the locale's form; `None` without a locale.
    pub local: Option<String>,
    /// The value may be a count since 1970.
    pub may_be_a_count: bool,
}

impl Form {
    /// What `field` takes.
    pub(super) fn words(&self, field: &FieldPath) -> Words {
        match self {
            Self::Boolean => text!(values::boolean(field)),
            Self::Email => text!(values::email(field)),
            Self::Id => text!(values::id(field)),
            Self::Number { example, digits, needs_locale } => {
                let number = text!(values::number(field, example, *digits));
                if *needs_locale { number.then(&text!(values::OTHER_FORMS)) } else { number }
            }
            Self::WholeNumber => text!(values::whole_number(field)),
            Self::Date(moment) => moment.hints(text!(values::date(field, moment.example()))),
            Self::DateTime(moment) => moment.hints(text!(values::datetime(field, moment.example()))),
            Self::Time => text!(values::time(field)),
            Self::DayOfInstant => text!(values::day_of_instant(field)),
            Self::LocalTime => text!(values::local_time(field)),
            Self::Unclear(LocalTimeError::Skipped) => text!(values::skipped_time(field)),
            Self::Unclear(LocalTimeError::Twice) => text!(values::time_shown_twice(field)),
            Self::Unclear(LocalTimeError::BeforeRule { since }) => {
                text!(values::time_before(field, &Temporal::Date(*since)))
            }
            Self::Unclear(LocalTimeError::OutOfRange) => {
                text!(values::out_of_range(field, *YEARS.start(), *YEARS.end()))
            }
            Self::Count(Epoch::Seconds) => text!(values::seconds(field)),
            Self::Count(Epoch::Milliseconds) => text!(values::milliseconds(field)),
        }
    }

    /// What a visitor is asked for, in the chat's words.
    pub(super) fn asked(&self) -> Words {
        match self {
            Self::Boolean => text!(visitor::YES_OR_NO),
            Self::Email => text!(visitor::EMAIL),
            Self::Number { example, digits, .. } => text!(visitor::number(example, *digits)),
            Self::WholeNumber => text!(visitor::WHOLE_NUMBER),
            Self::Date(moment) => text!(visitor::date(moment.local.as_deref().unwrap_or("2026-12-24"))),
            Self::DateTime(moment) => {
                text!(visitor::datetime(moment.local.as_deref().unwrap_or("2026-12-24T18:30:00+01:00")))
            }
            Self::Time => text!(visitor::TIME),
            Self::Unclear(LocalTimeError::Skipped | LocalTimeError::Twice) => text!(visitor::OTHER_TIME),
            Self::Id | Self::DayOfInstant | Self::LocalTime | Self::Unclear(_) | Self::Count(_) => {
                text!(visitor::CHECK)
            }
        }
    }
}

impl Moment {
    fn example(&self) -> &str {
        self.local.as_deref().unwrap_or_default()
    }

    /// What else would be taken, with another setting.
    fn hints(&self, words: Words) -> Words {
        let words = match self.local {
            None => words.then(&text!(values::OTHER_FORMS)),
            Some(_) => words,
        };
        if self.may_be_a_count { words.then(&text!(values::MAY_BE_A_COUNT)) } else { words }
    }
}
