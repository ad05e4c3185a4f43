//! Reads dates and times as people and Salesforce write them, without guessing.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use crate::value::Format;
use crate::value::convert::locale::DateOrder;

/// Years that Salesforce stores. Source: SOAP API guide, "Date Field Type".
pub(in crate::value::convert) const YEARS: std::ops::RangeInclusive<i16> = 1700..=4000;

/// Reads a whole text.
pub(super) fn read<'a, T>(text: &'a str, parse: impl Fn(&mut Cursor<'a>) -> Option<T>) -> Option<T> {
    let mut cursor = Cursor(text.trim());
    parse(&mut cursor).filter(|_| cursor.0.is_empty())
}

/// What a text says of a moment.
pub(super) struct Moment {
    pub date: Date,
    pub time: Option<Time>,
    pub offset: Option<Offset>,
}

impl Moment {
    pub(super) fn local(&self) -> Option<DateTime> {
        self.time.map(|time| self.date.to_datetime(time))
    }
}

/// The rest of a text.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a>(&'a str);

impl Cursor<'_> {
    pub(super) fn datetime(&mut self, format: &Format) -> Option<Moment> {
        let date = self.or(Self::iso_date, |c| c.or(|c| c.local_date(format), Self::year_first))?;
        if self.0.is_empty() {
            return Some(Moment { date, time: None, offset: None });
        }
        if !self.eat('T') {
            self.eat(',');
            self.spaces();
        }
        let time = self.time(format)?;
        // Salesforce stores seconds: with more, a key would find no record and a value would never equal the stored one.
        let time = Time::new(time.hour(), time.minute(), time.second(), 0).ok()?;
        let offset = if self.0.is_empty() { None } else { Some(self.offset()?) };
        Some(Moment { date, time: Some(time), offset })
    }

    pub(super) fn iso_date(&mut self) -> Option<Date> {
        let year = self.number(4, 4)?;
        let month = self.after('-')?.number(2, 2)?;
        let day = self.after('-')?.number(2, 2)?;
        date_of(year, month, day)
    }

    /// `2026/12/24` or `2026.12.24`: month and day follow the year in this order wherever it comes first, so that no locale
    /// is needed.
    fn year_first(&mut self) -> Option<Date> {
        let year = self.number(4, 4)?;
        let separator = if self.eat('/') { '/' } else { self.after('.').map(|_| '.')? };
        let month = self.number(1, 2)?;
        let day = self.after(separator)?.number(1, 2)?;
        date_of(year, month, day)
    }

    /// The locale's order of day, month and year; the year with four digits, since two are a guess.
    fn local_date(&mut self, format: &Format) -> Option<Date> {
        let locale = format.locale?;
        let next = |c: &mut Self, most| {
            c.after(locale.separator)?.spaces();
            c.number(if most == 4 { 4 } else { 1 }, most)
        };
        if locale.order == DateOrder::YearMonthDay {
            let (year, month, day) = (self.number(4, 4)?, next(self, 2)?, next(self, 2)?);
            self.eat(locale.separator);
            return date_of(year, month, day);
        }
        let (first, second, year) = (self.number(1, 2)?, next(self, 2)?, next(self, 4)?);
        match locale.order {
            DateOrder::MonthDayYear => date_of(year, first, second),
            DateOrder::DayMonthYear => date_of(year, second, first),
            _ if first > 12 || first == second => date_of(year, second, first),
            _ if second > 12 => date_of(year, first, second),
            // The third of April, or the fourth of March: the text does not say.
            _ => None,
        }
    }

    pub(super) fn iso_time(&mut self) -> Option<Time> {
        let time = self.time(&Format::default())?;
        self.eat('Z');
        Some(time)
    }

    /// `18:30`, `18:30:00.000`, in English also `6:30 pm`, in German also `18:30 Uhr`.
    pub(super) fn time(&mut self, format: &Format) -> Option<Time> {
        let mut hour = self.number(1, 2)?;
        let minute = if self.eat(':') { Some(self.number(2, 2)?) } else { None };
        let second = if minute.is_some() && self.eat(':') { Some(self.number(2, 2)?) } else { None };
        // The end of `18:30.45` may be seconds or a fraction of the minute.
        let millis = if second.is_some() && self.eat('.') { self.fraction()? } else { 0 };
        let english = format.locale.is_some_and(|locale| locale.is_english());
        let german = format.locale.is_some_and(|locale| locale.is_german());
        let half = if english { self.word(&["am", "pm", "a.m.", "p.m."]) } else { None };
        let uhr = german && self.word(&["uhr"]).is_some();
        if let Some(half) = half {
            hour = match (hour, half.starts_with('p')) {
                (1..=11, true) => hour + 12,
                (12, true) | (1..=11, false) => hour,
                (12, false) => 0,
                _ => return None,
            };
        }
        // A bare number is no time.
        if minute.is_none() && half.is_none() && !uhr {
            return None;
        }
        let small = |number: i16| i8::try_from(number).ok();
        Time::new(small(hour)?, small(minute.unwrap_or(0))?, small(second.unwrap_or(0))?, i32::from(millis) * 1_000_000)
            .ok()
    }

    /// `Z`, `+01:00`, `+0100` or `+01`.
    fn offset(&mut self) -> Option<Offset> {
        if self.eat('Z') {
            return Some(Offset::UTC);
        }
        let sign = if self.eat('-') { -1 } else { self.after('+').map(|_| 1)? };
        let hours = self.number(2, 2)?;
        let minutes = if self.eat(':') || !self.0.is_empty() { self.number(2, 2)? } else { 0 };
        let is_offset = hours <= 14 && minutes < 60;
        Offset::from_seconds(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60)).ok().filter(|_| is_offset)
    }

    /// Milliseconds of a fraction; what is finer is left out, as Salesforce does.
    fn fraction(&mut self) -> Option<i16> {
        let length = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let digits = self.0.get(..length).filter(|_| (1..=9).contains(&length))?;
        self.0 = self.0.get(length..)?;
        let millis: String = digits.chars().chain("00".chars()).take(3).collect();
        millis.parse().ok()
    }

    fn number(&mut self, least: usize, most: usize) -> Option<i16> {
        let length = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let digits = self.0.get(..length).filter(|_| length >= least)?;
        self.0 = self.0.get(length..)?;
        digits.parse().ok()
    }

    fn word<'w>(&mut self, words: &[&'w str]) -> Option<&'w str> {
        let rest = self.0.trim_start();
        let is_here = |word: &&&str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        // The longest that fits: `a.m.` begins as no other does.
        let word = words.iter().find(is_here)?;
        self.0 = rest.get(word.len()..)?;
        Some(word)
    }

    fn eat(&mut self, c: char) -> bool {
        let rest = self.0.strip_prefix(c);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn after(&mut self, c: char) -> Option<&mut Self> {
        self.eat(c).then_some(self)
    }

    fn spaces(&mut self) {
        self.0 = self.0.trim_start();
    }

    /// The first reading, or else the second from the same place.
    fn or<T>(&mut self, first: impl Fn(&mut Self) -> Option<T>, second: impl Fn(&mut Self) -> Option<T>) -> Option<T> {
        let start = *self;
        first(self).or_else(|| {
            *self = start;
            second(self)
        })
    }
}

fn date_of(year: i16, month: i16, day: i16) -> Option<Date> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    YEARS.contains(&year).then_some(date)
}
