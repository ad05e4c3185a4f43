//! Date literals: the days that `LAST_WEEK` or `NEXT_N_MONTHS:3` stand for.
//!
//! Source: SOQL reference, "Date Formats and Date Literals". Days are those of UTC, weeks begin on Sunday as in the locale
//! `en_US`, and the fiscal year is the calendar year, as in a fresh org.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// A literal and its number, if it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    name: &'static str,
    count: i32,
}

/// Literals that stand alone.
const ALONE: &[&str] = &[
    "YESTERDAY",
    "TODAY",
    "TOMORROW",
    "LAST_WEEK",
    "THIS_WEEK",
    "NEXT_WEEK",
    "LAST_MONTH",
    "THIS_MONTH",
    "NEXT_MONTH",
    "LAST_90_DAYS",
    "NEXT_90_DAYS",
    "THIS_QUARTER",
    "LAST_QUARTER",
    "NEXT_QUARTER",
    "THIS_YEAR",
    "LAST_YEAR",
    "NEXT_YEAR",
    "THIS_FISCAL_QUARTER",
    "LAST_FISCAL_QUARTER",
    "NEXT_FISCAL_QUARTER",
    "THIS_FISCAL_YEAR",
    "LAST_FISCAL_YEAR",
    "NEXT_FISCAL_YEAR",
];

/// Literals with a number behind a colon.
const COUNTED: &[&str] = &[
    "LAST_N_DAYS",
    "NEXT_N_DAYS",
    "N_DAYS_AGO",
    "LAST_N_WEEKS",
    "NEXT_N_WEEKS",
    "N_WEEKS_AGO",
    "LAST_N_MONTHS",
    "NEXT_N_MONTHS",
    "N_MONTHS_AGO",
    "LAST_N_QUARTERS",
    "NEXT_N_QUARTERS",
    "N_QUARTERS_AGO",
    "LAST_N_YEARS",
    "NEXT_N_YEARS",
    "N_YEARS_AGO",
    "LAST_N_FISCAL_QUARTERS",
    "NEXT_N_FISCAL_QUARTERS",
    "N_FISCAL_QUARTERS_AGO",
    "LAST_N_FISCAL_YEARS",
    "NEXT_N_FISCAL_YEARS",
    "N_FISCAL_YEARS_AGO",
];

/// Whether a word is a literal that needs a number; `None` of any other word.
pub fn needs_count(word: &str) -> Option<bool> {
    let is_in = |list: &[&str]| list.iter().any(|name| word.eq_ignore_ascii_case(name));
    if is_in(ALONE) {
        return Some(false);
    }
    is_in(COUNTED).then_some(true)
}

impl Period {
    pub fn new(word: &str, count: Option<i32>) -> Option<Period> {
        let list = if count.is_some() { COUNTED } else { ALONE };
        let name = list.iter().find(|name| word.eq_ignore_ascii_case(name))?;
        Some(Period { name, count: count.unwrap_or(0) })
    }

    /// The first and the last day, both included.
    pub fn days(self, today: Date) -> Option<(Date, Date)> {
        let count = i64::from(self.count);
        let words: Vec<&str> = self.name.split('_').filter(|word| *word != "FISCAL").collect();
        let day = |offset: i64| today.checked_add(Span::new().try_days(offset).ok()?).ok();
        match words.as_slice() {
            ["YESTERDAY"] => Some((day(-1)?, day(-1)?)),
            ["TODAY"] => Some((today, today)),
            ["TOMORROW"] => Some((day(1)?, day(1)?)),
            ["LAST", "90", "DAYS"] => Some((day(-90)?, today)),
            ["NEXT", "90", "DAYS"] => Some((day(1)?, day(90)?)),
            // Today is the last of the last days.
            ["LAST", "N", "DAYS"] => Some((day(-count)?, today)),
            ["NEXT", "N", "DAYS"] => Some((day(1)?, day(count)?)),
            ["N", "DAYS", "AGO"] => Some((day(-count)?, day(-count)?)),
            ["LAST", unit] => spans(today, unit, -1, -1),
            ["THIS", unit] => spans(today, unit, 0, 0),
            ["NEXT", unit] => spans(today, unit, 1, 1),
            ["LAST", "N", units] => spans(today, units, -count, -1),
            ["NEXT", "N", units] => spans(today, units, 1, count),
            ["N", units, "AGO"] => spans(today, units, -count, -count),
            _ => None,
        }
    }
}

/// From the first day of one unit to the last day of another, counted from the one of today.
fn spans(today: Date, unit: &str, first: i64, last: i64) -> Option<(Date, Date)> {
    let start = |number: i64| -> Option<Date> {
        let (begin, span) = match unit.trim_end_matches('S') {
            "WEEK" => {
                let days = i64::from(today.weekday().to_sunday_zero_offset());
                (today.checked_sub(Span::new().try_days(days).ok()?).ok()?, Span::new().try_weeks(number).ok()?)
            }
            "MONTH" => (today.first_of_month(), Span::new().try_months(number).ok()?),
            "QUARTER" => {
                let month = (today.month() - 1) / 3 * 3 + 1;
                let begin = Date::new(today.year(), month, 1).ok()?;
                (begin, Span::new().try_months(number.checked_mul(3)?).ok()?)
            }
            _ => (today.first_of_year(), Span::new().try_years(number).ok()?),
        };
        begin.checked_add(span).ok()
    };
    Some((start(first)?, start(last.checked_add(1)?)?.checked_sub(1.day()).ok()?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn each_literal_stands_for_its_days() {
        // A Sunday.
        let today: Date = "2026-11-22".parse().unwrap();
        for (word, count, first, last) in [
            ("TODAY", None, "2026-11-22", "2026-11-22"),
            ("last_week", None, "2026-11-15", "2026-11-21"),
            ("THIS_WEEK", None, "2026-11-22", "2026-11-28"),
            ("LAST_MONTH", None, "2026-10-01", "2026-10-31"),
            ("NEXT_MONTH", None, "2026-12-01", "2026-12-31"),
            ("LAST_90_DAYS", None, "2026-08-24", "2026-11-22"),
            ("THIS_QUARTER", None, "2026-10-01", "2026-12-31"),
            ("LAST_QUARTER", None, "2026-07-01", "2026-09-30"),
            ("NEXT_FISCAL_QUARTER", None, "2027-01-01", "2027-03-31"),
            ("THIS_YEAR", None, "2026-01-01", "2026-12-31"),
            ("LAST_N_DAYS", Some(3), "2026-11-19", "2026-11-22"),
            ("NEXT_N_DAYS", Some(3), "2026-11-23", "2026-11-25"),
            ("N_DAYS_AGO", Some(3), "2026-11-19", "2026-11-19"),
            ("LAST_N_WEEKS", Some(2), "2026-11-08", "2026-11-21"),
            ("NEXT_N_MONTHS", Some(2), "2026-12-01", "2027-01-31"),
            ("N_YEARS_AGO", Some(1), "2025-01-01", "2025-12-31"),
            ("LAST_N_FISCAL_YEARS", Some(2), "2024-01-01", "2025-12-31"),
        ] {
            let days = Period::new(word, count).unwrap().days(today).unwrap();
            assert_eq!((days.0.to_string().as_str(), days.1.to_string().as_str()), (first, last), "{word}");
        }
        assert_eq!(Period::new("LAST_N_DAYS", None), None);
    }

    #[test]
    fn every_literal_has_days() {
        let today: Date = "2024-02-29".parse().unwrap();
        for (list, count) in [(ALONE, None), (COUNTED, Some(2))] {
            for word in list {
                let (first, last) = Period::new(word, count).unwrap().days(today).unwrap();
                assert!(first <= last, "{word}");
            }
        }
    }
}
