//! The customer's own fields and objects: one of every field type, unique and non-unique keys, one managed package.

use super::field::Kind;
use super::standard;
use super::{Field, SObject};

const OWNERS: Option<&[&str]> = Some(&["Group", "User"]);
const TOPICS: &[&str] = &["News", "Events", "Offers"];

/// Adds the custom fields of standard objects.
pub fn extend(objects: &mut [SObject]) {
    for object in objects {
        let fields = match object.name {
            "Account" => vec![customer_no()],
            "Contact" => contact_fields(),
            "Lead" => lead_fields(),
            "Case" => vec![
                Field::text("Chat_Conversation_Id__c", "Chat Conversation Id", 64).external_id().unique(),
                Field::text("Ext__c", "Ext", 20),
                score(0),
            ],
            _ => vec![],
        };
        object.fields.extend(fields);
    }
}

/// Whether an object is one of these, which an org of somebody's own does not have.
pub fn is_sample(name: &str) -> bool {
    ["Ticket__c", "acme__Order__c"].contains(&name)
}

/// The custom objects.
pub fn objects() -> Vec<SObject> {
    vec![order(), ticket()]
}

fn customer_no() -> Field {
    Field::text("Customer_No__c", "Customer No", 40).external_id().unique()
}

fn score(scale: u32) -> Field {
    Field::new("Score__c", "Score", Kind::Double { precision: 18, scale })
}

fn contact_fields() -> Vec<Field> {
    vec![
        customer_no(),
        score(0),
        Field::new("Alternate_Email__c", "Alternate Email", Kind::Email),
        Field::text("Loyalty_No__c", "Loyalty No", 40).external_id(),
        Field::picklist("acme__Tier__c", "Tier", &["Bronze", "Silver", "Gold"]),
        Field::new("Newsletter__c", "Newsletter", Kind::Boolean),
        Field::new("Topics__c", "Topics", Kind::MultiPicklist { values: TOPICS }),
    ]
}

fn lead_fields() -> Vec<Field> {
    vec![
        score(0),
        Field::new("Age__c", "Age", Kind::Double { precision: 4, scale: 1 }),
        Field::new("Topics__c", "Topics", Kind::MultiPicklist { values: TOPICS }),
        Field::new("Vip__c", "VIP", Kind::Boolean),
    ]
}

fn ticket() -> SObject {
    let channels = Kind::MultiPicklist { values: &["Chat", "Email", "Phone"] };
    let mut fields = standard::system_fields("Record ID", OWNERS);
    fields.extend([
        Field::text("Name", "Ticket Number", 80).auto_number().naming(),
        Field::text("Subject__c", "Subject", 255).required(),
        Field::area("Description__c", "Description", 32_768),
        score(2),
        Field::picklist("Priority__c", "Priority", &["Low", "Normal", "High"]).restricted(),
        Field::new("Channels__c", "Channels", channels).restricted(),
        Field::new("Due__c", "Due", Kind::Date),
        Field::new("Started__c", "Started", Kind::DateTime),
        Field::new("Starts_At__c", "Starts At", Kind::Time),
        Field::new("Done__c", "Done", Kind::Boolean),
        Field::lookup("Contact__c", "Contact", &["Contact"], "Contact__r"),
        Field::lookup("Account__c", "Account", &["Account"], "Account__r"),
        Field::lookup("Order__c", "Order", &["acme__Order__c"], "Order__r"),
        Field::text("External_Id__c", "External Id", 64).external_id().unique(),
    ]);
    fields.extend(every_other_type());
    custom("Ticket__c", "Ticket", "Tickets", "a01", fields)
}

/// Types and kinds of key that a ticket's own fields leave out, so that one object shows every conversion.
fn every_other_type() -> Vec<Field> {
    const SOURCES: &[&str] = &["web_chat", "phone", "fax"];
    const REGIONS: &[&str] = &["EMEA", "AMER"];
    vec![
        Field::new("Amount__c", "Amount", Kind::Currency { precision: 18, scale: 2 }),
        Field::new("Discount__c", "Discount", Kind::Percent { precision: 5, scale: 2 }),
        // A custom number is a double on the platform; this one stands for the standard fields of type int.
        Field::new("Count__c", "Count", Kind::Int),
        Field::new("Email__c", "Email", Kind::Email),
        Field::new("Phone__c", "Phone", Kind::Phone),
        Field::new("Url__c", "Url", Kind::Url),
        Field::picklist("Source__c", "Source", SOURCES)
            .labelled(&[("web_chat", "Web chat"), ("phone", "Telephone"), ("fax", "Fax")])
            .with_inactive(&["fax"]),
        Field::picklist("Region__c", "Region", REGIONS)
            .labelled(&[("EMEA", "Europe, Middle East and Africa"), ("AMER", "Americas")])
            .restricted(),
        Field::text("Serial__c", "Serial", 20).external_id(),
        Field::new("Number__c", "Number", Kind::Double { precision: 18, scale: 0 }).external_id().unique(),
    ]
}

/// What every new custom object has.
pub fn system_fields() -> Vec<Field> {
    let mut fields = standard::system_fields("Record ID", OWNERS);
    fields.push(name("Name"));
    fields
}

/// A name that is the id unless it is given.
fn name(label: &'static str) -> Field {
    let mut name = Field::text("Name", label, 80).id_lookup().naming();
    name.defaulted_on_create = true;
    name
}

fn order() -> SObject {
    let total = Kind::Currency { precision: 18, scale: 2 };
    let name = name("Order Name");
    let mut fields = standard::system_fields("Record ID", OWNERS);
    fields.extend([
        name,
        Field::text("acme__Number__c", "Number", 40).external_id().unique().case_sensitive(),
        Field::new("acme__Total__c", "Total", total),
        Field::lookup("acme__Contact__c", "Contact", &["Contact"], "acme__Contact__r"),
    ]);
    custom("acme__Order__c", "Order", "Orders", "a02", fields)
}

fn custom(
    name: &'static str,
    label: &'static str,
    label_plural: &'static str,
    prefix: &'static str,
    fields: Vec<Field>,
) -> SObject {
    SObject { fields, ..SObject::custom(name, label, label_plural, prefix) }
}
