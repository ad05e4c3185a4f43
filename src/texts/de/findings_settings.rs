//! What an author filled in, value by value.

use crate::texts::remarks;

remarks! {
    domain_empty()
        "Die Domain der Organisation ist leer.",
        "Tragen Sie den Host der Organisation ein, zum Beispiel `example.my.salesforce.com`; Salesforce zeigt ihn in \
         Setup unter „Meine Domäne“.";

    domain_in_another_form(domain)
        "Die Domain der Organisation nennt eine Organisation, aber nicht allein mit ihrem Host.",
        "Tragen Sie `{domain}` ein.";

    domain_of_the_login()
        "Die Domain der Organisation ist die Anmeldeseite aller Organisationen und nicht die Adresse einer \
         Organisation.",
        "Tragen Sie den Host der Organisation ein, zum Beispiel `example.my.salesforce.com`; Salesforce zeigt ihn in \
         Setup unter „Meine Domäne“.";

    domain_of_an_instance()
        "Die Domain der Organisation ist die Adresse einer Instanz, die viele Organisationen enthält und bald nicht \
         mehr für sie antwortet.",
        "Tragen Sie den Host der Organisation ein, zum Beispiel `example.my.salesforce.com`; Salesforce zeigt ihn in \
         Setup unter „Meine Domäne“.";

    domain_is_an_ip_address()
        "Die Domain der Organisation ist eine IP-Adresse und kein Host einer Organisation.",
        "Tragen Sie den Host der Organisation ein, zum Beispiel `example.my.salesforce.com`; Salesforce zeigt ihn in \
         Setup unter „Meine Domäne“.";

    domain_foreign()
        "Die Domain der Organisation ist kein Host einer Organisation von Salesforce.",
        "Tragen Sie den Host der Organisation ein, zum Beispiel `example.my.salesforce.com` oder \
         `example--test.sandbox.my.salesforce.com`; Salesforce zeigt ihn in Setup unter „Meine Domäne“.";

    bad_api_version(least, default)
        "Dies ist keine Version der REST-API ab {least}.",
        "Lassen Sie die Angabe weg, dann gilt \"{default}\", oder schreiben Sie sie in dieser Form.";

    bad_time_zone()
        "Dies ist nicht der Name einer Zeitzone.",
        "Möglich sind ein Name der IANA-Datenbank wie \"Europe/Berlin\", \"UTC\" und eine Zeitverschiebung wie \
         \"+01:00\".";

    preset_without_case()
        "Die Vorlage ergänzt Cases, und keine Zuordnung schreibt einen.",
        "Ordnen Sie mindestens ein Feld des Objekts `Case` zu, zum Beispiel `Subject`.";

    preset_of_another_object(record)
        "Die Vorlage ergänzt Cases, und `{record}` ist keiner.",
        "Entfernen Sie die Vorlage, oder setzen Sie sie an den Datensatz, dessen Objekt Case ist.";

    empty_mappings()
        "Die Tabelle der Zuordnungen ist leer, also gibt es nichts zu schreiben.",
        "Fügen Sie eine Zeile hinzu, die einem Feld eine Variable zuordnet, zum Beispiel Contact `Email` die Variable \
         `customer_email`.";

    too_many_mappings(count, limit)
        "Die Tabelle der Zuordnungen hat {count} Zeilen, möglich sind höchstens {limit}.",
        "Teilen Sie das Modul in zwei Module auf.";

    two_spellings(first)
        "Der Datensatz `{first}` ist auf zwei Arten geschrieben.",
        "Schreiben Sie überall `{first}`, oder geben Sie dem zweiten Datensatz einen eigenen Namen.";

    bad_object_name()
        "Dies kann nicht der API-Name eines Objekts sein.",
        "Schreiben Sie den API-Namen, nicht die Bezeichnung: Buchstaben, Ziffern und Unterstriche, zum Beispiel \
         `Contact` oder `Ticket__c`.";

    bad_field_name()
        "Dies kann nicht der API-Name eines Felds sein.",
        "Schreiben Sie den API-Namen, nicht die Bezeichnung, zum Beispiel `LastName` oder `Score__c`; die externe ID \
         eines übergeordneten Datensatzes heißt `Parent__r.External_Id__c`.";

    number_of_objects(count, least, most)
        "Die Liste hat {count} Objekte, möglich sind {least} bis {most}.",
        "Schreiben Sie eine Liste wie [\"Contact\", \"Lead\"].";

    listed_twice(sobject)
        "`{sobject}` steht zweimal in der Liste.",
        "Behalten Sie einen der Einträge.";

    bad_source()
        "Ein Wert hat genau eine Herkunft, und hier steht keine, oder es stehen mehrere da.",
        "Wählen Sie eine, zum Beispiel <source: { \"variable\": \"customer_email\" }>. Die anderen sind <constant>, \
         <template>, <record>, <file> und <transcript>.";

    empty_variable()
        "Der Name der Variable ist leer.",
        "Wählen Sie eine Variable des Flows.";

    constant_out_of_range()
        "Die Zahl ist größer, oder näher an null, als jede, die Salesforce aufnimmt.",
        "Korrigieren Sie sie.";

    blank_constant()
        "Der feste Wert ist leer.",
        "Tragen Sie einen Wert ein, oder entfernen Sie die Zeile.";

    bad_constant(found)
        "Hier steht {found}, erwartet wird ein Text, eine Zahl, true oder false oder eine Liste davon.",
        "Ersetzen Sie es durch einen solchen Wert.";

    template_open()
        "Der Text mit Variablen ist falsch: Auf ein `{` folgt kein `}`.",
        "Schreiben Sie Variablen als `{first_name}`, und Klammern, die Text sind, doppelt: `{{`, `}}`.";

    template_close()
        "Der Text mit Variablen ist falsch: Vor einem `}` steht kein `{`.",
        "Schreiben Sie Variablen als `{first_name}`, und Klammern, die Text sind, doppelt: `{{`, `}}`.";

    template_empty_name()
        "Der Text mit Variablen ist falsch: `{}` nennt keine Variable.",
        "Schreiben Sie den Namen einer Variable zwischen die Klammern, zum Beispiel `{first_name}`.";

    template_without_variable()
        "Im Text kommt keine `{variable}` vor.",
        "Wählen Sie <constant> statt <template>, oder fügen Sie eine Variable ein, zum Beispiel `{first_name}`.";

    no_count_of_seconds()
        "Ein Verweis oder ein Gespräch ist keine Zahl von Sekunden oder Millisekunden.",
        "Lassen Sie <format> leer.";

    unused_record()
        "Keine Zuordnung nennt diesen Datensatz.",
        "Ordnen Sie ein Feld dieses Datensatzes zu, oder entfernen Sie den Eintrag.";

    misspelt_record(near)
        "Keine Zuordnung nennt diesen Datensatz.",
        "Ist `{near}` gemeint?";

    object_and_list()
        "Sowohl <sobject> als auch <lookIn> sagen, was der Datensatz ist.",
        "Entfernen Sie <sobject>: Ein neuer Datensatz gehört zum letzten Objekt der Liste.";

    bad_assignment_rule()
        "Dies ist weder \"default\" noch \"off\" noch die ID einer Zuordnungsregel.",
        "Eine ID hat 15 oder 18 Buchstaben und Ziffern; Salesforce zeigt sie in der Adresse der Seite der Regel.";

    bad_record_type()
        "Dies kann nicht der DeveloperName eines Datensatztyps sein.",
        "Setup zeigt ihn als Name des Datensatztyps: Buchstaben, Ziffern und Unterstriche, zum Beispiel \
         `Support_Case`.";

    bad_external_id()
        "Dies kann nicht der API-Name einer externen ID sein.",
        "Nehmen Sie ein eigenes Feld, das in Setup als externe ID und als eindeutig gekennzeichnet ist, zum Beispiel \
         `Chat_Step__c`.";

    bad_stored_field()
        "Dies kann nicht der API-Name eines Felds sein.",
        "<store: { \"Id\": \"salesforce_contact_id\" }> führt vom Feld zur Variable.";

    schema_edited()
        "Die Angaben der Organisation sind nicht die, die `prepare` geschrieben hat.",
        "Führen Sie `prepare` noch einmal aus, statt <schema> zu ändern.";

    bad_fact()
        "Dies kann kein API-Name sein.",
        "Führen Sie `prepare` noch einmal aus, statt <schema> zu ändern.";

    bad_separator(limit)
        "Der Text zwischen altem und neuem Wert hat 1 bis {limit} Bytes und enthält kein `@{`.",
        "Schreiben Sie einen Text wie \"; \", oder lassen Sie ihn weg: Dann ist es eine neue Zeile.";

    text_too_long(limit)
        "Dieser Text ist leer oder zu lang.",
        "Schreiben Sie 1 bis {limit} Zeichen, oder entfernen Sie ihn.";

    bad_use_of_key()
        "Dieser Wert ist hier nicht möglich.",
        "Möglich: `false` und `true` ohne Anführungszeichen, `only` mit.";
}
