//! Settings, or a form's question, against the org as its integration user sees it.

use std::fmt::Display;

use crate::texts::{Again, Remark, remark};

pub(crate) fn unknown_object(object: &dyn Display) -> Remark {
    remark(
        format!("The org shows the integration user no object `{object}`."),
        "Use the API name as Setup shows it, or let an administrator give the integration user access to it.",
    )
}

pub(crate) fn misspelt_object(object: &dyn Display, near: &str) -> Remark {
    remark(
        format!("The org shows the integration user no object `{object}`."),
        format!(
            "Did you mean `{near}`? Otherwise correct the name, or let an administrator give the integration user \
             access to it."
        ),
    )
}

pub(crate) fn unknown_field(field: &dyn Display, object: &dyn Display) -> Remark {
    remark(
        format!("The org shows the integration user no field `{field}` of `{object}`."),
        "Use the API name as Setup shows it, or let an administrator give the integration user access to it.",
    )
}

pub(crate) fn misspelt_field(field: &dyn Display, object: &dyn Display, near: &str) -> Remark {
    remark(
        format!("The org shows the integration user no field `{field}` of `{object}`."),
        format!(
            "Did you mean `{near}`? Otherwise correct the name, or let an administrator give the integration user \
             access to it."
        ),
    )
}

pub(crate) fn unknown_relationship(relationship: &dyn Display, object: &dyn Display) -> Remark {
    remark(
        format!("`{object}` has no relationship `{relationship}`."),
        "Use the relationship's name, such as `Account` or `Parent__r`, or let an administrator give the integration \
         user access to it.",
    )
}

pub(crate) fn misspelt_relationship(
    relationship: &dyn Display,
    object: &dyn Display,
    near: &str,
    field: &dyn Display,
) -> Remark {
    remark(format!("`{object}` has no relationship `{relationship}`."), format!("Did you mean `{near}.{field}`?"))
}

pub(crate) fn parent_of_several(relationship: &dyn Display, lookup: &dyn Display) -> Remark {
    remark(
        format!("Behind `{relationship}` there are several objects, so an external id does not say which."),
        format!("Map an id to `{lookup}` instead."),
    )
}

pub(crate) fn read_of_several(path: &dyn Display, lookup: &dyn Display, shared: &str) -> Remark {
    remark(
        format!("Behind `{path}` there are several objects, which do not share this field."),
        format!("Read `{lookup}`, or one of the fields that they share: {shared}."),
    )
}

pub(crate) fn hidden_parent(relationship: &dyn Display, lookup: &dyn Display) -> Remark {
    remark(
        format!("The org does not show the integration user the object behind `{relationship}`."),
        format!(
            "Map an id to `{lookup}` instead, or let an administrator give the integration user access to the object."
        ),
    )
}

pub(crate) fn hidden_parent_of_read(relationship: &dyn Display) -> Remark {
    remark(
        format!("The org does not show the integration user the object behind `{relationship}`."),
        "Remove the row, or let an administrator give the integration user access to the object.",
    )
}

pub(crate) fn parent_by_no_external_id(field: &dyn Display) -> Remark {
    remark(
        format!("A parent is found by an external id, and `{field}` is none."),
        "Use a field that Setup marks as External ID.",
    )
}

pub(crate) fn unsupported_type(field: &dyn Display, word: &str) -> Remark {
    remark(
        format!("`{field}` is of the type `{word}`, which no chat value fills."),
        "Map its parts instead, such as `MailingStreet` of `MailingAddress`.",
    )
}

pub(crate) fn no_single_value(path: &dyn Display, record: &dyn Display, word: &str) -> Remark {
    remark(
        format!("`{path}` of `{record}` is of the type `{word}`, which is no single value."),
        "Use its parts instead, such as `MailingStreet` of `MailingAddress`.",
    )
}

pub(crate) fn key_not_createable(field: &dyn Display) -> Remark {
    remark(
        format!("`{field}` cannot be set on a new record."),
        "Turn on “Only update existing records, do not create new ones” (JSON: \"onlyUpdateExisting\": true), or \
         find the record by another field.",
    )
}

pub(crate) fn only_updateable(field: &dyn Display) -> Remark {
    remark(
        format!("`{field}` cannot be set on a new record."),
        "Turn on “Only update existing records, do not create new ones” (JSON: \"onlyUpdateExisting\": true), or \
         remove the row.",
    )
}

pub(crate) fn read_only(field: &dyn Display) -> Remark {
    remark(
        format!("`{field}` cannot be set on a new record."),
        "Remove the row, or let an administrator give the integration user write access to the field.",
    )
}

pub(crate) fn only_createable(field: &dyn Display) -> Remark {
    remark(
        format!("`{field}` cannot be changed on an existing record."),
        "Choose “Never, only on new records” for “Overwrite” (JSON: \"overwrite\": \"on-create\"), or remove the row.",
    )
}

pub(crate) fn not_searchable(field: &dyn Display) -> Remark {
    remark(
        format!("Salesforce cannot search by `{field}`: it is a long text or an encrypted field."),
        "Use another field to find the record.",
    )
}

pub(crate) fn lookup_of_some(field: &dyn Display, sobject: &dyn Display, only_for: &str) -> Remark {
    remark(
        format!("`{field}` does not take the id of `{sobject}`."),
        format!(
            "Fill in “Only for these objects” (JSON: \"onlyFor\": {only_for}): then the field is left alone for \
             others."
        ),
    )
}

pub(crate) fn lookup_of_another(field: &dyn Display, sobject: &dyn Display) -> Remark {
    remark(format!("`{field}` does not take the id of `{sobject}`."), format!("Use a lookup field to `{sobject}`."))
}

pub(crate) fn field_of_some(sobject: &dyn Display, field: &dyn Display, others: &str) -> Remark {
    remark(
        format!(
            "`{sobject}`, one of the objects in which the record is looked for, has no field `{field}`; these have \
             it: {others}."
        ),
        format!("Fill in “Only for these objects” on this row (JSON: \"onlyFor\": {others})."),
    )
}

pub(crate) fn stored_field_of_some(sobject: &dyn Display, field: &dyn Display, others: &str) -> Remark {
    remark(
        format!(
            "`{sobject}`, one of the objects in which the record is looked for, has no field `{field}`; these have \
             it: {others}."
        ),
        "Remove it: what is kept in a variable must be there for all objects.",
    )
}

pub(crate) fn preset_field_left_out(field: &dyn Display) -> Remark {
    remark(
        format!("The integration user may not fill `{field}`, so the preset leaves it out."),
        "If the field may stay empty, there is nothing to do. Otherwise let an administrator give the integration \
         user access to it.",
    )
}

pub(crate) fn may_not_create(sobject: &dyn Display) -> Remark {
    remark(
        format!("The integration user may not create `{sobject}`."),
        "Let an administrator give the permission in the user's profile or a permission set.",
    )
}

pub(crate) fn may_not_update(sobject: &dyn Display) -> Remark {
    remark(
        format!("The integration user may not update `{sobject}`."),
        "Let an administrator give the permission in the user's profile or a permission set.",
    )
}

pub(crate) fn person_accounts() -> Remark {
    remark(
        "In this org a person can be an Account (Person Account), whose Contact cannot be written by itself.",
        "Map private customers to Account, with `PersonEmail` as the key if the integration user may see it; keep \
         Contact for people of companies.",
    )
}

pub(crate) fn required_field(field: &dyn Display, sobject: &dyn Display) -> Remark {
    remark(
        format!("The org demands `{field}` of every new `{sobject}`, and no row fills it."),
        "Add a row for it, or turn on “Only update existing records, do not create new ones” (JSON: \
         \"onlyUpdateExisting\": true).",
    )
}

pub(crate) fn required_name() -> Remark {
    remark(
        "The org demands of every new `Account` a `Name`, if it is a company, or a `LastName`, if it is a person, \
         and no row fills either.",
        "Add a row for one of them, or turn on “Only update existing records, do not create new ones” (JSON: \
         \"onlyUpdateExisting\": true).",
    )
}

pub(crate) fn two_names() -> Remark {
    remark(
        "A company's Account takes only `Name`, a person's only `LastName`; with values for both the Account is \
         refused.",
        "Keep one of the rows, or two records; or see that the chat never gives both values.",
    )
}

pub(crate) fn currency_not_given(sobject: &dyn Display) -> Remark {
    remark(
        format!(
            "The org has several currencies, and a new `{sobject}` gets the integration user's, whatever the visitor \
             meant."
        ),
        "If that currency is meant, there is nothing to do. Otherwise map its code, such as \"EUR\", to \
         `CurrencyIsoCode`.",
    )
}

pub(crate) fn idempotency_not_unique(field: &dyn Display) -> Remark {
    remark(
        format!("`{field}` is not both an external id and unique, so a step could be written twice."),
        "Mark the field as External ID and Unique in Setup, or use another one.",
    )
}

pub(crate) fn idempotency_no_text(field: &dyn Display) -> Remark {
    remark(format!("`{field}` is no text field."), "Use a text field of 255 characters.")
}

pub(crate) fn idempotency_read_only(field: &dyn Display) -> Remark {
    remark(
        format!("The integration user may not fill `{field}`."),
        "Let an administrator give the integration user write access to the field.",
    )
}

pub(crate) fn record_type_not_assigned(wanted: &str) -> Remark {
    remark(
        format!("The integration user may not use the record type `{wanted}`."),
        "Let an administrator assign it in the user's profile or a permission set.",
    )
}

pub(crate) fn unknown_record_type(sobject: &dyn Display, wanted: &str) -> Remark {
    remark(
        format!("`{sobject}` has no record type `{wanted}`."),
        "Use the DeveloperName, which Setup shows as Record Type Name.",
    )
}

pub(crate) fn misspelt_record_type(sobject: &dyn Display, wanted: &str, near: &str) -> Remark {
    remark(format!("`{sobject}` has no record type `{wanted}`."), format!("Did you mean `{near}`?"))
}

pub(crate) fn unknown_assignment_rule(sobject: &dyn Display) -> Remark {
    remark(
        format!("`{sobject}` has no assignment rule with this id."),
        "Copy the id from the address of the rule's page in Setup, or choose “The org's active rule” for “Assignment \
         rule” (JSON: \"assignmentRule\": \"default\").",
    )
}

pub(crate) fn no_active_assignment_rule(sobject: &dyn Display) -> Remark {
    remark(
        format!("No assignment rule of `{sobject}` is active: its owner will be the org's default."),
        "If that owner is meant, there is nothing to do. Otherwise activate a rule in Setup or map `OwnerId`.",
    )
}

pub(crate) fn conversion_hidden() -> Remark {
    remark(
        "The integration user may not see which Contact a converted Lead has become.",
        "Let an administrator give read access to `IsConverted` and `ConvertedContactId` of Lead.",
    )
}

pub(crate) fn not_queryable(sobject: &dyn Display) -> Remark {
    remark(
        format!("Salesforce cannot search for records of `{sobject}`."),
        "Read another object, such as one that links to it.",
    )
}

pub(crate) fn validation_rules_unread() -> Remark {
    remark(
        "The org did not show its validation rules, so an error will not say which of them refused a record.",
        "If that can be found out in Setup, there is nothing to do. Otherwise give the integration user View Setup \
         and Configuration, and run `prepare` again.",
    )
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
