//! Übergaben an einen Menschen.

use crate::texts::remarks;

remarks! {
    no_messaging_host()
        "Der Messaging-Host dieser Domain ist nicht bekannt: nur der einer Domain, die auf `.my.salesforce.com` endet.",
        "Eine solche <deploymentDomain> eintragen oder die Übergabe der Engine überlassen.";

    bad_organization()
        "Das ist nicht die ID einer Organisation: `00D`, insgesamt 15 oder 18 Zeichen.",
        "Sie steht im Codeausschnitt des Deployments in Setup.";

    bad_name(limit)
        "Das ist kein API-Name: ein Buchstabe oder `_`, dann Buchstaben, Ziffern und `_`, höchstens {limit} Zeichen.",
        "Er muss genau so geschrieben sein wie im Messaging-Kanal oder im Deployment.";

    bad_language()
        "Das ist keine Sprache von Salesforce, wie `de` oder `en_US`.",
        "Die Sprache in Kleinbuchstaben schreiben, dahinter `_` und das Land in Großbuchstaben, falls nötig.";

    no_rows()
        "Es gibt keine Zuordnung.",
        "Eine hinzufügen oder <mappings> weglassen: Ein Chat lässt sich auch ohne Attribute eröffnen.";

    attribute_twice(attribute)
        "Zwei Zuordnungen füllen `{attribute}`.",
        "Nur eine von beiden behalten.";

    bad_source()
        "Ein Attribut ist ein Text: eine Variable, ein fester Wert oder ein Text mit Variablen.",
        "Eines davon wählen; das bisherige Gespräch gehört in </transcript>.";

    not_a_run(function)
        "Diese Funktion übergibt keine Gespräche.",
        "Für Einstellungen des Modus `handover` ist `{function}` aufzurufen.";

    not_a_handover(mode)
        "Diese Funktion übergibt Gespräche, und die Einstellungen sind vom Modus `{mode}`.",
        "Für sie sind die Funktionen der Schnittstelle `salesforce-module` aufzurufen.";

    transcript_cut(limit)
        "Das bisherige Gespräch ist länger als {limit} Bytes; sein Anfang fehlt.",
        "Nichts ist zu tun; das Ende eines Gesprächs sagt, worum es geht.";

    transcript_not_sent()
        "Der Chat ist eröffnet, aber Salesforce nahm das bisherige Gespräch nicht an.",
        "Der Mitarbeiter muss noch einmal fragen.";

    required_attribute(attribute)
        "Das Deployment verlangt `{attribute}`, und keine Zuordnung füllt es.",
        "Eine Zuordnung hinzufügen oder das Feld im Pre-Chat-Formular freistellen.";

    files_off()
        "Besucher dieses Deployments können keine Dateien senden.",
        "Falls sie das sollen, sind Anhänge im Deployment einzuschalten.";

    misspelt_attribute(attribute, near)
        "Das Pre-Chat-Formular hat kein `{attribute}`: Der Wert ginge ohne Fehler verloren.",
        "Ist `{near}` gemeint?";

    unknown_attribute(attribute)
        "Das Pre-Chat-Formular hat kein `{attribute}`: Der Wert ginge ohne Fehler verloren.",
        "Es im Kanal und im Formular hinzufügen, als verborgenes Feld, wenn Besucher es nicht sehen sollen, und das \
         Deployment veröffentlichen.";

    attribute_cut(attribute)
        "Der Wert für `{attribute}` ist länger, als das Pre-Chat-Formular annimmt, und wurde gekürzt.",
        "Das Feld verlängern oder um einen kürzeren Text bitten.";

    attribute_left_out(attribute)
        "Der Wert für `{attribute}` ist keiner, den das Pre-Chat-Formular annimmt, und wurde weggelassen.",
        "Was der Flow liefert, mit der Auswahl und der Länge des Felds vergleichen.";

    constant_too_long(attribute, most)
        "`{attribute}` nimmt höchstens {most} Zeichen an.",
        "Den festen Wert kürzen.";

    constant_not_a_choice(attribute)
        "Der feste Wert steht bei `{attribute}` nicht zur Auswahl.",
        "Einen wählen, den das Pre-Chat-Formular hat.";

    deployment_unavailable()
        "Salesforce gibt für dieses Deployment kein Token.",
        "Das Deployment veröffentlichen und <deployment> und <organizationId> mit seinem Codeausschnitt in Setup \
         vergleichen. Es muss vom Typ Custom Client sein.";

    deployment_not_asked()
        "Das Deployment ließ sich nicht fragen.",
        "Später noch einmal versuchen.";

    bad_chat(limit)
        "Das ist nicht der Chat einer früheren Antwort: ein Text von höchstens {limit} Bytes.",
        "Der neueste `chat` ist unverändert zu übergeben.";

    chat_of_another_version()
        "Der Chat wurde mit einer anderen Version des Moduls begonnen.",
        "Ihn mit jener Version beenden oder einen neuen beginnen.";

    chat_of_another_deployment()
        "Der Chat gehört zu einem anderen Deployment als die Einstellungen.",
        "Die Einstellungen verwenden, mit denen der Chat begonnen wurde.";

    other_chat()
        "Der Chat ist der eines anderen Gesprächs oder eines anderen Schritts.",
        "Den Chat übergeben, den `start` für diesen Text von </idempotency> lieferte, oder keinen.";

    bad_key(limit)
        "Der Schlüssel der Nachricht hat nicht 1 bis {limit} Bytes ohne Steuerzeichen.",
        "Die eigene ID der Engine für die Nachricht übergeben.";

    bad_text(limit)
        "Die Nachricht ist leer oder länger als {limit} Bytes.",
        "Für eine leere Nachricht nichts senden, eine längere in Teilen.";

    bad_choice(limit)
        "Die Option oder die Nachricht, auf die sie antwortet, hat nicht 1 bis {limit} Bytes ohne Steuerzeichen.",
        "Beide so übergeben, wie `receive` sie lieferte.";

    bad_file(limit)
        "Die Datei hat keinen gültigen Namen, keinen Medientyp wie `image/jpeg`, keinen Inhalt oder mehr als {limit} \
         Bytes.",
        "Sie berichtigen oder um eine kleinere bitten.";
}
