//! What a host passes to a call: session, query, conversations.

use std::fmt::Display;

use crate::texts::{Remark, remark};

pub(crate) fn session_of_another_org(session: &dyn Display, settings: &dyn Display) -> Remark {
    remark(
        format!("The session belongs to `{session}`, the settings to `{settings}`."),
        "Connect the org that the settings name, or correct the “Deployment domain” (JSON: \"deploymentDomain\").",
    )
}

pub(crate) fn bad_instance_url() -> Remark {
    remark(
        "The session's instance URL is not the address of an org: `https://`, its My Domain host and nothing else.",
        "Pass the `instance_url` of the newest token answer, such as `https://example.my.salesforce.com`.",
    )
}

pub(crate) fn bad_access_token(limit: usize) -> Remark {
    remark(
        format!("The access token is not 1 to {limit} characters of ASCII without white space."),
        "Pass the `access_token` of the newest token answer as it is.",
    )
}

pub(crate) fn bad_object_name(limit: usize) -> Remark {
    remark(
        format!("This is not an API name: a letter, then letters, digits and `_`, {limit} at most."),
        "Use the object's API name, such as `Contact` or `Ticket__c`.",
    )
}

pub(crate) fn search_too_long(limit: usize) -> Remark {
    remark(format!("The search text is longer than {limit} bytes."), "Search by fewer words.")
}

pub(crate) fn number_of_entries(least: u32, most: u32) -> Remark {
    remark(
        format!("The number of entries is not from {least} to {most}."),
        format!("Ask for a number from {least} to {most}."),
    )
}

pub(crate) fn number_of_values(least: u32, most: u32) -> Remark {
    remark(
        format!("The number of picklist values is not from {least} to {most}."),
        format!("Ask for a number from {least} to {most}."),
    )
}

pub(crate) fn too_many_values(limit: u32) -> Remark {
    remark(
        format!("The number of fields times the number of values is more than {limit}."),
        "Ask for fewer fields, or for fewer values of each.",
    )
}

pub(crate) fn one_at_a_time(mode: &str) -> Remark {
    remark(format!("The mode `{mode}` runs one conversation at a time."), "Call `run` for each conversation.")
}

pub(crate) fn too_many_conversations(count: usize, limit: usize) -> Remark {
    remark(
        format!("The call has {count} conversations, and with these settings at most {limit} are possible."),
        "Pass fewer at a time: the calls of a long list can follow each other.",
    )
}

pub(crate) fn conversations_too_large(limit: usize) -> Remark {
    remark(
        format!("The variables of all conversations are larger than {limit} bytes."),
        "Pass fewer at a time: the calls of a long list can follow each other.",
    )
}

pub(crate) fn too_many_earlier(count: usize, limit: usize) -> Remark {
    remark(
        format!(
            "There are more than {count} `earlier` conversations, or their variables are larger than {limit} bytes."
        ),
        "Settle some of them first: doubts end ten minutes after the request.",
    )
}

pub(crate) fn more_findings() -> Remark {
    remark("There are more findings about this conversation.", "Run it by itself to see them all.")
}
