//! The standard objects, with the lengths and properties that a real describe prints for them.
//!
//! Only fields that a chat could fill or a rule needs are here; the rest of the platform's hundreds would prove nothing.

use super::field::Kind;
use super::{Can, Field, SObject};

const LEAD_SOURCES: &[&str] = &["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"];
pub const SALUTATIONS: &[&str] = &["Mr.", "Ms.", "Mrs.", "Dr.", "Prof."];
const INDUSTRIES: &[&str] = &["Agriculture", "Banking", "Consulting", "Education", "Retail", "Technology", "Other"];
const RATINGS: &[&str] = &["Hot", "Warm", "Cold"];

/// Parents before children.
pub fn objects() -> Vec<SObject> {
    vec![account(), contact(), lead(), case(), case_comment()]
}

/// Id, IsDeleted and the audit fields, which every object has; `owner` adds OwnerId.
pub fn system_fields(id_label: &'static str, owner: Option<&'static [&'static str]>) -> Vec<Field> {
    let datetime = |name, label| Field::new(name, label, Kind::DateTime).read_only().defaulted();
    let user = |name, label, relationship| Field::lookup(name, label, &["User"], relationship).read_only().defaulted();
    let mut fields = vec![
        Field::new("Id", id_label, Kind::Id).read_only().defaulted(),
        Field::new("IsDeleted", "Deleted", Kind::Boolean).read_only(),
        datetime("CreatedDate", "Created Date"),
        user("CreatedById", "Created By ID", "CreatedBy"),
        datetime("LastModifiedDate", "Last Modified Date"),
        user("LastModifiedById", "Last Modified By ID", "LastModifiedBy"),
        datetime("SystemModstamp", "System Modstamp"),
    ];
    fields.extend(owner.map(|to| Field::lookup("OwnerId", "Owner ID", to, "Owner").defaulted()));
    fields
}

pub fn standard(
    name: &'static str,
    label_plural: &'static str,
    prefix: &'static str,
    owner: Option<&'static [&'static str]>,
    id_label: &'static str,
    own: Vec<Field>,
) -> SObject {
    let mut fields = system_fields(id_label, owner);
    fields.extend(own);
    SObject {
        name,
        label: name,
        label_plural,
        prefix,
        custom: false,
        writable: true,
        can: Can::ALL,
        retrieveable: true,
        access: None,
        fields,
        document: None,
    }
}

fn account() -> SObject {
    let picklist = |name, label, values| Field::new(name, label, Kind::Picklist { values, length: 40 });
    let own = vec![
        Field::text("Name", "Account Name", 255).required().naming(),
        picklist("Type", "Account Type", &["Prospect", "Customer - Direct", "Customer - Channel", "Other"]),
        Field::lookup("ParentId", "Parent Account ID", &["Account"], "Parent"),
        Field::lookup("RecordTypeId", "Record Type ID", &["RecordType"], "RecordType"),
        Field::area("BillingStreet", "Billing Street", 255),
        Field::text("BillingCity", "Billing City", 40),
        Field::text("BillingState", "Billing State/Province", 80),
        Field::text("BillingPostalCode", "Billing Zip/Postal Code", 20),
        Field::text("BillingCountry", "Billing Country", 80),
        Field::new("Phone", "Account Phone", Kind::Phone),
        Field::text("AccountNumber", "Account Number", 40),
        Field::new("Website", "Website", Kind::Url),
        picklist("Industry", "Industry", INDUSTRIES),
        Field::new("AnnualRevenue", "Annual Revenue", Kind::Currency { precision: 18, scale: 0 }),
        Field::new("NumberOfEmployees", "Employees", Kind::Int),
        picklist("Rating", "Account Rating", RATINGS),
        Field::area("Description", "Account Description", 32_000),
    ];
    standard("Account", "Accounts", "001", Some(&["User"]), "Account ID", own)
}

fn contact() -> SObject {
    let mut own = person(SALUTATIONS, "Business Fax");
    own.extend([
        Field::lookup("AccountId", "Account ID", &["Account"], "Account"),
        Field::lookup("ReportsToId", "Reports To ID", &["Contact"], "ReportsTo"),
        Field::area("MailingStreet", "Mailing Street", 255),
        Field::text("MailingCity", "Mailing City", 40),
        Field::text("MailingState", "Mailing State/Province", 80),
        Field::text("MailingPostalCode", "Mailing Zip/Postal Code", 20),
        Field::text("MailingCountry", "Mailing Country", 80),
        Field::new("Phone", "Business Phone", Kind::Phone),
        Field::new("HomePhone", "Home Phone", Kind::Phone),
        Field::new("OtherPhone", "Other Phone", Kind::Phone),
        Field::text("Department", "Department", 80),
        Field::new("Birthdate", "Birthdate", Kind::Date),
        Field::area("Description", "Contact Description", 32_000),
    ]);
    standard("Contact", "Contacts", "003", Some(&["User"]), "Contact ID", own)
}

fn lead() -> SObject {
    const STATUSES: &[&str] =
        &["Open - Not Contacted", "Working - Contacted", "Closed - Converted", "Closed - Not Converted"];
    let mut own = person(SALUTATIONS, "Fax");
    own.extend([
        Field::text("Company", "Company", 255).required(),
        Field::area("Street", "Street", 255),
        Field::text("City", "City", 40),
        Field::text("State", "State/Province", 80),
        Field::text("PostalCode", "Zip/Postal Code", 20),
        Field::text("Country", "Country", 80),
        Field::new("Phone", "Phone", Kind::Phone),
        Field::new("Website", "Website", Kind::Url),
        Field::area("Description", "Description", 32_000),
        Field::picklist("Status", "Status", STATUSES).required().with_default("Open - Not Contacted"),
        Field::picklist("Industry", "Industry", INDUSTRIES),
        Field::picklist("Rating", "Rating", RATINGS),
        Field::new("AnnualRevenue", "Annual Revenue", Kind::Currency { precision: 18, scale: 0 }),
        Field::new("NumberOfEmployees", "Employees", Kind::Int),
        Field::new("IsConverted", "Converted", Kind::Boolean).read_only(),
        Field::new("ConvertedDate", "Converted Date", Kind::Date).read_only(),
        Field::lookup("ConvertedAccountId", "Converted Account ID", &["Account"], "ConvertedAccount").read_only(),
        Field::lookup("ConvertedContactId", "Converted Contact ID", &["Contact"], "ConvertedContact").read_only(),
    ]);
    standard("Lead", "Leads", "00Q", Some(&["Group", "User"]), "Lead ID", own)
}

/// A comment on a case. It has no owner, and stays with its case.
fn case_comment() -> SObject {
    let mut parent = Field::lookup("ParentId", "Parent ID", &["Case"], "Parent").required().cascading();
    parent.updateable = false;
    let body = Field::area("CommentBody", "Body", 4000).in_bytes();
    let own = vec![parent, Field::new("IsPublished", "Published", Kind::Boolean), body];
    SObject { label: "Case Comment", ..standard("CaseComment", "Case Comments", "00a", None, "Case Comment ID", own) }
}

/// What Contact and Lead share.
fn person(salutations: &'static [&'static str], fax_label: &'static str) -> Vec<Field> {
    let salutation = Kind::Picklist { values: salutations, length: 40 };
    vec![
        Field::text("LastName", "Last Name", 80).required(),
        Field::text("FirstName", "First Name", 40),
        Field::new("Salutation", "Salutation", salutation),
        Field::text("Name", "Full Name", 121).required().read_only().naming(),
        Field::new("Email", "Email", Kind::Email).id_lookup(),
        Field::new("MobilePhone", "Mobile Phone", Kind::Phone),
        Field::new("Fax", fax_label, Kind::Phone),
        Field::text("Title", "Title", 128),
        Field::picklist("LeadSource", "Lead Source", LEAD_SOURCES),
        Field::lookup("IndividualId", "Individual ID", &["Individual"], "Individual"),
    ]
}

fn case() -> SObject {
    let mut comments = Field::area("Comments", "Internal Comments", 4000).in_bytes();
    comments.sortable = true;
    let picklist = |name, label, values| Field::new(name, label, Kind::Picklist { values, length: 40 });
    let own = vec![
        Field::text("CaseNumber", "Case Number", 30).auto_number().id_lookup().naming(),
        Field::lookup("ContactId", "Contact ID", &["Contact"], "Contact"),
        Field::lookup("AccountId", "Account ID", &["Account"], "Account"),
        Field::lookup("ParentId", "Parent Case ID", &["Case"], "Parent"),
        Field::lookup("RecordTypeId", "Record Type ID", &["RecordType"], "RecordType"),
        Field::text("SuppliedName", "Name", 80),
        Field::new("SuppliedEmail", "Email Address", Kind::Email),
        Field::text("SuppliedPhone", "Phone", 40),
        Field::text("SuppliedCompany", "Company", 80),
        picklist("Type", "Case Type", &["Mechanical", "Electrical", "Electronic", "Structural", "Other"]),
        picklist("Status", "Status", &["New", "Working", "Escalated", "Closed"]).with_default("New"),
        picklist("Reason", "Case Reason", &["Installation", "Performance", "Breakdown", "Feedback", "Other"]),
        picklist("Origin", "Case Origin", &["Phone", "Email", "Web"]),
        Field::text("Subject", "Subject", 255),
        picklist("Priority", "Priority", &["High", "Medium", "Low"]).with_default("Medium"),
        Field::area("Description", "Description", 32_000),
        Field::new("IsClosed", "Closed", Kind::Boolean).read_only(),
        Field::new("ClosedDate", "Closed Date", Kind::DateTime).read_only(),
        Field::new("IsEscalated", "Escalated", Kind::Boolean),
        Field::new("ContactPhone", "Contact Phone", Kind::Phone).read_only(),
        Field::new("ContactEmail", "Contact Email", Kind::Email).read_only(),
        comments,
    ];
    standard("Case", "Cases", "500", Some(&["Group", "User"]), "Case ID", own)
}
