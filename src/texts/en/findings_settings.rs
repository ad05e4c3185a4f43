//! What an author filled in, value by value.

use crate::texts::remarks;

remarks! {
    domain_empty()
        "The deployment domain is empty.",
        "Enter the org's My Domain host, such as `example.my.salesforce.com`; Salesforce shows it in Setup under My \
         Domain.";

    domain_in_another_form(domain)
        "The deployment domain names an org, but not by its My Domain host alone.",
        "Enter `{domain}`.";

    domain_of_the_login()
        "The deployment domain serves the log-in of every org and is not the domain of one.",
        "Enter the org's My Domain host, such as `example.my.salesforce.com`; Salesforce shows it in Setup under My \
         Domain.";

    domain_of_an_instance()
        "The deployment domain is the address of an instance, which holds many orgs and will not answer for them any \
         more.",
        "Enter the org's My Domain host, such as `example.my.salesforce.com`; Salesforce shows it in Setup under My \
         Domain.";

    domain_is_an_ip_address()
        "The deployment domain is an IP address, not the My Domain host of an org.",
        "Enter the org's My Domain host, such as `example.my.salesforce.com`; Salesforce shows it in Setup under My \
         Domain.";

    domain_foreign()
        "The deployment domain is not the My Domain host of a Salesforce org.",
        "Enter the org's My Domain host, such as `example.my.salesforce.com` or \
         `example--test.sandbox.my.salesforce.com`; Salesforce shows it in Setup under My Domain.";

    bad_api_version(least, default)
        "This is not a version of the REST API from {least} on.",
        "Leave it out for \"{default}\", or write it in that form.";

    bad_time_zone()
        "This is not the name of a time zone.",
        "Use a name of the IANA database, such as \"Europe/Berlin\", or \"UTC\", or an offset such as \"+01:00\".";

    preset_without_case()
        "The preset completes Cases, and no mapping writes one.",
        "Map at least one field, such as `Subject`, to the object `Case`.";

    preset_of_another_object(record)
        "The preset completes Cases, and `{record}` is none.",
        "Remove the preset, or put it on the record whose object is Case.";

    empty_mappings()
        "The mapping table is empty, so there is nothing to write.",
        "Add a row that maps a variable to a field, such as `customer_email` to Contact `Email`.";

    too_many_mappings(count, limit)
        "The mapping table has {count} rows, and at most {limit} are possible.",
        "Split the module in two.";

    two_spellings(first)
        "The record `{first}` is spelt in two ways.",
        "Write `{first}` everywhere, or give the second record a name of its own.";

    bad_object_name()
        "This cannot be the API name of an object.",
        "Use the API name, not the label: letters, digits and underscores, such as `Contact` or `Ticket__c`.";

    bad_field_name()
        "This cannot be the API name of a field.",
        "Use the API name, not the label, such as `LastName` or `Score__c`; a parent's external id is written \
         `Parent__r.External_Id__c`.";

    number_of_objects(count, least, most)
        "The list has {count} objects, and {least} to {most} are possible.",
        "Write a list such as [\"Contact\", \"Lead\"].";

    listed_twice(sobject)
        "`{sobject}` is listed twice.",
        "Keep one of them.";

    bad_source()
        "A value comes from exactly one place, and this names none or several.",
        "Choose one, such as <source: { \"variable\": \"customer_email\" }>. The others are <constant>, <template>, \
         <record>, <file> and <transcript>.";

    empty_variable()
        "The name of the variable is empty.",
        "Choose a variable of the flow.";

    constant_out_of_range()
        "The number is larger, or closer to zero, than any that Salesforce holds.",
        "Correct it.";

    blank_constant()
        "The fixed value is blank.",
        "Enter a value, or remove the row.";

    bad_constant(found)
        "This is {found}, and a text, a number, true or false, or a list of them is expected.",
        "Replace it by such a value.";

    template_open()
        "The template is wrong: a `{` is not closed by a `}`.",
        "Write variables as `{first_name}`, and brackets that are meant as text doubled: `{{`, `}}`.";

    template_close()
        "The template is wrong: a `}` has no `{` before it.",
        "Write variables as `{first_name}`, and brackets that are meant as text doubled: `{{`, `}}`.";

    template_empty_name()
        "The template is wrong: `{}` names no variable.",
        "Write the name of a variable between the brackets, such as `{first_name}`.";

    template_without_variable()
        "The text has no `{variable}` in it.",
        "Choose <constant> instead of <template>, or add a variable, such as `{first_name}`.";

    no_count_of_seconds()
        "A link or a conversation is no count of seconds or milliseconds.",
        "Leave <format> empty.";

    unused_record()
        "No mapping names this record.",
        "Map a field to this record, or remove the entry.";

    misspelt_record(near)
        "No mapping names this record.",
        "Did you mean `{near}`?";

    object_and_list()
        "Both <sobject> and <lookIn> say what the record is.",
        "Remove <sobject>: a new record is of the last object of the list.";

    bad_assignment_rule()
        "This is neither \"default\" nor \"off\" nor the id of an assignment rule.",
        "An id has 15 or 18 letters and digits; Salesforce shows it in the address of the rule's page.";

    bad_record_type()
        "This cannot be the DeveloperName of a record type.",
        "Setup shows it as Record Type Name: letters, digits and underscores, such as `Support_Case`.";

    bad_external_id()
        "This cannot be the API name of an external id.",
        "Use a custom field that Setup marks as External ID and Unique, such as `Chat_Step__c`.";

    bad_stored_field()
        "This cannot be the API name of a field.",
        "<store: { \"Id\": \"salesforce_contact_id\" }> goes from field to variable.";

    schema_edited()
        "The facts of the org are not those that `prepare` wrote.",
        "Run `prepare` again instead of editing <schema>.";

    bad_fact()
        "This cannot be an API name.",
        "Run `prepare` again instead of editing <schema>.";

    bad_separator(limit)
        "The text between the old value and the new one has 1 to {limit} bytes and no `@{` in it.",
        "Write a text such as \"; \", or leave it out for a new line.";

    text_too_long(limit)
        "This text is blank or too long.",
        "Write 1 to {limit} characters, or remove it.";

    bad_use_of_key()
        "This value is not one of the possible ones.",
        "Possible: `false` and `true` without quotes, and `only` with quotes.";
}
