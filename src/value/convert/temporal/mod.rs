//! Date, datetime and time fields: ISO 8601, or the locale's own form.
//!
//! A day is never moved in silence: a local time becomes an instant only where its zone is known, and an instant becomes a
//! day only where the zone says which.

mod cursor;

use std::fmt;

use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, tz::Offset};

use super::{Form, Moment, epoch};
use crate::salesforce::FieldType;
use crate::value::{Format, LocalTimeError, Misfit, Scalar};
use cursor::{Cursor, read};

pub(super) use cursor::YEARS;

/// A date, an instant or a time of day, as Salesforce takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temporal {
    Date(Date),
    DateTime(Timestamp),
    Time(Time),
}

impl Temporal {
    /// A moment of this type as Salesforce answers it.
    pub fn of_answer(text: &str, field_type: FieldType) -> Option<Self> {
        match field_type {
            FieldType::DateTime => instant(text).map(Self::DateTime),
            FieldType::Time => read(text, Cursor::iso_time).map(Self::Time),
            _ => None,
        }
    }

    /// Whether a field that holds this text would stay the same.
    pub fn is_held_by(self, stored: &str) -> bool {
        match self {
            Self::Date(date) => read(stored, Cursor::iso_date) == Some(date),
            Self::DateTime(wanted) => instant(stored) == Some(wanted),
            Self::Time(time) => read(stored, Cursor::iso_time) == Some(time),
        }
    }
}

impl fmt::Display for Temporal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => write_date(f, *date),
            Self::DateTime(instant) => {
                let utc = Offset::UTC.to_datetime(*instant);
                write_date(f, utc.date())?;
                f.write_str("T")?;
                write_time(f, utc.time())
            }
            Self::Time(time) => write_time(f, *time),
        }
    }
}

fn write_date(f: &mut fmt::Formatter<'_>, date: Date) -> fmt::Result {
    write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

fn write_time(f: &mut fmt::Formatter<'_>, time: Time) -> fmt::Result {
    write!(f, "{:02}:{:02}:{:02}.{:03}Z", time.hour(), time.minute(), time.second(), time.millisecond())
}

/// An instant that says its offset, such as `2026-12-24T18:30:00+01:00`.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    let moment = read(text, |c| c.datetime(&Format::default()))?;
    moment.offset?.to_timestamp(moment.local()?).ok()
}

pub(super) fn date(value: &Scalar, format: &Format) -> Result<Temporal, Misfit> {
    if let Some(epoch) = format.epoch {
        return day(epoch.instant(value)?, format);
    }
    let expected = || Misfit::Form(Form::Date(forms(format, "", value)));
    let moment = text(value).and_then(|text| read(text, |c| c.datetime(format))).ok_or_else(expected)?;
    let (Some(offset), Some(local)) = (moment.offset, moment.local()) else {
        return Ok(Temporal::Date(moment.date));
    };
    day(offset.to_timestamp(local).map_err(|_| expected())?, format)
}

/// An instant is one day here and another one there.
fn day(instant: Timestamp, format: &Format) -> Result<Temporal, Misfit> {
    let Some(zone) = &format.zone else {
        return Err(Misfit::Form(Form::DayOfInstant));
    };
    let local = zone.local(instant).and_then(in_range).map_err(unclear)?;
    Ok(Temporal::Date(local.date()))
}

pub(super) fn datetime(value: &Scalar, format: &Format) -> Result<Temporal, Misfit> {
    let expected = || Misfit::Form(Form::DateTime(forms(format, " 18:30", value)));
    if let Some(epoch) = format.epoch {
        let instant = epoch.instant(value)?;
        return match in_range(Offset::UTC.to_datetime(instant)) {
            Ok(_) => Ok(Temporal::DateTime(instant)),
            Err(_) => Err(epoch.expected()),
        };
    }
    let moment = text(value).and_then(|text| read(text, |c| c.datetime(format))).ok_or_else(expected)?;
    let local = moment.local().unwrap_or_else(|| moment.date.to_datetime(Time::midnight()));
    let instant = match (moment.offset, &format.zone) {
        (Some(offset), _) => offset.to_timestamp(local).map_err(|_| expected())?,
        (None, Some(zone)) => zone.instant(local).map_err(unclear)?,
        (None, None) => return Err(Misfit::Form(Form::LocalTime)),
    };
    in_range(Offset::UTC.to_datetime(instant)).map_err(unclear)?;
    Ok(Temporal::DateTime(instant))
}

/// On its way through a zone a moment may leave the years that Salesforce stores.
fn in_range(moment: DateTime) -> Result<DateTime, LocalTimeError> {
    if YEARS.contains(&moment.year()) { Ok(moment) } else { Err(LocalTimeError::OutOfRange) }
}

pub(super) fn time(value: &Scalar, format: &Format) -> Result<Temporal, Misfit> {
    let time = text(value).and_then(|text| read(text, Cursor::iso_time).or_else(|| read(text, |c| c.time(format))));
    time.map(Temporal::Time).ok_or(Misfit::Form(Form::Time))
}

fn text(value: &Scalar) -> Option<&str> {
    match value {
        Scalar::Text(text) => Some(text),
        _ => None,
    }
}

/// The locale's form is a further example.
fn forms(format: &Format, time: &str, value: &Scalar) -> Moment {
    let local = format.locale.map(|locale| format!("{}{time}", locale.example_date()));
    Moment { local, may_be_a_count: epoch::may_be(value) }
}

fn unclear(error: LocalTimeError) -> Misfit {
    Misfit::Form(Form::Unclear(error))
}

#[cfg(test)]
mod tests {
    use super::super::{Locale, Zone};
    use super::*;

    fn format(locale: &str, zone: &str) -> Format {
        Format { locale: Locale::parse(locale), zone: Zone::parse(zone), epoch: None }
    }

    fn with<'a>(
        convert: fn(&Scalar, &Format) -> Result<Temporal, Misfit>,
        format: &'a Format,
    ) -> impl Fn(&str) -> Option<String> + 'a {
        move |text| convert(&Scalar::Text(text.into()), format).ok().map(|temporal| temporal.to_string())
    }

    #[test]
    fn a_date_is_iso_or_the_locales() {
        for (text, locale, expected) in [
            ("2026-11-22", "", Some("2026-11-22")),
            ("22.11.2026", "de", Some("2026-11-22")),
            ("1.2.2026", "de", Some("2026-02-01")),
            ("22. 11. 2026", "de", Some("2026-11-22")),
            ("11/22/2026", "en-US", Some("2026-11-22")),
            ("22/11/2026", "en-GB", Some("2026-11-22")),
            ("22/11/2026", "en", Some("2026-11-22")),
            ("11/22/2026", "en", Some("2026-11-22")),
            ("04/04/2026", "en", Some("2026-04-04")),
            ("22-11-2026", "nl", Some("2026-11-22")),
            ("2026. 11. 22.", "hu", Some("2026-11-22")),
            ("22.11.2026 18:30", "de", Some("2026-11-22")),
            ("2024-02-29", "", Some("2024-02-29")),
            ("2017/10/12", "", Some("2017-10-12")),
            ("2017/10/12", "en-US", Some("2017-10-12")),
            ("2017/3/4", "en", Some("2017-03-04")),
            ("2017.10.12", "de", Some("2017-10-12")),
            ("2017.10.12.", "hu", Some("2017-10-12")),
            ("2017/10/12 18:30", "de", Some("2017-10-12")),
            ("2017/24/12", "de", None),
            ("2017/10.12", "de", None),
            ("17/10/12", "de", None),
            ("2017/1012", "", None),
            // Which of the two is the month?
            ("03/04/2026", "en", None),
            ("22.11.26", "de", None),
            ("22.11.2026", "", None),
            ("22/11/2026", "en-US", None),
            ("2026-02-29", "", None),
            ("2026-11-22x", "", None),
            ("1699-12-31", "", None),
            ("20261122", "", None),
            ("heute", "de", None),
        ] {
            assert_eq!(with(date, &format(locale, ""))(text).as_deref(), expected, "{text} in {locale}");
        }
    }

    #[test]
    fn an_instant_is_a_day_only_where_the_zone_is_known() {
        let late = "2026-11-22T23:30:00Z";
        assert_eq!(with(date, &format("", ""))(late), None);
        assert_eq!(with(date, &format("", "UTC"))(late).as_deref(), Some("2026-11-22"));
        assert_eq!(with(date, &format("", "+01:00"))(late).as_deref(), Some("2026-11-23"));
        assert_eq!(with(date, &format("", "-05:00"))("2026-11-23T01:00:00+01:00").as_deref(), Some("2026-11-22"));
        assert_eq!(with(date, &format("", "-05:00"))("1700-01-01T00:00:00Z"), None);
    }

    #[test]
    fn a_datetime_needs_an_offset_or_a_zone() {
        let plain = format("", "");
        for (text, expected) in [
            ("2026-11-22T10:00:00Z", Some("2026-11-22T10:00:00.000Z")),
            ("2026-11-22T10:00:00.123456+0100", Some("2026-11-22T09:00:00.000Z")),
            ("2026-11-22 10:00+01:00", Some("2026-11-22T09:00:00.000Z")),
            ("2026-11-22T00:30:00+01", Some("2026-11-21T23:30:00.000Z")),
            ("2026-11-22T10:00:00", None),
            ("2026-11-22", None),
            ("2026-11-22T24:00:00Z", None),
            ("2026-11-22T18:30.45Z", None),
            ("2017/10/12 18:30:45.5Z", Some("2017-10-12T18:30:45.000Z")),
            ("2026-11-22T10:00:00+15:00", None),
            ("2026-11-22T10:00:00ZZ", None),
            ("1700-01-01T00:00:00+01:00", None),
            ("4000-12-31T23:30:00-01:00", None),
        ] {
            assert_eq!(with(datetime, &plain)(text).as_deref(), expected, "{text}");
        }
        let german = format("de", "+01:00");
        for (text, expected) in [
            ("22.11.2026 10:00", "2026-11-22T09:00:00.000Z"),
            ("22.11.2026, 10:00 Uhr", "2026-11-22T09:00:00.000Z"),
            ("22.11.2026 10 Uhr", "2026-11-22T09:00:00.000Z"),
            ("22.11.2026", "2026-11-21T23:00:00.000Z"),
            ("2026-11-22T10:00:00-08:00", "2026-11-22T18:00:00.000Z"),
        ] {
            assert_eq!(with(datetime, &german)(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_time_of_day_has_its_locales_words() {
        for (text, locale, expected) in [
            ("13:05", "", Some("13:05:00.000Z")),
            ("13:05:30.5Z", "", Some("13:05:30.500Z")),
            ("1:05 PM", "en", Some("13:05:00.000Z")),
            ("12 am", "en-US", Some("00:00:00.000Z")),
            ("12:30 p.m.", "en-GB", Some("12:30:00.000Z")),
            ("13 Uhr", "de", Some("13:00:00.000Z")),
            ("13", "de", None),
            ("13:05 pm", "en", None),
            ("1:05 pm", "de", None),
            ("25:00", "", None),
            ("18:30.45", "", None),
            ("18:30.45", "de", None),
            ("6:30.45 pm", "en", None),
            ("18:30.", "", None),
            ("18:30:45.5", "de", Some("18:30:45.500Z")),
        ] {
            assert_eq!(with(time, &format(locale, ""))(text).as_deref(), expected, "{text} in {locale}");
        }
    }

    #[test]
    fn what_salesforce_answers_is_compared_by_value() {
        let at = datetime(&Scalar::Text("2025-12-16T14:05:30+01:00".into()), &Format::default()).unwrap();
        assert!(at.is_held_by("2025-12-16T13:05:30.000+0000"));
        assert!(!at.is_held_by("2025-12-16T13:05:31.000+0000") && !at.is_held_by("") && !at.is_held_by("2025-12-16"));
        let day = date(&Scalar::Text("2025-12-16".into()), &Format::default()).unwrap();
        assert!(day.is_held_by("2025-12-16") && !day.is_held_by("2025-12-17"));
        let noon = time(&Scalar::Text("12:00".into()), &Format::default()).unwrap();
        assert!(noon.is_held_by("12:00:00.000Z"));
    }
}
