//! Countries and states of an org that has lists of them: text and code follow each other, and nothing else is taken.

use serde_json::Value;

use crate::simulator::http::ApiError;
use crate::simulator::org::{Changes, Org};
use crate::simulator::schema::SObject;
use crate::simulator::schema::address::{Pair, pairs};

/// Completes an address by its other half, or refuses it.
pub fn complete(org: &Org, sobject: &SObject, changes: &mut Changes) -> Result<(), ApiError> {
    if !org.settings.state_and_country_picklists {
        return Ok(());
    }
    for address in pairs(sobject) {
        let any = |_: usize| true;
        let country = place(&address.country, true, changes, &any)?;
        if let Some(country) = country {
            write(&address.country, country, changes);
        }
        // The country decides which states there are. Where a write names none, the stored one is taken to have the state.
        let is_of_country = |state: usize| match (country.flatten(), &address.state.code.dependency) {
            (Some(country), Some(dependency)) => dependency.allows(state, country),
            _ => true,
        };
        if let Some(state) = place(&address.state, false, changes, &is_of_country)? {
            write(&address.state, state, changes);
        }
    }
    Ok(())
}

fn write(pair: &Pair<'_>, place: Option<usize>, changes: &mut Changes) {
    let entry = place.and_then(|place| pair.code.entries().nth(place));
    changes.insert(pair.code.name, entry.map_or(Value::Null, |(code, _)| code.into()));
    changes.insert(pair.text.name, entry.map_or(Value::Null, |(_, label)| label.into()));
}

/// What a write says of a pair: nothing, that it becomes empty, or which entry of the list it is.
fn place(
    pair: &Pair<'_>,
    is_country: bool,
    changes: &Changes,
    is_there: &dyn Fn(usize) -> bool,
) -> Result<Option<Option<usize>>, ApiError> {
    for (field, by_code) in [(pair.code, true), (pair.text, false)] {
        let Some(given) = changes.get(field.name) else { continue };
        let Some(given) = given.as_str() else { return Ok(Some(None)) };
        let fits =
            |(code, label): (&str, &str)| if by_code { code == given } else { label.eq_ignore_ascii_case(given) };
        // A code may stand for states of several countries.
        let found = pair.code.entries().enumerate().find(|(place, entry)| fits(*entry) && is_there(*place));
        return match found {
            Some((place, _)) => Ok(Some(Some(place))),
            None if pair.code.entries().any(fits) => Err(problem(is_country, pair.text.name)),
            None => Err(problem(is_country, field.name)),
        };
    }
    Ok(None)
}

fn problem(is_country: bool, field: &'static str) -> ApiError {
    let (what, list) = if is_country { ("country", "country/territory") } else { ("state", "state") };
    let message = format!(
        "There's a problem with this {what}, even though it may appear correct. Please select a {list} from the list of valid \
         {what} values.: {field}"
    );
    ApiError::bad("FIELD_INTEGRITY_EXCEPTION", message).with_fields([field])
}
