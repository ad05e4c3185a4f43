//! What is well formed and probably not meant. Each can be silenced.

use crate::texts::remarks;

remarks! {
    mismatched_source(field, holds, says)
        "`{field}` enthält {holds}, aber der Name der Variable sagt {says}.",
        "Wählen Sie die Variable, die dorthin gehört. Ist sie richtig, wählen Sie <silence: [\"mismatched-source\"]>.";

    look_alike_fields(first, second)
        "Eine Variable füllt sowohl `{first}` als auch `{second}`.",
        "Wählen Sie für eines davon eine andere Variable. Ist beides gemeint, wählen Sie <silence: \
         [\"look-alike-fields\"]>.";

    only_key_may_be_blank(field, record)
        "Lässt der Besucher `{field}` leer, wird kein Datensatz `{record}` geschrieben.",
        "Machen Sie die Frage zur Pflicht, oder wählen Sie <whenBlank: \"fail\">. Darf die Antwort leer sein, wählen \
         Sie <silence: [\"key-may-be-blank\"]>.";

    only_key_of_read_may_be_blank(field, record)
        "Lässt der Besucher `{field}` leer, wird kein Datensatz `{record}` gelesen.",
        "Machen Sie die Frage zur Pflicht, oder wählen Sie <whenBlank: \"fail\">. Darf die Antwort leer sein, wählen \
         Sie <silence: [\"key-may-be-blank\"]>.";

    key_may_be_blank(field, record)
        "Lässt der Besucher `{field}` leer, finden die übrigen Schlüssel allein den Datensatz `{record}`, und der \
         kann einer anderen Person gehören.",
        "Wählen Sie <whenBlank: \"fail\">. Genügen die übrigen Schlüssel, wählen Sie <silence: \
         [\"key-may-be-blank\"]>.";

    case_key(field)
        "Mit dem Schlüssel `{field}` ändert ein neues Gespräch einen alten Case, statt einen zu eröffnen.",
        "Wählen Sie <useToFindExisting: false>. Ist der alte Case gemeint, wählen Sie <silence: [\"case-key\"]>.";

    weak_key_phone(field, record)
        "`{field}` allein entscheidet, welcher Datensatz `{record}` gemeint ist. Eine Nummer wird nur in der \
         Schreibweise gefunden, in der sie gespeichert ist, und mehrere Personen können dieselbe haben.",
        "Nehmen Sie einen Wert, den nur ein Datensatz hat, etwa eine E-Mail-Adresse oder eine eindeutige externe ID, \
         stattdessen als Schlüssel, oder als zweiten Schlüssel mit <matchKeys: \"all\">. Ist dieser Schlüssel \
         gemeint, wählen Sie <silence: [\"weak-key\"]>.";

    weak_key_shared(field, record)
        "`{field}` allein entscheidet, welcher Datensatz `{record}` gemeint ist. Mehrere Datensätze können denselben \
         Wert haben, und der falsche würde überschrieben.",
        "Nehmen Sie einen Wert, den nur ein Datensatz hat, etwa eine E-Mail-Adresse oder eine eindeutige externe ID, \
         stattdessen als Schlüssel, oder als zweiten Schlüssel mit <matchKeys: \"all\">. Ist dieser Schlüssel \
         gemeint, wählen Sie <silence: [\"weak-key\"]>.";

    state_or_country_text(name, code)
        "Die Organisation hat für `{name}` eine Liste, und das Feld nimmt nur deren Bezeichnungen, Buchstabe für \
         Buchstabe.",
        "Ordnen Sie stattdessen `{code}` zu, und lassen Sie das Gespräch die Werte der Liste anbieten. Gibt das \
         Gespräch die Bezeichnungen genau so, wählen Sie <silence: [\"state-or-country-text\"]>.";
}
