//! Which entries fit what the author has typed, and which of those come first.

use std::cmp::Ordering;

use crate::base::fold::fold;

/// What was typed into a drop-down, in small letters and in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    whole: String,
}

/// How well an entry fits; the first is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the API name or the label.
    Exact,
    /// One of them begins with it.
    Start,
    /// A word of one of them does.
    Word,
    /// It stands somewhere in one of them.
    Inside,
    /// Only its words do, each in one of them.
    Scattered,
}

impl Search {
    /// Of no text everything fits, equally well.
    pub fn new(text: &str) -> Self {
        Self { whole: folded(text.split_whitespace().collect::<Vec<_>>().join(" ").as_str()) }
    }

    /// How well an entry fits; `None` if it does not.
    pub fn fit(&self, name: &str, label: &str) -> Option<Fit> {
        let texts = [folded(name), folded(label)];
        let whole = self.whole.as_str();
        let any = |fits: &dyn Fn(&str) -> bool| texts.iter().any(|text| fits(text));
        if whole.is_empty() || any(&|text| text == whole) {
            Some(Fit::Exact)
        } else if any(&|text| text.starts_with(whole)) {
            Some(Fit::Start)
        } else if any(&|text| words(text).any(|rest| rest.starts_with(whole))) {
            Some(Fit::Word)
        } else if any(&|text| text.contains(whole)) {
            Some(Fit::Inside)
        } else {
            whole.split(' ').all(|word| any(&|text| text.contains(word))).then_some(Fit::Scattered)
        }
    }
}

/// The text from each of its words on.
fn words(text: &str) -> impl Iterator<Item = &str> {
    // The table of all alphabets is 4 kB; what stands between words is ASCII almost everywhere.
    let is_gap = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric();
    text.match_indices(is_gap).filter_map(move |(at, gap)| text.get(at + gap.len()..))
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// The best of what is offered, at most `limit`. It never holds more.
#[derive(Debug)]
pub struct Best<T> {
    limit: usize,
    entries: Vec<(Rank, T)>,
    total: u32,
}

/// Where an entry stands: by relevance, then by label as people sort it, then by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    fit: Fit,
    label: String,
    name: String,
}

impl<T> Best<T> {
    pub fn new(limit: usize) -> Self {
        Self { limit, entries: Vec::new(), total: 0 }
    }

    /// Counts the entry, and makes it if it is among the best so far.
    pub fn offer(&mut self, fit: Fit, label: &str, name: &str, make: impl FnOnce() -> T) {
        self.total = self.total.saturating_add(1);
        let rank = Rank { fit, label: folded(label), name: folded(name) };
        let at = self.entries.partition_point(|(other, _)| other.cmp(&rank) != Ordering::Greater);
        if at < self.limit {
            self.entries.insert(at, (rank, make()));
            self.entries.truncate(self.limit);
        }
    }

    /// The best, and how many there were.
    pub fn into_parts(self) -> (Vec<T>, u32) {
        (self.entries.into_iter().map(|(_, entry)| entry).collect(), self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::{Best, Fit, Search};

    #[test]
    fn name_or_label_fits_whatever_the_case_and_better_the_earlier() {
        let fit = |text: &str, name: &str, label: &str| Search::new(text).fit(name, label);
        assert_eq!(fit("  contact ", "Contact", "Kontakt"), Some(Fit::Exact));
        assert_eq!(fit("KONTAKT", "Contact", "Kontakt"), Some(Fit::Exact));
        assert_eq!(fit("cont", "Contact", "Kontakt"), Some(Fit::Start));
        assert_eq!(fit("name", "LastName", "Last Name"), Some(Fit::Word));
        assert_eq!(fit("no", "Customer_No__c", "Kundennummer"), Some(Fit::Word));
        assert_eq!(fit("größe", "Size__c", "Schuh-GRÖßE"), Some(Fit::Word));
        assert_eq!(fit("stnam", "LastName", "Nachname"), Some(Fit::Inside));
        assert_eq!(fit("name  last", "X__c", "Last Name"), Some(Fit::Scattered));
        assert_eq!(fit("last  name", "X__c", "Last Name"), Some(Fit::Exact));
        assert_eq!(fit("name first", "X__c", "Last Name"), None);
        assert_eq!(fit("", "X__c", "Anything"), Some(Fit::Exact));
    }

    #[test]
    fn the_best_are_kept_in_order_and_all_are_counted() {
        let mut best = Best::new(3);
        let offers = [
            (Fit::Inside, "Apple", "A"),
            (Fit::Start, "ämter", "D"),
            (Fit::Start, "Berg", "C"),
            (Fit::Start, "berg", "B"),
            (Fit::Word, "Aal", "E"),
        ];
        for (fit, label, name) in offers {
            best.offer(fit, label, name, || name);
        }
        assert_eq!(best.into_parts(), (vec!["B", "C", "D"], 5));
        let mut none = Best::new(0);
        none.offer(Fit::Exact, "", "", || panic!("made in vain"));
        assert_eq!(none.into_parts(), (Vec::<()>::new(), 1));
    }
}
