//! Wörter des Formulars, die das JSON-Schema der Einstellungen nicht hat.

pub(crate) const MORE: &str = "Weitere Einstellungen";
pub(crate) const NUMBER: &str = "Feste Zahl";
pub(crate) const YES_OR_NO: &str = "Festes Ja oder Nein";
pub(crate) const SEVERAL: &str = "Mehrere feste Werte";
pub(crate) const FINDS: &str = "Datensatz mit einem Wert finden";
pub(crate) const READS: &str = "Feld des Datensatzes lesen";
