//! State and country picklists: a switch of the whole org that puts a code beside each state and country, and leaves the
//! text only the labels of the list. Source: help, "State and Country/Territory Picklists"; recorded refusals.

use super::{Dependency, Field, Kind, SObject};

const COUNTRY_CODES: &[&str] = &["DE", "FR", "GB", "US"];
const COUNTRIES: &[(&str, &str)] =
    &[("DE", "Germany"), ("FR", "France"), ("GB", "United Kingdom"), ("US", "United States")];
const STATE_CODES: &[&str] = &["CA", "FL", "NY"];
const STATES: &[(&str, &str)] = &[("CA", "California"), ("FL", "Florida"), ("NY", "New York")];
/// The last of the four countries, the only one that has states.
const OF_THE_LAST_COUNTRY: u8 = 0x10;

/// The objects of a fresh org that have an address, with the names of its countries and states.
const ADDRESSES: &[(&str, [&str; 4])] = &[
    ("Account", ["BillingCountry", "BillingCountryCode", "BillingState", "BillingStateCode"]),
    ("Contact", ["MailingCountry", "MailingCountryCode", "MailingState", "MailingStateCode"]),
    ("Lead", ["Country", "CountryCode", "State", "StateCode"]),
];

/// A text and the code beside it.
#[derive(Clone, Copy)]
pub struct Pair<'a> {
    pub text: &'a Field,
    pub code: &'a Field,
}

/// Country and state of one address.
#[derive(Clone, Copy)]
pub struct Address<'a> {
    pub country: Pair<'a>,
    pub state: Pair<'a>,
}

/// The addresses of an object whose countries and states are picklists.
pub fn pairs(sobject: &SObject) -> Vec<Address<'_>> {
    let field = |name: &str| sobject.fields.iter().find(|field| field.name == name);
    let pair = |text: &str| {
        let code = field(&format!("{text}Code")).filter(|code| matches!(code.kind, Kind::Picklist { .. }))?;
        Some(Pair { text: field(text)?, code })
    };
    let countries = sobject.fields.iter().filter_map(|field| field.name.strip_suffix("Country"));
    countries
        .filter_map(|name| {
            Some(Address { country: pair(&format!("{name}Country"))?, state: pair(&format!("{name}State"))? })
        })
        .collect()
}

/// Adds or removes the codes.
pub fn switch(object: &mut SObject, on: bool) {
    let Some((_, [_, country, _, state])) = ADDRESSES.iter().find(|(name, _)| *name == object.name) else { return };
    object.fields.retain(|field| field.name != *country && field.name != *state);
    if on {
        let dependency =
            Dependency { controller: country, valid_for: vec![vec![OF_THE_LAST_COUNTRY]; STATE_CODES.len()] };
        let mut states = Field::picklist(state, state, STATE_CODES).labelled(STATES);
        states.dependency = Some(dependency);
        object.fields.extend([Field::picklist(country, country, COUNTRY_CODES).labelled(COUNTRIES), states]);
    }
}
