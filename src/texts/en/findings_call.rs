//! What a host passes to a call: session, query, conversations.

use crate::texts::remarks;

remarks! {
    bad_correlation(limit)
        "The correlation is empty, longer than {limit} bytes, or has control characters.",
        "Pass the host's own name of the conversation and its step, such as `conversation-4711/step-3`, or none.";

    session_of_another_org(session, settings)
        "The session belongs to `{session}`, the settings to `{settings}`.",
        "Connect the org that the settings name, or correct the <deploymentDomain>.";

    bad_instance_url()
        "The session's instance URL is not the address of an org: `https://`, its My Domain host and nothing else.",
        "Pass the `instance_url` of the newest token answer, such as `https://example.my.salesforce.com`.";

    bad_access_token(limit)
        "The access token is not 1 to {limit} characters of ASCII without white space.",
        "Pass the `access_token` of the newest token answer as it is.";

    bad_object_name(limit)
        "This is not an API name: a letter, then letters, digits and `_`, {limit} at most.",
        "Use the object's API name, such as `Contact` or `Ticket__c`.";

    search_too_long(limit)
        "The search text is longer than {limit} bytes.",
        "Search by fewer words.";

    number_of_entries(least, most)
        "The number of entries is not from {least} to {most}.",
        "Ask for a number from {least} to {most}.";

    number_of_values(least, most)
        "The number of picklist values is not from {least} to {most}.",
        "Ask for a number from {least} to {most}.";

    too_many_values(limit)
        "The number of fields times the number of values is more than {limit}.",
        "Ask for fewer fields, or for fewer values of each.";

    one_at_a_time(mode)
        "The mode `{mode}` runs one conversation at a time.",
        "Call `run` for each conversation.";

    too_many_conversations(count, limit)
        "The call has {count} conversations, and with these settings at most {limit} are possible.",
        "Pass fewer at a time: the calls of a long list can follow each other.";

    conversations_too_large(limit)
        "The variables of all conversations are larger than {limit} bytes.",
        "Pass fewer at a time: the calls of a long list can follow each other.";

    too_many_earlier(count, limit)
        "There are more than {count} `earlier` conversations, or their variables are larger than {limit} bytes.",
        "Settle some of them first: doubts end ten minutes after the request.";

    more_findings()
        "There are more findings about this conversation.",
        "Run it by itself to see them all.";
}
