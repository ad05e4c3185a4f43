//! Order for short lists.
//!
//! The sort of the standard library is compiled for each type, at five kilobytes of the component. What is sorted here is short, or
//! nearly in order already.

/// Sorts by insertion: quick where little is out of order, and up to some thousand entries.
pub(crate) fn sort<T: Ord>(list: &mut [T]) {
    for end in 1..list.len() {
        let Some((last, sorted)) = list.get(..=end).and_then(<[T]>::split_last) else { return };
        let at = sorted.partition_point(|entry| entry <= last);
        if let Some(out_of_order) = list.get_mut(at..=end) {
            out_of_order.rotate_right(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sort;

    #[test]
    fn a_list_is_sorted() {
        for mut list in [vec![], vec![1], vec![2, 1], vec![1, 2, 3], vec![3, 2, 1, 2, 0, 9, 2]] {
            let mut expected = list.clone();
            expected.sort_unstable();
            sort(&mut list);
            assert_eq!(list, expected);
        }
    }
}
