//! Rows that attach files.

use crate::texts::remarks;

remarks! {
    fills_no_field()
        "Eine Datei wird an den Datensatz gehängt; sie füllt keines seiner Felder.",
        "Lassen Sie <field> leer, oder wählen Sie <source: { \"variable\": … }>, wenn die Variable einen Wert enthält.";

    not_taken_away()
        "Eine Datei, die schon am Datensatz hängt, wird nicht wieder entfernt.",
        "Wählen Sie <whenBlank: \"skip\"> oder <whenBlank: \"fail\">.";

    no_file_here()
        "Diese Zeile hängt keine Datei an, also bewirkt <whenFileFails> nichts.",
        "Wählen Sie <source: { \"file\": … }>, oder entfernen Sie <whenFileFails>.";

    no_use_for(key)
        "Für eine Datei bedeutet {key} nichts.",
        "Entfernen Sie es.";

    same_files_twice(record)
        "Zwei Zeilen hängen dieselben Dateien an `{record}`.",
        "Behalten Sie eine davon.";

    alone(record)
        "Eine Datei allein schreibt keinen Datensatz `{record}`.",
        "Ordnen Sie auch mindestens ein Feld des Datensatzes zu.";

    not_in_this_mode()
        "In diesem Modus werden keine Dateien angehängt.",
        "Entfernen Sie die Zeile, oder wählen Sie <mode: \"sobject-write\">.";

    cannot_be_attached(variable, record, code)
        "Eine Datei aus `{variable}` kann nicht an `{record}` gehängt werden: `{code}`.",
        "Fragen Sie nach einer anderen Datei. Soll ohne sie nichts geschrieben werden, wählen Sie <whenFileFails: \
         \"fail\">.";

    not_mapped(count)
        "Keine Zuordnung nennt die Variable dieser Dateien der Plattform, also werden sie nicht angehängt: {count}.",
        "Wenn das so sein soll, ist nichts zu tun. Andernfalls fügen Sie eine Zeile mit <source: { \"file\": … }> \
         hinzu.";

    already_there()
        "Dieser Schritt hat die Datei schon angehängt, also wird sie nicht noch einmal gesendet.",
        "Es ist nichts zu tun: Dafür gibt es <idempotency>.";

    perhaps_attached(record, variable, code)
        "`{record}` ist geschrieben, aber eine Datei aus `{variable}` hängt vielleicht nicht daran: `{code}`.",
        "Sehen Sie die Dateien des Datensatzes durch.";

    not_attached(record, variable, code)
        "`{record}` ist geschrieben, aber eine Datei aus `{variable}` wurde nicht angehängt: `{code}`.",
        "Hängen Sie sie von Hand an. Führen Sie den Schritt nur dann noch einmal aus, wenn der Datensatz \
         <idempotency> hat: Sonst wird er zweimal geschrieben.";
}
