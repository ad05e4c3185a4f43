//! "Did you mean …?": the known name that a misspelt one most likely stands for.

/// Names longer than this are not compared: that takes time with the square.
const MAX_COMPARED: usize = 64;

/// The known name nearest to `name`, if one is near enough to be meant.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |candidate: &'a str| {
        // Up to a third of the letters may differ: `feild` → `field`, but not `url` → `off`.
        let allowed = (name.len().max(candidate.len()) / 3).max(1);
        let distance = strsim::osa_distance(&name.to_ascii_lowercase(), &candidate.to_ascii_lowercase());
        (distance <= allowed).then_some((distance, candidate))
    };
    let known = known.into_iter().filter(|candidate| name.len().max(candidate.len()) <= MAX_COMPARED);
    known.filter_map(near).min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}
