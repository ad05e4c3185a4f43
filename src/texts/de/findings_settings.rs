//! What an author filled in, value by value.

use std::fmt::Display;

use super::labels::kind;
use crate::base::json::Kind;
use crate::texts::{Remark, remark};

pub(crate) fn domain_empty() -> Remark {
    remark(
        "Die Domain der Organisation ist leer.",
        "Tragen Sie den Host der Organisation ein, zum Beispiel `example.my.salesforce.com`; Salesforce zeigt ihn in \
         Setup unter „Meine Domäne“.",
    )
}

pub(crate) fn domain_in_another_form(domain: &dyn Display) -> Remark {
    remark(
        "Die Domain der Organisation nennt eine Organisation, aber nicht allein mit ihrem Host.",
        format!("Tragen Sie `{domain}` ein."),
    )
}

pub(crate) fn domain_of_the_login() -> Remark {
    remark(
        "Die Domain der Organisation ist die Anmeldeseite aller Organisationen und nicht die Adresse einer \
         Organisation.",
        "Tragen Sie den Host der Organisation ein, zum Beispiel `example.my.salesforce.com`; Salesforce zeigt ihn in \
         Setup unter „Meine Domäne“.",
    )
}

pub(crate) fn domain_of_an_instance() -> Remark {
    remark(
        "Die Domain der Organisation ist die Adresse einer Instanz, die viele Organisationen enthält und bald nicht \
         mehr für sie antwortet.",
        "Tragen Sie den Host der Organisation ein, zum Beispiel `example.my.salesforce.com`; Salesforce zeigt ihn in \
         Setup unter „Meine Domäne“.",
    )
}

pub(crate) fn domain_is_an_ip_address() -> Remark {
    remark(
        "Die Domain der Organisation ist eine IP-Adresse und kein Host einer Organisation.",
        "Tragen Sie den Host der Organisation ein, zum Beispiel `example.my.salesforce.com`; Salesforce zeigt ihn in \
         Setup unter „Meine Domäne“.",
    )
}

pub(crate) fn domain_foreign() -> Remark {
    remark(
        "Die Domain der Organisation ist kein Host einer Organisation von Salesforce.",
        "Tragen Sie den Host der Organisation ein, zum Beispiel `example.my.salesforce.com` oder \
         `example--test.sandbox.my.salesforce.com`; Salesforce zeigt ihn in Setup unter „Meine Domäne“.",
    )
}

pub(crate) fn bad_api_version(least: &dyn Display, default: &dyn Display) -> Remark {
    remark(
        format!("Dies ist keine Version der REST-API ab {least}."),
        format!("Lassen Sie die Angabe weg, dann gilt \"{default}\", oder schreiben Sie sie in dieser Form."),
    )
}

pub(crate) fn bad_time_zone() -> Remark {
    remark(
        "Dies ist nicht der Name einer Zeitzone.",
        "Möglich sind ein Name der IANA-Datenbank wie \"Europe/Berlin\", \"UTC\" und eine Zeitverschiebung wie \
         \"+01:00\".",
    )
}

pub(crate) fn preset_without_case() -> Remark {
    remark(
        "Die Vorlage ergänzt Cases, und keine Zuordnung schreibt einen.",
        "Ordnen Sie mindestens ein Feld des Objekts `Case` zu, zum Beispiel `Subject`.",
    )
}

pub(crate) fn preset_of_another_object(record: &dyn Display) -> Remark {
    remark(
        format!("Die Vorlage ergänzt Cases, und `{record}` ist keiner."),
        "Entfernen Sie die Vorlage, oder setzen Sie sie an den Datensatz, dessen Objekt Case ist.",
    )
}

pub(crate) fn empty_mappings() -> Remark {
    remark(
        "Die Tabelle der Zuordnungen ist leer, also gibt es nichts zu schreiben.",
        "Fügen Sie eine Zeile hinzu, die einem Feld eine Variable zuordnet, zum Beispiel Contact `Email` die \
         Variable `customer_email`.",
    )
}

pub(crate) fn too_many_mappings(count: usize, limit: usize) -> Remark {
    remark(
        format!("Die Tabelle der Zuordnungen hat {count} Zeilen, möglich sind höchstens {limit}."),
        "Teilen Sie das Modul in zwei Module auf.",
    )
}

pub(crate) fn two_spellings(first: &dyn Display) -> Remark {
    remark(
        format!("Der Datensatz `{first}` ist auf zwei Arten geschrieben."),
        format!("Schreiben Sie überall `{first}`, oder geben Sie dem zweiten Datensatz einen eigenen Namen."),
    )
}

pub(crate) fn bad_object_name() -> Remark {
    remark(
        "Dies kann nicht der API-Name eines Objekts sein.",
        "Schreiben Sie den API-Namen, nicht die Bezeichnung: Buchstaben, Ziffern und Unterstriche, zum Beispiel \
         `Contact` oder `Ticket__c`.",
    )
}

pub(crate) fn bad_field_name() -> Remark {
    remark(
        "Dies kann nicht der API-Name eines Felds sein.",
        "Schreiben Sie den API-Namen, nicht die Bezeichnung, zum Beispiel `LastName` oder `Score__c`; die externe ID \
         eines übergeordneten Datensatzes heißt `Parent__r.External_Id__c`.",
    )
}

pub(crate) fn number_of_objects(count: usize, least: usize, most: usize) -> Remark {
    remark(
        format!("Die Liste hat {count} Objekte, möglich sind {least} bis {most}."),
        "Schreiben Sie eine Liste wie [\"Contact\", \"Lead\"].",
    )
}

pub(crate) fn listed_twice(sobject: &dyn Display) -> Remark {
    remark(format!("`{sobject}` steht zweimal in der Liste."), "Behalten Sie einen der Einträge.")
}

pub(crate) fn bad_source() -> Remark {
    remark(
        "Ein Wert hat genau eine Herkunft, und hier steht keine, oder es stehen mehrere da.",
        "Wählen Sie als „Wert“ eines von „Variable“, „Fester Wert“, „Text mit Variablen“, „Datensatz dieses Moduls“, \
         „Dateien“ und „Gespräch“ (JSON: \"source\": { \"variable\": \"customer_email\" }; die anderen heißen \
         `constant`, `template`, `record`, `file` und `transcript`).",
    )
}

pub(crate) fn empty_variable() -> Remark {
    remark("Der Name der Variable ist leer.", "Wählen Sie eine Variable des Flows.")
}

pub(crate) fn constant_out_of_range() -> Remark {
    remark("Die Zahl ist größer, oder näher an null, als jede, die Salesforce aufnimmt.", "Korrigieren Sie sie.")
}

pub(crate) fn blank_constant() -> Remark {
    remark("Der feste Wert ist leer.", "Tragen Sie einen Wert ein, oder entfernen Sie die Zeile.")
}

pub(crate) fn bad_constant(found: Kind) -> Remark {
    remark(
        format!(
            "Hier steht {}, erwartet wird ein Text, eine Zahl, true oder false oder eine Liste davon.",
            kind(found)
        ),
        "Ersetzen Sie es durch einen solchen Wert.",
    )
}

pub(crate) fn template_open() -> Remark {
    remark(
        "Der Text mit Variablen ist falsch: Auf ein `{` folgt kein `}`.",
        "Schreiben Sie Variablen als `{first_name}`, und Klammern, die Text sind, doppelt: `{{`, `}}`.",
    )
}

pub(crate) fn template_close() -> Remark {
    remark(
        "Der Text mit Variablen ist falsch: Vor einem `}` steht kein `{`.",
        "Schreiben Sie Variablen als `{first_name}`, und Klammern, die Text sind, doppelt: `{{`, `}}`.",
    )
}

pub(crate) fn template_empty_name() -> Remark {
    remark(
        "Der Text mit Variablen ist falsch: `{}` nennt keine Variable.",
        "Schreiben Sie den Namen einer Variable zwischen die Klammern, zum Beispiel `{first_name}`.",
    )
}

pub(crate) fn template_without_variable() -> Remark {
    remark(
        "Im Text kommt keine `{variable}` vor.",
        "Wählen Sie „Fester Wert“ statt „Text mit Variablen“ (JSON: \"constant\" statt \"template\"), oder fügen Sie \
         eine Variable ein, zum Beispiel `{first_name}`.",
    )
}

pub(crate) fn no_count_of_seconds() -> Remark {
    remark(
        "Ein Verweis oder ein Gespräch ist keine Zahl von Sekunden oder Millisekunden.",
        "Lassen Sie „Format eines Zeitpunkts“ leer (JSON: \"format\" entfernen).",
    )
}

pub(crate) fn unused_record() -> Remark {
    remark(
        "Keine Zuordnung nennt diesen Datensatz.",
        "Ordnen Sie ein Feld dieses Datensatzes zu, oder entfernen Sie den Eintrag.",
    )
}

pub(crate) fn misspelt_record(near: &str) -> Remark {
    remark("Keine Zuordnung nennt diesen Datensatz.", format!("Ist `{near}` gemeint?"))
}

pub(crate) fn object_and_list() -> Remark {
    remark(
        "Sowohl „Objekt“ (JSON: \"sobject\") als auch „In mehreren Objekten suchen“ (JSON: \"lookIn\") sagen, was \
         der Datensatz ist.",
        "Entfernen Sie „Objekt“ (JSON: \"sobject\"): Ein neuer Datensatz gehört zum letzten Objekt der Liste.",
    )
}

pub(crate) fn bad_assignment_rule() -> Remark {
    remark(
        "Dies ist weder \"default\" noch \"off\" noch die ID einer Zuordnungsregel.",
        "Eine ID hat 15 oder 18 Buchstaben und Ziffern; Salesforce zeigt sie in der Adresse der Seite der Regel.",
    )
}

pub(crate) fn bad_record_type() -> Remark {
    remark(
        "Dies kann nicht der DeveloperName eines Datensatztyps sein.",
        "Setup zeigt ihn als Name des Datensatztyps: Buchstaben, Ziffern und Unterstriche, zum Beispiel \
         `Support_Case`.",
    )
}

pub(crate) fn bad_external_id() -> Remark {
    remark(
        "Dies kann nicht der API-Name einer externen ID sein.",
        "Nehmen Sie ein eigenes Feld, das in Setup als externe ID und als eindeutig gekennzeichnet ist, zum Beispiel \
         `Chat_Step__c`.",
    )
}

pub(crate) fn bad_stored_field() -> Remark {
    remark(
        "Dies kann nicht der API-Name eines Felds sein.",
        "„In Variablen behalten“ führt vom Feld zur Variable (JSON: \"store\": { \"Id\": \"salesforce_contact_id\" \
         }).",
    )
}

pub(crate) fn schema_edited() -> Remark {
    remark(
        "Die Angaben der Organisation sind nicht die, die `prepare` geschrieben hat.",
        "Führen Sie `prepare` noch einmal aus, statt „Angaben der Organisation“ (JSON: \"schema\") zu ändern.",
    )
}

pub(crate) fn bad_fact() -> Remark {
    remark(
        "Dies kann kein API-Name sein.",
        "Führen Sie `prepare` noch einmal aus, statt „Angaben der Organisation“ (JSON: \"schema\") zu ändern.",
    )
}
