//! Settings, or a form's question, against the org as its integration user sees it.

use crate::texts::{Again, remarks};

remarks! {
    unknown_object(object)
        "The org shows the integration user no object `{object}`.",
        "Use the API name as Setup shows it, or let an administrator give the integration user access to it.";

    misspelt_object(object, near)
        "The org shows the integration user no object `{object}`.",
        "Did you mean `{near}`? Otherwise correct the name, or let an administrator give the integration user access \
         to it.";

    unknown_field(field, object)
        "The org shows the integration user no field `{field}` of `{object}`.",
        "Use the API name as Setup shows it, or let an administrator give the integration user access to it.";

    misspelt_field(field, object, near)
        "The org shows the integration user no field `{field}` of `{object}`.",
        "Did you mean `{near}`? Otherwise correct the name, or let an administrator give the integration user access \
         to it.";

    unknown_relationship(relationship, object)
        "`{object}` has no relationship `{relationship}`.",
        "Use the relationship's name, such as `Account` or `Parent__r`, or let an administrator give the integration \
         user access to it.";

    misspelt_relationship(relationship, object, near, field)
        "`{object}` has no relationship `{relationship}`.",
        "Did you mean `{near}.{field}`?";

    parent_of_several(relationship, lookup)
        "Behind `{relationship}` there are several objects, so an external id does not say which.",
        "Map an id to `{lookup}` instead.";

    read_of_several(path, lookup, shared)
        "Behind `{path}` there are several objects, which do not share this field.",
        "Read `{lookup}`, or one of the fields that they share: {shared}.";

    hidden_parent(relationship, lookup)
        "The org does not show the integration user the object behind `{relationship}`.",
        "Map an id to `{lookup}` instead, or let an administrator give the integration user access to the object.";

    hidden_parent_of_read(relationship)
        "The org does not show the integration user the object behind `{relationship}`.",
        "Remove the row, or let an administrator give the integration user access to the object.";

    parent_by_no_external_id(field)
        "A parent is found by an external id, and `{field}` is none.",
        "Use a field that Setup marks as External ID.";

    unsupported_type(field, word)
        "`{field}` is of the type `{word}`, which no chat value fills.",
        "Map its parts instead, such as `MailingStreet` of `MailingAddress`.";

    no_single_value(path, record, word)
        "`{path}` of `{record}` is of the type `{word}`, which is no single value.",
        "Use its parts instead, such as `MailingStreet` of `MailingAddress`.";

    key_not_createable(field)
        "`{field}` cannot be set on a new record.",
        "Turn on <onlyUpdateExisting: true>, or find the record by another field.";

    only_updateable(field)
        "`{field}` cannot be set on a new record.",
        "Turn on <onlyUpdateExisting: true>, or remove the row.";

    read_only(field)
        "`{field}` cannot be set on a new record.",
        "Remove the row, or let an administrator give the integration user write access to the field.";

    only_createable(field)
        "`{field}` cannot be changed on an existing record.",
        "Choose <overwrite: \"on-create\">, or remove the row.";

    not_searchable(field)
        "Salesforce cannot search by `{field}`: it is a long text or an encrypted field.",
        "Use another field to find the record.";

    lookup_of_some(field, sobject, only_for)
        "`{field}` does not take the id of `{sobject}`.",
        "Fill in <onlyFor: {only_for}>: then the field is left alone for others.";

    lookup_of_another(field, sobject)
        "`{field}` does not take the id of `{sobject}`.",
        "Use a lookup field to `{sobject}`.";

    field_of_some(sobject, field, others)
        "`{sobject}`, one of the objects in which the record is looked for, has no field `{field}`; these have it: \
         {others}.",
        "Fill in <onlyFor: {others}> on this row.";

    stored_field_of_some(sobject, field, others)
        "`{sobject}`, one of the objects in which the record is looked for, has no field `{field}`; these have it: \
         {others}.",
        "Remove it: what is kept in a variable must be there for all objects.";

    preset_field_left_out(field)
        "The integration user may not fill `{field}`, so the preset leaves it out.",
        "If the field may stay empty, there is nothing to do. Otherwise let an administrator give the integration \
         user access to it.";

    may_not_create(sobject)
        "The integration user may not create `{sobject}`.",
        "Let an administrator give the permission in the user's profile or a permission set.";

    may_not_update(sobject)
        "The integration user may not update `{sobject}`.",
        "Let an administrator give the permission in the user's profile or a permission set.";

    person_accounts()
        "In this org a person can be an Account (Person Account), whose Contact cannot be written by itself.",
        "Map private customers to Account, with `PersonEmail` as the key if the integration user may see it; keep \
         Contact for people of companies.";

    required_field(field, sobject)
        "The org demands `{field}` of every new `{sobject}`, and no row fills it.",
        "Add a row for it, or turn on <onlyUpdateExisting: true>.";

    required_name()
        "The org demands of every new `Account` a `Name`, if it is a company, or a `LastName`, if it is a person, and \
         no row fills either.",
        "Add a row for one of them, or turn on <onlyUpdateExisting: true>.";

    two_names()
        "A company's Account takes only `Name`, a person's only `LastName`; with values for both the Account is \
         refused.",
        "Keep one of the rows, or two records; or see that the chat never gives both values.";

    currency_not_given(sobject)
        "The org has several currencies, and a new `{sobject}` gets the integration user's, whatever the visitor \
         meant.",
        "If that currency is meant, there is nothing to do. Otherwise map its code, such as \"EUR\", to \
         `CurrencyIsoCode`.";

    idempotency_not_unique(field)
        "`{field}` is not both an external id and unique, so a step could be written twice.",
        "IdempotencyKey the field as External ID and Unique in Setup, or use another one.";

    idempotency_no_text(field)
        "`{field}` is no text field.",
        "Use a text field of 255 characters.";

    idempotency_read_only(field)
        "The integration user may not fill `{field}`.",
        "Let an administrator give the integration user write access to the field.";

    record_type_not_assigned(wanted)
        "The integration user may not use the record type `{wanted}`.",
        "Let an administrator assign it in the user's profile or a permission set.";

    unknown_record_type(sobject, wanted)
        "`{sobject}` has no record type `{wanted}`.",
        "Use the DeveloperName, which Setup shows as Record Type Name.";

    misspelt_record_type(sobject, wanted, near)
        "`{sobject}` has no record type `{wanted}`.",
        "Did you mean `{near}`?";

    unknown_assignment_rule(sobject)
        "`{sobject}` has no assignment rule with this id.",
        "Copy the id from the address of the rule's page in Setup, or choose <assignmentRule: \"default\">.";

    no_active_assignment_rule(sobject)
        "No assignment rule of `{sobject}` is active: its owner will be the org's default.",
        "If that owner is meant, there is nothing to do. Otherwise activate a rule in Setup or map `OwnerId`.";

    conversion_hidden()
        "The integration user may not see which Contact a converted Lead has become.",
        "Let an administrator give read access to `IsConverted` and `ConvertedContactId` of Lead.";

    not_queryable(sobject)
        "Salesforce cannot search for records of `{sobject}`.",
        "Read another object, such as one that links to it.";

    validation_rules_unread()
        "The org did not show its validation rules, so an error will not say which of them refused a record.",
        "If that can be found out in Setup, there is nothing to do. Otherwise give the integration user View Setup \
         and Configuration, and run `prepare` again.";
}

pub(crate) fn ask_with_a_new_token(again: Again) -> &'static str {
    match again {
        Again::Prepare => "Renew the access token and run `prepare` again.",
        Again::Ask => "Renew the access token and ask again.",
    }
}

pub(crate) fn ask_later(again: Again) -> &'static str {
    match again {
        Again::Prepare => "Run `prepare` again later.",
        Again::Ask => "Ask again later.",
    }
}

pub(crate) fn ask_when_corrected(again: Again) -> &'static str {
    match again {
        Again::Prepare => "Correct that, and run `prepare` again.",
        Again::Ask => "Correct that, and ask again.",
    }
}

pub(crate) fn ask_or_check_the_way(again: Again) -> &'static str {
    match again {
        Again::Prepare => "Run `prepare` again later, or check the way to the org.",
        Again::Ask => "Ask again later, or check the way to the org.",
    }
}
