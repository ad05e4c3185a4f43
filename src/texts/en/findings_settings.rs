//! What an author filled in, value by value.

use std::fmt::Display;

use super::labels::kind;
use crate::base::json::Kind;
use crate::texts::{Remark, remark};

pub(crate) fn domain_empty() -> Remark {
    remark(
        "The deployment domain is empty.",
        "Enter the org's My Domain host, such as `example.my.salesforce.com`; Salesforce shows it in Setup under My \
         Domain.",
    )
}

pub(crate) fn domain_in_another_form(domain: &dyn Display) -> Remark {
    remark("The deployment domain names an org, but not by its My Domain host alone.", format!("Enter `{domain}`."))
}

pub(crate) fn domain_of_the_login() -> Remark {
    remark(
        "The deployment domain serves the log-in of every org and is not the domain of one.",
        "Enter the org's My Domain host, such as `example.my.salesforce.com`; Salesforce shows it in Setup under My \
         Domain.",
    )
}

pub(crate) fn domain_of_an_instance() -> Remark {
    remark(
        "The deployment domain is the address of an instance, which holds many orgs and will not answer for them any \
         more.",
        "Enter the org's My Domain host, such as `example.my.salesforce.com`; Salesforce shows it in Setup under My \
         Domain.",
    )
}

pub(crate) fn domain_is_an_ip_address() -> Remark {
    remark(
        "The deployment domain is an IP address, not the My Domain host of an org.",
        "Enter the org's My Domain host, such as `example.my.salesforce.com`; Salesforce shows it in Setup under My \
         Domain.",
    )
}

pub(crate) fn domain_foreign() -> Remark {
    remark(
        "The deployment domain is not the My Domain host of a Salesforce org.",
        "Enter the org's My Domain host, such as `example.my.salesforce.com` or \
         `example--test.sandbox.my.salesforce.com`; Salesforce shows it in Setup under My Domain.",
    )
}

pub(crate) fn bad_api_version(least: &dyn Display, default: &dyn Display) -> Remark {
    remark(
        format!("This is not a version of the REST API from {least} on."),
        format!("Leave it out for \"{default}\", or write it in that form."),
    )
}

pub(crate) fn bad_time_zone() -> Remark {
    remark(
        "This is not the name of a time zone.",
        "Use a name of the IANA database, such as \"Europe/Berlin\", or \"UTC\", or an offset such as \"+01:00\".",
    )
}

pub(crate) fn preset_without_case() -> Remark {
    remark(
        "The preset completes Cases, and no mapping writes one.",
        "Map at least one field, such as `Subject`, to the object `Case`.",
    )
}

pub(crate) fn preset_of_another_object(record: &dyn Display) -> Remark {
    remark(
        format!("The preset completes Cases, and `{record}` is none."),
        "Remove the preset, or put it on the record whose object is Case.",
    )
}

pub(crate) fn empty_mappings() -> Remark {
    remark(
        "The mapping table is empty, so there is nothing to write.",
        "Add a row that maps a variable to a field, such as `customer_email` to Contact `Email`.",
    )
}

pub(crate) fn too_many_mappings(count: usize, limit: usize) -> Remark {
    remark(format!("The mapping table has {count} rows, and at most {limit} are possible."), "Split the module in two.")
}

pub(crate) fn two_spellings(first: &dyn Display) -> Remark {
    remark(
        format!("The record `{first}` is spelt in two ways."),
        format!("Write `{first}` everywhere, or give the second record a name of its own."),
    )
}

pub(crate) fn bad_object_name() -> Remark {
    remark(
        "This cannot be the API name of an object.",
        "Use the API name, not the label: letters, digits and underscores, such as `Contact` or `Ticket__c`.",
    )
}

pub(crate) fn bad_field_name() -> Remark {
    remark(
        "This cannot be the API name of a field.",
        "Use the API name, not the label, such as `LastName` or `Score__c`; a parent's external id is written \
         `Parent__r.External_Id__c`.",
    )
}

pub(crate) fn number_of_objects(count: usize, least: usize, most: usize) -> Remark {
    remark(
        format!("The list has {count} objects, and {least} to {most} are possible."),
        "Write a list such as [\"Contact\", \"Lead\"].",
    )
}

pub(crate) fn listed_twice(sobject: &dyn Display) -> Remark {
    remark(format!("`{sobject}` is listed twice."), "Keep one of them.")
}

pub(crate) fn bad_source() -> Remark {
    remark(
        "A value comes from exactly one place, and this names none or several.",
        "Choose one of “Variable”, “Fixed value”, “Text with variables”, “Record of this module”, “Files” and \
         “Conversation” for “Value” (JSON: \"source\": { \"variable\": \"customer_email\" }; the others are \
         `constant`, `template`, `record`, `file` and `transcript`).",
    )
}

pub(crate) fn empty_variable() -> Remark {
    remark("The name of the variable is empty.", "Choose a variable of the flow.")
}

pub(crate) fn constant_out_of_range() -> Remark {
    remark("The number is larger, or closer to zero, than any that Salesforce holds.", "Correct it.")
}

pub(crate) fn blank_constant() -> Remark {
    remark("The fixed value is blank.", "Enter a value, or remove the row.")
}

pub(crate) fn bad_constant(found: Kind) -> Remark {
    remark(
        format!("This is {}, and a text, a number, true or false, or a list of them is expected.", kind(found)),
        "Replace it by such a value.",
    )
}

pub(crate) fn template_open() -> Remark {
    remark(
        "The template is wrong: a `{` is not closed by a `}`.",
        "Write variables as `{first_name}`, and brackets that are meant as text doubled: `{{`, `}}`.",
    )
}

pub(crate) fn template_close() -> Remark {
    remark(
        "The template is wrong: a `}` has no `{` before it.",
        "Write variables as `{first_name}`, and brackets that are meant as text doubled: `{{`, `}}`.",
    )
}

pub(crate) fn template_empty_name() -> Remark {
    remark(
        "The template is wrong: `{}` names no variable.",
        "Write the name of a variable between the brackets, such as `{first_name}`.",
    )
}

pub(crate) fn template_without_variable() -> Remark {
    remark(
        "The text has no `{variable}` in it.",
        "Choose “Fixed value” instead of “Text with variables” (JSON: \"constant\" instead of \"template\"), or add \
         a variable, such as `{first_name}`.",
    )
}

pub(crate) fn no_count_of_seconds() -> Remark {
    remark(
        "A link or a conversation is no count of seconds or milliseconds.",
        "Leave “Format of a point in time” empty (JSON: remove \"format\").",
    )
}

pub(crate) fn unused_record() -> Remark {
    remark("No mapping names this record.", "Map a field to this record, or remove the entry.")
}

pub(crate) fn misspelt_record(near: &str) -> Remark {
    remark("No mapping names this record.", format!("Did you mean `{near}`?"))
}

pub(crate) fn object_and_list() -> Remark {
    remark(
        "Both “Object” (JSON: \"sobject\") and “Look in several objects” (JSON: \"lookIn\") say what the record is.",
        "Remove “Object” (JSON: \"sobject\"): a new record is of the last object of the list.",
    )
}

pub(crate) fn bad_assignment_rule() -> Remark {
    remark(
        "This is neither \"default\" nor \"off\" nor the id of an assignment rule.",
        "An id has 15 or 18 letters and digits; Salesforce shows it in the address of the rule's page.",
    )
}

pub(crate) fn bad_record_type() -> Remark {
    remark(
        "This cannot be the DeveloperName of a record type.",
        "Setup shows it as Record Type Name: letters, digits and underscores, such as `Support_Case`.",
    )
}

pub(crate) fn bad_external_id() -> Remark {
    remark(
        "This cannot be the API name of an external id.",
        "Use a custom field that Setup marks as External ID and Unique, such as `Chat_Step__c`.",
    )
}

pub(crate) fn bad_stored_field() -> Remark {
    remark(
        "This cannot be the API name of a field.",
        "“Keep in variables” goes from field to variable (JSON: \"store\": { \"Id\": \"salesforce_contact_id\" }).",
    )
}

pub(crate) fn schema_edited() -> Remark {
    remark(
        "The facts of the org are not those that `prepare` wrote.",
        "Run `prepare` again instead of editing “Facts of the org” (JSON: \"schema\").",
    )
}

pub(crate) fn bad_fact() -> Remark {
    remark(
        "This cannot be an API name.",
        "Run `prepare` again instead of editing “Facts of the org” (JSON: \"schema\").",
    )
}
