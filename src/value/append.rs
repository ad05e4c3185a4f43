//! A value that is added to what a field holds already.

use super::convert::TextLimit;
use super::{LIST_SEPARATOR, Misfit, lines};

/// How a value is added.
#[derive(Clone, Debug, PartialEq)]
pub struct Appending {
    /// What stands between the old and the new. With `;` both are lists, of which the field gets the union.
    pub separator: String,
    /// What the field has room for.
    pub limit: TextLimit,
    /// Where the new value does not fit behind the old one, as much of it is added as does.
    pub cut: bool,
}

/// What the field is to hold.
#[derive(Debug, PartialEq)]
pub enum Appended {
    /// It holds the value already.
    Held,
    /// This text; `cut`, if not all of the value did fit.
    Text {
        /// The old value, the separator and the new one.
        text: String,
        /// A part of the new one is missing.
        cut: bool,
    },
    /// Nothing more fits, and a cut was allowed.
    Full,
}

impl Appending {
    /// Between the entries of a multi-select picklist, which has an order of its own.
    pub const LIST: &str = ";";
    /// Between texts, unless the settings say otherwise.
    pub const LINE: &str = "\n";

    /// Adds `new` to `stored`. The old value is never shortened.
    pub fn onto(&self, stored: &str, new: &str) -> Result<Appended, Misfit> {
        let stored = stored.trim();
        let missing = self.missing(stored, new);
        if missing.is_empty() {
            return Ok(Appended::Held);
        }
        let begin = if stored.is_empty() { String::new() } else { format!("{stored}{}", self.separator) };
        let whole = format!("{begin}{missing}");
        let Some(misfit) = self.limit.misfit(&whole) else { return Ok(Appended::Text { text: whole, cut: false }) };
        if !self.cut || self.is_list() {
            return Err(misfit);
        }
        let fitting = self.limit.less(&begin).map_or("", |room| room.start(&missing).trim_end());
        Ok(match fitting.is_empty() {
            true => Appended::Full,
            false => Appended::Text { text: format!("{begin}{fitting}"), cut: true },
        })
    }

    fn is_list(&self) -> bool {
        self.separator == Self::LIST
    }

    /// What of `new` is not there yet. A text is there if it stands between separators, so that a step that is run again adds
    /// nothing.
    fn missing(&self, stored: &str, new: &str) -> String {
        if self.is_list() {
            let mut missing: Vec<&str> = Vec::new();
            for entry in new.split(LIST_SEPARATOR).map(str::trim).filter(|entry| !entry.is_empty()) {
                let is_there = stored.split(LIST_SEPARATOR).any(|known| known.trim() == entry);
                if !is_there && !missing.contains(&entry) {
                    missing.push(entry);
                }
            }
            return missing.join(Self::LIST);
        }
        let plain = |text: &str| lines(text).collect::<Vec<_>>().join("\n");
        let (stored, wanted, separator) = (plain(stored), plain(new.trim()), plain(&self.separator));
        let between = |text: &str| format!("{separator}{text}{separator}");
        if between(&stored).contains(&between(&wanted)) { String::new() } else { new.trim().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn appending(separator: &str, characters: Option<usize>, cut: bool) -> Appending {
        Appending { separator: separator.to_owned(), limit: TextLimit { characters, bytes: None }, cut }
    }

    fn text(text: &str) -> Result<Appended, Misfit> {
        Ok(Appended::Text { text: text.to_owned(), cut: false })
    }

    #[test]
    fn a_list_gets_the_entries_that_it_lacks() {
        let list = appending(";", None, false);
        assert_eq!(list.onto("News;Offers", "Events;News"), text("News;Offers;Events"));
        assert_eq!(list.onto("News;Offers", "Offers"), Ok(Appended::Held));
        assert_eq!(list.onto("", "Events"), text("Events"));
        assert_eq!(list.onto("News", "Events; Events;News;Events"), text("News;Events"));
    }

    #[test]
    fn a_text_is_added_once_however_often_a_step_is_run() {
        let note = appending("\n", None, false);
        assert_eq!(note.onto("first", "second\nline"), text("first\nsecond\nline"));
        assert_eq!(note.onto("first\r\nsecond\r\nline", "second\nline"), Ok(Appended::Held));
        assert_eq!(note.onto("first\nsecond", "first"), Ok(Appended::Held));
        // A part of a line is another text.
        assert_eq!(note.onto("first\nsecond", "sec"), text("first\nsecond\nsec"));
    }

    #[test]
    fn the_old_text_is_never_shortened() {
        assert_eq!(appending("\n", Some(8), false).onto("first", "second"), Err(Misfit::TooLong(8)));
        let cut = appending("\n", Some(8), true);
        assert_eq!(cut.onto("first", "second"), Ok(Appended::Text { text: "first\nse".to_owned(), cut: true }));
        assert_eq!(cut.onto("first fi", "second"), Ok(Appended::Full));
    }
}
