//! How people write numbers and dates in their country. Source: Unicode CLDR, number symbols and short date patterns.

/// The order of the parts of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateOrder {
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
    /// Which of day and month comes first depends on the country, and the locale names none.
    DayOrMonthFirst,
}

/// A language, with a country where that makes a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locale {
    name: &'static str,
    /// Between a number's whole part and its decimals.
    pub decimal: char,
    /// What may stand between thousands.
    pub groups: &'static [char],
    pub(crate) order: DateOrder,
    pub(crate) separator: char,
}

/// Blanks that do not break lines, as word processors write them, and the one of the keyboard.
const SPACES: &[char] = &[' ', '\u{a0}', '\u{202f}'];
const APOSTROPHES: &[char] = &['\'', '’'];

use DateOrder::{DayMonthYear as Dmy, DayOrMonthFirst, MonthDayYear as Mdy, YearMonthDay as Ymd};

const LOCALES: [Locale; 31] = [
    locale("cs", ',', SPACES, Dmy, '.'),
    locale("da", ',', &['.'], Dmy, '.'),
    locale("de", ',', &['.'], Dmy, '.'),
    locale("de-AT", ',', &['.', ' ', '\u{a0}'], Dmy, '.'),
    locale("de-CH", '.', APOSTROPHES, Dmy, '.'),
    locale("de-DE", ',', &['.'], Dmy, '.'),
    locale("en", '.', &[','], DayOrMonthFirst, '/'),
    locale("en-AU", '.', &[','], Dmy, '/'),
    locale("en-GB", '.', &[','], Dmy, '/'),
    locale("en-IE", '.', &[','], Dmy, '/'),
    locale("en-US", '.', &[','], Mdy, '/'),
    locale("es", ',', &['.'], Dmy, '/'),
    locale("es-ES", ',', &['.'], Dmy, '/'),
    locale("es-MX", '.', &[','], Dmy, '/'),
    locale("fi", ',', SPACES, Dmy, '.'),
    locale("fr", ',', SPACES, Dmy, '/'),
    locale("fr-FR", ',', SPACES, Dmy, '/'),
    locale("hu", ',', SPACES, Ymd, '.'),
    locale("it", ',', &['.'], Dmy, '/'),
    locale("it-IT", ',', &['.'], Dmy, '/'),
    locale("ja", '.', &[','], Ymd, '/'),
    locale("nb", ',', SPACES, Dmy, '.'),
    locale("nl", ',', &['.'], Dmy, '-'),
    locale("nl-NL", ',', &['.'], Dmy, '-'),
    locale("pl", ',', SPACES, Dmy, '.'),
    locale("pt", ',', &['.'], Dmy, '/'),
    locale("pt-BR", ',', &['.'], Dmy, '/'),
    locale("ro", ',', &['.'], Dmy, '.'),
    locale("sk", ',', SPACES, Dmy, '.'),
    locale("sv", ',', SPACES, Ymd, '-'),
    locale("tr", ',', &['.'], Dmy, '.'),
];

const fn locale(
    name: &'static str,
    decimal: char,
    groups: &'static [char],
    order: DateOrder,
    separator: char,
) -> Locale {
    Locale { name, decimal, groups, order, separator }
}

impl Locale {
    /// What the settings' `locale` takes, in the order of the alphabet.
    pub const NAMES: [&'static str; LOCALES.len()] = {
        let mut names = [""; LOCALES.len()];
        let mut at = 0;
        #[allow(clippy::indexing_slicing)] // At compile time, and bounded by the line above.
        while at < names.len() {
            names[at] = LOCALES[at].name;
            at += 1;
        }
        names
    };

    /// By exactly one of [`Locale::NAMES`], case and all; `None` for any other.
    pub fn parse(name: &str) -> Option<Self> {
        LOCALES.iter().find(|locale| locale.name == name).copied()
    }

    pub(crate) fn is_english(&self) -> bool {
        self.name.starts_with("en")
    }

    pub(crate) fn is_german(&self) -> bool {
        self.name.starts_with("de")
    }

    /// A date of this locale, for the sentence that says what is expected.
    pub fn example_date(&self) -> String {
        let s = self.separator;
        match self.order {
            Dmy => format!("24{s}12{s}2026"),
            Mdy | DayOrMonthFirst => format!("12{s}24{s}2026"),
            Ymd => format!("2026{s}12{s}24"),
        }
    }
}
