//! "Did you mean …?": the known name that a misspelt one most likely stands for.

/// Names longer than this are not compared: the table below grows with the square.
const MAX_COMPARED: usize = 64;

/// The known name nearest to `name`, if one is near enough to be meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = name.to_ascii_lowercase().into_bytes();
    if typed.len() > MAX_COMPARED {
        return None;
    }
    let near = |candidate: &'a str| {
        // Up to a third of the letters may differ: `feild` → `field`, but not `url` → `off`.
        let allowed = (typed.len().max(candidate.len()) / 3).max(1);
        // At least so many letters differ as one has more than the other: a candidate of any length is no work.
        if typed.len().abs_diff(candidate.len()) > allowed {
            return None;
        }
        let distance = distance(&typed, &candidate.to_ascii_lowercase().into_bytes());
        (distance <= allowed).then_some((distance, candidate))
    };
    known.into_iter().filter_map(near).min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// How many letters must be inserted, removed, replaced or swapped with their neighbour.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX - 1);
            let mut best = (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_fingers_finds_its_name_and_another_word_finds_none() {
        let known = ["field", "object", "source", "whenBlank", "overwrite", "useToFindExisting"];
        assert_eq!(nearest("feild", known), Some("field"));
        assert_eq!(nearest("Object", known), Some("object"));
        assert_eq!(nearest("when_blank", known), Some("whenBlank"));
        assert_eq!(nearest("useToFindExistng", known), Some("useToFindExisting"));
        assert_eq!(nearest("banana", known), None);
        assert_eq!(nearest(&"x".repeat(10_000), known), None);
        assert_eq!(nearest("feild", [&"x".repeat(10_000), "field"]), Some("field"));
    }
}
