//! Regular expressions for what a run converts, in the part of ECMA-262 that every validator's engine knows: no look-around, no
//! reference back, no flag.

use crate::salesforce::{FieldFacts, FieldType};
use crate::value::convert::DateOrder;
use crate::value::{Format, Locale};

/// A text without `@{`, which no field takes.
pub(super) const WITHOUT_MARK: &str = r"^(?:[^@]|@+[^@{])*@*$";
/// The same, and not blank.
pub(super) const TEXT_WITHOUT_MARK: &str = r"^\s*(?:[^@\s]|@+[^@{]|@+$)(?:[^@]|@+[^@{])*@*$";
/// Not blank.
pub(super) const TEXT: &str = r"\S";
pub(super) const ID: &str = "[0-9A-Za-z]{15}(?:[A-Z0-5]{3})?";
/// As `value::convert` tells what no mail server takes, and without `@{`.
pub(super) const EMAIL: &str = r#"[^\s\u0000-\u001f\u007f-\u009f@,;:<>()\[\]\\"]+@[^\s\u0000-\u001f\u007f-\u009f@,;:<>()\[\]\\".{][^\s\u0000-\u001f\u007f-\u009f@,;:<>()\[\]\\".]*(?:\.[^\s\u0000-\u001f\u007f-\u009f@,;:<>()\[\]\\".]+)+"#;
/// A count of seconds or milliseconds.
pub(super) const COUNT: &str = r"-?[0-9]+(?:\.[0-9]+)?";
pub(super) const WHOLE_COUNT: &str = r"-?[0-9]+(?:\.0+)?";

const YEAR: &str = "(?:(?:1[7-9]|[23][0-9])[0-9]{2}|4000)";
const MONTH: &str = "(?:0?[1-9]|1[0-2])";
const DAY: &str = "(?:0?[1-9]|[12][0-9]|3[01])";
const ISO_DATE: &str = "-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";
const HOUR: &str = "(?:[01]?[0-9]|2[0-3])";
const MINUTE: &str = "[0-5][0-9]";
const FRACTION: &str = r"(?:\.[0-9]{1,9})?";
const OFFSET: &str = "(?:Z|[-+](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)";

/// The whole text, with white space around it; `blank` says whether it may be nothing else.
pub(super) fn whole(content: &str, blank: bool) -> String {
    let optional = if blank { "?" } else { "" };
    format!(r"^\s*(?:{content}){optional}\s*$")
}

/// A word in any case.
pub(super) fn in_any_case(word: &str) -> String {
    let letter = |c: char| match c.is_ascii_alphabetic() {
        true => format!("[{}{c}]", c.to_ascii_uppercase()),
        false => c.to_string(),
    };
    word.chars().map(letter).collect()
}

/// A number as the locale writes it.
pub(super) fn number(facts: &FieldFacts, scale: Option<usize>, locale: Option<Locale>) -> String {
    let most = facts.digits.map(|(precision, scale)| precision.saturating_sub(scale));
    let whole = match most {
        None => "[0-9]+".to_owned(),
        Some(0) => "0+".to_owned(),
        Some(most) => format!("0*[0-9]{{1,{most}}}"),
    };
    let groups = locale.map_or(&[] as &[char], |locale| locale.groups);
    // One separator within a number: where there is but one, it may be any.
    let separators: Vec<String> = match most {
        Some(..=6) if groups.len() > 1 => vec![format!("[{}]", groups.iter().collect::<String>())],
        _ => groups.iter().map(|c| escaped(*c)).collect(),
    };
    let grouped = separators.iter().flat_map(|separator| grouped(separator, most));
    let grouped: String = grouped.map(|form| format!("|{form}")).collect();
    let point = escaped(locale.map_or('.', |locale| locale.decimal));
    let fraction = match scale {
        None => format!("(?:{point}[0-9]+)?"),
        Some(0) => format!("(?:{point}0+)?"),
        Some(scale) => format!("(?:{point}[0-9]{{1,{scale}}}0*)?"),
    };
    let percent = if facts.field_type == FieldType::Percent { r"\s*%?" } else { "" };
    format!("[-−+]?(?:{whole}{grouped}){fraction}{percent}")
}

/// Groups of three digits, of at most this number of digits in all.
fn grouped(separator: &str, most: Option<usize>) -> Vec<String> {
    let form = |first: usize, groups: String| {
        let further = if first > 1 { format!("[0-9]{{0,{}}}", first - 1) } else { String::new() };
        format!("[1-9]{further}(?:{separator}[0-9]{{3}}){groups}")
    };
    let Some(most) = most else { return vec![form(3, "+".to_owned())] };
    let groups = most.saturating_sub(1) / 3;
    let mut forms = Vec::new();
    if groups > 1 {
        forms.push(form(3, format!("{{1,{}}}", groups - 1)));
    }
    if groups > 0 {
        forms.push(form(most - 3 * groups, format!("{{{groups}}}")));
    }
    forms
}

fn escaped(c: char) -> String {
    if c == '.' { r"\.".to_owned() } else { c.to_string() }
}

/// A day, as a date field takes it: with a time, which is left out; with an offset only where the zone says which day that is.
pub(super) fn date(format: &Format) -> String {
    let offset = if format.zone.is_some() { format!("{OFFSET}?") } else { String::new() };
    format!("{}(?:{}{}{offset})?", day(format.locale), BETWEEN, time_of(format.locale))
}

/// A point in time: where no zone is set, it has its offset.
pub(super) fn datetime(format: &Format) -> String {
    let (day, time) = (day(format.locale), time_of(format.locale));
    match format.zone {
        Some(_) => format!("{day}(?:{BETWEEN}{time}{OFFSET}?)?"),
        None => format!("{day}{BETWEEN}{time}{OFFSET}"),
    }
}

/// Between a day and its time.
const BETWEEN: &str = r"(?:T|,\s*|\s+)";

/// A point in time in ISO 8601, with its offset.
pub(super) fn instant() -> String {
    datetime(&Format::default())
}

pub(super) fn time(format: &Format) -> String {
    format!("(?:{}Z|{})", time_of(None), time_of(format.locale))
}

fn time_of(locale: Option<Locale>) -> String {
    let plain = format!("{HOUR}:{MINUTE}(?::{MINUTE}{FRACTION})?");
    match locale {
        Some(locale) if locale.is_english() => format!(
            r"(?:{plain}|(?:0?[1-9]|1[0-2])(?::{MINUTE}(?::{MINUTE}{FRACTION})?)?\s*(?:[aApP][mM]|[aApP]\.[mM]\.))"
        ),
        Some(locale) if locale.is_german() => {
            let word = r"\s*[uU][hH][rR]";
            format!("(?:{plain}(?:{word})?|{HOUR}{word})")
        }
        _ => plain,
    }
}

fn day(locale: Option<Locale>) -> String {
    let local = locale.map(local_day).unwrap_or_default();
    format!(r"(?:{YEAR}{ISO_DATE}|{YEAR}/{MONTH}/{DAY}|{YEAR}\.{MONTH}\.{DAY}{local})")
}

fn local_day(locale: Locale) -> String {
    let between = format!(r"{}\s*", escaped(locale.separator));
    let of = |parts: [&str; 3]| format!("|{}", parts.join(&between));
    match locale.order {
        DateOrder::DayMonthYear => of([DAY, MONTH, YEAR]),
        DateOrder::MonthDayYear => of([MONTH, DAY, YEAR]),
        DateOrder::YearMonthDay => format!("{}{}?", of([YEAR, MONTH, DAY]), escaped(locale.separator)),
        DateOrder::DayOrMonthFirst => {
            const NO_MONTH: &str = "(?:1[3-9]|2[0-9]|3[01])";
            let twice = (1..=12).map(|number| {
                let number = if number < 10 { format!("0?{number}") } else { number.to_string() };
                of([&number, &number, YEAR])
            });
            of([NO_MONTH, MONTH, YEAR]) + &of([MONTH, NO_MONTH, YEAR]) + &twice.collect::<String>()
        }
    }
}
