//! Countries and states of an org that has lists of them: text and code follow each other, and nothing else is taken.

use serde_json::Value;

use crate::simulator::http::ApiError;
use crate::simulator::org::{Changes, Org};
use crate::simulator::schema::SObject;
use crate::simulator::schema::address::{COUNTRY_OF_STATES, Pair, pairs};

/// Completes an address by its other half, or refuses it.
pub fn complete(org: &Org, sobject: &SObject, changes: &mut Changes) -> Result<(), ApiError> {
    if !org.settings.state_and_country_picklists {
        return Ok(());
    }
    let mut country = None;
    for pair in pairs(sobject.name) {
        let Some(code) = code_of(pair, changes)? else { continue };
        match (pair.is_country, country) {
            (true, _) => country = code,
            (false, Some(country)) if code.is_some() && country != COUNTRY_OF_STATES => {
                return Err(problem(pair, pair.text));
            }
            (false, _) => {}
        }
        let label = pair.list().iter().find(|(known, _)| Some(*known) == code).map(|(_, label)| *label);
        changes.insert(pair.code, code.map_or(Value::Null, Value::from));
        changes.insert(pair.text, label.map_or(Value::Null, Value::from));
    }
    Ok(())
}

/// What a write says of a pair: nothing, that it becomes empty, or the code.
fn code_of(pair: &Pair, changes: &Changes) -> Result<Option<Option<&'static str>>, ApiError> {
    for (field, by_code) in [(pair.code, true), (pair.text, false)] {
        let Some(given) = changes.get(field) else { continue };
        let Some(given) = given.as_str() else { return Ok(Some(None)) };
        let fits =
            |(code, label): &&(&str, &str)| if by_code { *code == given } else { label.eq_ignore_ascii_case(given) };
        return match pair.list().iter().find(fits) {
            Some((code, _)) => Ok(Some(Some(code))),
            None => Err(problem(pair, field)),
        };
    }
    Ok(None)
}

fn problem(pair: &Pair, field: &'static str) -> ApiError {
    let (what, list) = if pair.is_country { ("country", "country/territory") } else { ("state", "state") };
    let message = format!(
        "There's a problem with this {what}, even though it may appear correct. Please select a {list} from the list of valid \
         {what} values.: {field}"
    );
    ApiError::bad("FIELD_INTEGRITY_EXCEPTION", message).with_fields([field])
}
