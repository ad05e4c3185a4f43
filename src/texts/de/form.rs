//! Wörter des Formulars, die das JSON-Schema der Einstellungen nicht hat.

pub(crate) const MORE: &str = "Weitere Einstellungen";
