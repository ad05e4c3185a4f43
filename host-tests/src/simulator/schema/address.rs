//! State and country picklists: a switch of the whole org that puts a code beside each state and country, and leaves the
//! text only the labels of the list. Source: help, "State and Country/Territory Picklists"; recorded refusals.

use super::{Field, SObject};

const COUNTRY_CODES: &[&str] = &["DE", "FR", "GB", "US"];
const COUNTRIES: &[(&str, &str)] =
    &[("DE", "Germany"), ("FR", "France"), ("GB", "United Kingdom"), ("US", "United States")];
const STATE_CODES: &[&str] = &["CA", "FL", "NY"];
const STATES: &[(&str, &str)] = &[("CA", "California"), ("FL", "Florida"), ("NY", "New York")];
/// The only country of this org that has states.
pub const COUNTRY_OF_STATES: &str = "US";

/// A text, the code beside it, and whether it is a country.
pub struct Pair {
    pub text: &'static str,
    pub code: &'static str,
    pub is_country: bool,
}

const fn country(text: &'static str, code: &'static str) -> Pair {
    Pair { text, code, is_country: true }
}

const fn state(text: &'static str, code: &'static str) -> Pair {
    Pair { text, code, is_country: false }
}

impl Pair {
    /// Codes and their labels.
    pub fn list(&self) -> &'static [(&'static str, &'static str)] {
        if self.is_country { COUNTRIES } else { STATES }
    }

    fn code_field(&self) -> Field {
        let codes = if self.is_country { COUNTRY_CODES } else { STATE_CODES };
        Field::picklist(self.code, self.code, codes).labelled(self.list())
    }
}

const BILLING: &[Pair] = &[country("BillingCountry", "BillingCountryCode"), state("BillingState", "BillingStateCode")];
const MAILING: &[Pair] = &[country("MailingCountry", "MailingCountryCode"), state("MailingState", "MailingStateCode")];
const PLAIN: &[Pair] = &[country("Country", "CountryCode"), state("State", "StateCode")];

/// Of each address the country comes first: it decides which states there are.
pub fn pairs(sobject: &str) -> &'static [Pair] {
    match sobject {
        "Account" => BILLING,
        "Contact" => MAILING,
        "Lead" => PLAIN,
        _ => &[],
    }
}

/// Adds or removes the codes.
pub fn switch(object: &mut SObject, on: bool) {
    let pairs = pairs(object.name);
    object.fields.retain(|field| pairs.iter().all(|pair| field.name != pair.code));
    if on {
        object.fields.extend(pairs.iter().map(Pair::code_field));
    }
}
