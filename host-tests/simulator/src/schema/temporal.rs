//! Dates and times on the wire. The real API is strict about what it reads (a blank for the `T` is refused) and prints
//! an offset without a colon, which strict RFC 3339 readers trip over: both are kept.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// `YYYY-MM-DD`, nothing more.
pub fn date(text: &str) -> Option<Date> {
    let mut reader = Reader(text.as_bytes());
    let date = reader.date()?;
    reader.end(date)
}

/// `YYYY-MM-DDThh:mm[:ss[.fff]]` with `Z` or an offset, cut to the second as the platform stores it.
pub fn datetime(text: &str) -> Option<Timestamp> {
    let mut reader = Reader(text.as_bytes());
    let date = reader.date()?;
    reader.eat(b'T')?;
    let time = reader.time()?;
    let offset = reader.offset()?;
    let civil = DateTime::from_parts(date, time.with().subsec_nanosecond(0).build().ok()?);
    let timestamp = offset.to_timestamp(civil).ok()?;
    reader.end(timestamp)
}

/// `hh:mm:ss[.fff][Z]`; a time of day has no zone, the `Z` is only its spelling.
pub fn time(text: &str) -> Option<Time> {
    let mut reader = Reader(text.as_bytes());
    let time = reader.time()?;
    let _ = reader.eat(b'Z');
    reader.end(time)
}

/// Whether a date is one the platform can hold.
pub fn in_range(date: Date) -> bool {
    (1700..=4000).contains(&date.year())
}

/// `2025-12-16T13:05:30.000+0000`
pub fn datetime_text(timestamp: Timestamp) -> String {
    timestamp.strftime("%Y-%m-%dT%H:%M:%S.000+0000").to_string()
}

/// `13:05:30.000Z`
pub fn time_text(time: Time) -> String {
    format!("{:02}:{:02}:{:02}.{:03}Z", time.hour(), time.minute(), time.second(), time.millisecond())
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn eat(&mut self, wanted: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        (*first == wanted).then(|| self.0 = rest)
    }

    fn digits(&mut self, count: usize) -> Option<i32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let all = digits.iter().all(u8::is_ascii_digit);
        self.0 = rest;
        all.then(|| digits.iter().fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0')))
    }

    fn small(&mut self) -> Option<i8> {
        i8::try_from(self.digits(2)?).ok()
    }

    fn date(&mut self) -> Option<Date> {
        let year = i16::try_from(self.digits(4)?).ok()?;
        self.eat(b'-')?;
        let month = self.small()?;
        self.eat(b'-')?;
        Date::new(year, month, self.small()?).ok()
    }

    fn time(&mut self) -> Option<Time> {
        let hour = self.small()?;
        self.eat(b':')?;
        let minute = self.small()?;
        let second = if self.eat(b':').is_some() { self.small()? } else { 0 };
        let millisecond = if self.eat(b'.').is_some() { self.digits(3)? } else { 0 };
        Time::new(hour, minute, second, millisecond * 1_000_000).ok()
    }

    fn offset(&mut self) -> Option<Offset> {
        if self.eat(b'Z').is_some() {
            return Some(Offset::UTC);
        }
        let sign = if self.eat(b'-').is_some() { -1 } else { self.eat(b'+').map(|()| 1)? };
        let hours = self.digits(2)?;
        let _ = self.eat(b':');
        let minutes = self.digits(2)?;
        Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
    }

    fn end<T>(&self, value: T) -> Option<T> {
        self.0.is_empty().then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_datetime_comes_back_in_utc_with_a_colonless_offset() {
        let text = |given| datetime(given).map(datetime_text);
        assert_eq!(text("2025-12-16T14:05:30+01:00").as_deref(), Some("2025-12-16T13:05:30.000+0000"));
        assert_eq!(text("2025-12-16T13:05:30.999Z").as_deref(), Some("2025-12-16T13:05:30.000+0000"));
        assert_eq!(text("2025-12-16T13:05:30.000+0000").as_deref(), Some("2025-12-16T13:05:30.000+0000"));
    }

    #[test]
    fn a_datetime_needs_its_t_and_its_zone() {
        for text in [
            "2025-12-16 13:05:30Z",
            "2025-12-16T13:05:30",
            "2025-12-16",
            "2025-12-16T13:05:30 UTC",
            "2025-02-30T00:00:00Z",
        ] {
            assert!(datetime(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_date_is_a_date_only() {
        assert!(date("2024-02-29").is_some());
        for text in ["2023-02-29", "2025-12-16T00:00:00Z", "16.12.2025", "2025-1-1", ""] {
            assert!(date(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_time_prints_milliseconds_and_a_z() {
        assert_eq!(time("13:05:30").map(time_text).as_deref(), Some("13:05:30.000Z"));
        assert_eq!(time("13:05:30.250Z").map(time_text).as_deref(), Some("13:05:30.250Z"));
        assert!(time("25:00:00Z").is_none());
    }
}
