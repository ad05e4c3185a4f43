//! Time zones: the instant of a local date-time and back, as the tz database has it.
//!
//! Every answer for a day from [`LocalTimeError::BeforeRule`]'s `since` to the end of 2037 is the tz database's answer
//! (`host-tests/tests/core/zones.rs` compares all zones); a day before that has none. Later days follow today's rule, as they
//! do in the database. A local time that does not exist, or exists twice, is refused as well: which instant was meant is
//! not ours to guess.
//!
//! The database would nearly double the component, and its size is the past. `zones.txt` therefore holds for each zone
//! today's rule alone, as the database itself notes it for times after its last change, and since when it holds: a time
//! that is an hour off would not be noticed by anyone. Each line is `<POSIX TZ> <since> <names>`, where `since` is a
//! year, or a day where the year would put the present out of reach, and `Europe/Berlin,Paris` stands for two names. The
//! test named above writes the file.
//!
//! Left out are `Asia/Gaza` and `Asia/Hebron`, whose summer time pauses for Ramadan, which no POSIX rule can say, and
//! `Factory`, which is no place.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

static ZONES: &str = include_str!("zones.txt");

/// The greatest distance from UTC that any place has, in minutes.
const MAX_OFFSET: i32 = 14 * 60;

/// A time zone: an IANA name or a fixed offset. Equal are those with the same rule, whatever their names.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    rule: TimeZone,
    /// The first local day that `rule` is known to be right for.
    since: Date,
}

/// Why a date-time has no counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalTimeError {
    /// The clock jumped over it, as in spring.
    Skipped,
    /// The clock showed it twice, as in autumn.
    Twice,
    /// The zone had another rule then.
    BeforeRule {
        /// The first local day for which the zone's rule is known to be right.
        since: Date,
    },
    /// At the very end of what can be counted, such as 9999-12-31.
    OutOfRange,
}

impl Zone {
    /// `Europe/Berlin`, `UTC`, `Z` or `+01:00`. Names compare without regard to case, as IANA says. `None` if there is no
    /// such zone.
    pub fn parse(name: &str) -> Option<Self> {
        if let Some(offset) = fixed(name) {
            return Some(Self { rule: TimeZone::fixed(offset), since: Date::MIN });
        }
        let (rule, since) = find(name)?;
        Some(Self { rule: TimeZone::posix(rule).ok()?, since: day(since)? })
    }

    /// The instant of a local date-time.
    pub fn instant(&self, local: DateTime) -> Result<Timestamp, LocalTimeError> {
        let local = self.known(local)?;
        match self.rule.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { offset } => {
                offset.to_timestamp(local).map_err(|_| LocalTimeError::OutOfRange)
            }
            AmbiguousOffset::Gap { .. } => Err(LocalTimeError::Skipped),
            AmbiguousOffset::Fold { .. } => Err(LocalTimeError::Twice),
        }
    }

    /// The local date-time of an instant.
    pub fn local(&self, instant: Timestamp) -> Result<DateTime, LocalTimeError> {
        self.known(self.rule.to_datetime(instant))
    }

    fn known(&self, local: DateTime) -> Result<DateTime, LocalTimeError> {
        if local.date() < self.since { Err(LocalTimeError::BeforeRule { since: self.since }) } else { Ok(local) }
    }
}

fn fixed(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("Z") {
        return Some(Offset::UTC);
    }
    let &[sign @ (b'+' | b'-'), h, hh, b':', m @ b'0'..=b'5', mm] = text.as_bytes() else { return None };
    let number = |tens: u8, ones: u8| {
        (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| i32::from(tens - b'0') * 10 + i32::from(ones - b'0'))
    };
    let minutes = number(h, hh)? * 60 + number(m, mm)?;
    let seconds = if sign == b'-' { -minutes } else { minutes } * 60;
    if minutes > MAX_OFFSET { None } else { Offset::from_seconds(seconds).ok() }
}

/// The rule of a zone and since when it holds.
fn find(name: &str) -> Option<(&'static str, &'static str)> {
    let (folder, place) = split(name);
    ZONES.lines().find_map(|line| {
        let mut words = line.split(' ');
        let found = (words.next()?, words.next()?);
        let has_it = words.map(split).any(|(its_folder, places)| {
            its_folder.eq_ignore_ascii_case(folder) && places.split(',').any(|its| its.eq_ignore_ascii_case(place))
        });
        has_it.then_some(found)
    })
}

/// `("Europe/", "Berlin,Paris")`. The slash stays, or `/UTC` would be a name.
fn split(names: &str) -> (&str, &str) {
    names.rfind('/').and_then(|at| names.split_at_checked(at + 1)).unwrap_or(("", names))
}

/// `2007` or `2007-03-12`.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let mut next = || parts.next().map_or(Some(1), |part| part.parse().ok());
    Date::new(year, next()?, next()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn zone(name: &str) -> Zone {
        Zone::parse(name).unwrap()
    }

    fn instant(name: &str, local: &str) -> Result<String, LocalTimeError> {
        let instant = zone(name).instant(local.parse().unwrap())?;
        assert_eq!(zone(name).local(instant).unwrap().to_string(), local);
        Ok(instant.to_string())
    }

    #[test]
    fn summer_and_winter_differ() {
        assert_eq!(instant("Europe/Berlin", "2026-07-01T12:00:00").unwrap(), "2026-07-01T10:00:00Z");
        assert_eq!(instant("Europe/Berlin", "2026-01-01T12:00:00").unwrap(), "2026-01-01T11:00:00Z");
        // Where the summer time is the law's standard time.
        assert_eq!(instant("Europe/Dublin", "2026-07-01T12:00:00").unwrap(), "2026-07-01T11:00:00Z");
        assert_eq!(instant("Europe/Dublin", "2026-01-01T12:00:00").unwrap(), "2026-01-01T12:00:00Z");
        // Where summer is in January.
        assert_eq!(instant("Australia/Sydney", "2026-01-01T12:00:00").unwrap(), "2026-01-01T01:00:00Z");
    }

    #[test]
    fn a_skipped_hour_has_no_instant() {
        assert_eq!(instant("Europe/Berlin", "2026-03-29T01:59:59").unwrap(), "2026-03-29T00:59:59Z");
        assert_eq!(instant("Europe/Berlin", "2026-03-29T02:00:00"), Err(LocalTimeError::Skipped));
        assert_eq!(instant("Europe/Berlin", "2026-03-29T02:59:59"), Err(LocalTimeError::Skipped));
        assert_eq!(instant("Europe/Berlin", "2026-03-29T03:00:00").unwrap(), "2026-03-29T01:00:00Z");
        // Where the clock jumps on the day before the one that the rule names.
        assert_eq!(instant("America/Nuuk", "2026-03-28T23:30:00"), Err(LocalTimeError::Skipped));
    }

    #[test]
    fn an_hour_that_happens_twice_has_no_instant_but_its_instants_have_it() {
        assert_eq!(instant("Europe/Berlin", "2026-10-25T01:59:59").unwrap(), "2026-10-24T23:59:59Z");
        assert_eq!(instant("Europe/Berlin", "2026-10-25T02:00:00"), Err(LocalTimeError::Twice));
        assert_eq!(instant("Europe/Berlin", "2026-10-25T02:59:59"), Err(LocalTimeError::Twice));
        assert_eq!(instant("Europe/Berlin", "2026-10-25T03:00:00").unwrap(), "2026-10-25T02:00:00Z");
        for instant in ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"] {
            let local = zone("Europe/Berlin").local(instant.parse().unwrap()).unwrap();
            assert_eq!(local, date(2026, 10, 25).at(2, 30, 0, 0));
        }
    }

    #[test]
    fn names_compare_without_case() {
        for name in ["europe/berlin", "EUROPE/PARIS", "Arctic/Longyearbyen"] {
            assert_eq!(zone(name), zone("Europe/Berlin"), "{name}");
        }
        assert_eq!(zone("america/argentina/buenos_aires"), zone("America/Buenos_Aires"));
        assert_eq!(zone("utc"), zone("Etc/UTC"));
    }

    #[test]
    fn what_is_no_zone_is_none() {
        let unknown =
            ["", " ", "Berlin", "Europe/", "Europe/Berlin ", "Europe/Berlin,Paris", "/UTC", "Europe/Bonn", "EDT"];
        // Parts of a line that are no names.
        let parts = ["CET-1CEST,M3.5.0,M10.5.0/3", "1996", "UTC,Zulu"];
        for name in unknown.iter().chain(&parts).chain(&["Factory", "Asia/Gaza", "Etc/Unknown"]) {
            assert_eq!(Zone::parse(name), None, "{name}");
        }
    }

    #[test]
    fn a_fixed_offset_holds_always() {
        assert_eq!(instant("+01:00", "0001-07-01T12:00:00").unwrap(), "0001-07-01T11:00:00Z");
        assert_eq!(instant("-03:30", "2026-07-01T12:00:00").unwrap(), "2026-07-01T15:30:00Z");
        assert_eq!(instant("+14:00", "2026-07-01T12:00:00").unwrap(), "2026-06-30T22:00:00Z");
        for name in ["Z", "z", "UTC", "Etc/GMT", "+00:00", "-00:00"] {
            assert_eq!(instant(name, "0001-07-01T12:00:00").unwrap(), "0001-07-01T12:00:00Z", "{name}");
        }
        for name in ["+1:00", "+0100", "01:00", "+14:01", "-15:00", "+01:60", "+01:00:00", "+0x:00", "+01:0", "−01:00"]
        {
            assert_eq!(Zone::parse(name), None, "{name}");
        }
    }

    #[test]
    fn before_its_rule_a_zone_gives_no_answer() {
        let refused = Err(LocalTimeError::BeforeRule { since: date(2007, 1, 1) });
        assert_eq!(instant("America/New_York", "2006-12-31T23:59:59"), refused);
        assert_eq!(instant("America/New_York", "2007-01-01T00:00:00").unwrap(), "2007-01-01T05:00:00Z");
        let first = "2007-01-01T05:00:00Z".parse::<Timestamp>().unwrap();
        let before = first - jiff::SignedDuration::from_nanos(1);
        assert_eq!(zone("America/New_York").local(before).map(|local| local.to_string()), refused);
        assert_eq!(zone("America/New_York").local(first), Ok(date(2007, 1, 1).at(0, 0, 0, 0)));
    }

    #[test]
    fn every_line_of_the_table_can_be_read() {
        for line in ZONES.lines() {
            let (rule, rest) = line.split_once(' ').unwrap();
            let (since, _) = rest.split_once(' ').unwrap();
            assert!(TimeZone::posix(rule).is_ok() && day(since).is_some(), "{line}");
        }
        assert_eq!(day("2026-03-09"), Some(date(2026, 3, 9)));
        assert_eq!([day(""), day("2026-03-09x"), day("2026-13")], [None; 3]);
    }

    #[test]
    fn the_end_of_time_is_an_error_and_no_panic() {
        assert_eq!(instant("UTC", "9999-12-31T23:59:59"), Err(LocalTimeError::OutOfRange));
        assert_eq!(instant("Europe/Berlin", "9999-12-31T23:59:59"), Err(LocalTimeError::OutOfRange));
        for name in ["Europe/Berlin", "Pacific/Kiritimati", "-14:00", "+14:00"] {
            assert!(zone(name).local(Timestamp::MAX).is_ok());
            let _ = zone(name).local(Timestamp::MIN);
            let _ = zone(name).instant(DateTime::MAX);
            let _ = zone(name).instant(DateTime::MIN);
        }
    }
}
