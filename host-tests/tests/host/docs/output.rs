//! Whether what a command printed is what a page shows. In a page `…` stands for anything: alone in a line for any lines, else for
//! any text within its line.

pub fn fits(shown: &str, printed: &str) -> bool {
    let lines = |text: &str| {
        text.trim_matches('\n').trim_end().lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>()
    };
    let (shown, printed) = (lines(shown), lines(printed));
    glob(
        &shown,
        &printed,
        |line| line.trim() == "…",
        |shown, printed| {
            let characters = |line: &str| line.chars().collect::<Vec<_>>();
            glob(&characters(shown), &characters(printed), |c| *c == '…', |one, other| one == other)
        },
    )
}

/// Matches from the left; where it does not go on, the last wildcard takes one more.
fn glob<T>(pattern: &[T], text: &[T], is_wild: impl Fn(&T) -> bool, fits: impl Fn(&T, &T) -> bool) -> bool {
    let (mut at, mut from) = (0, 0);
    let mut last: Option<(usize, usize)> = None;
    while from < text.len() {
        match pattern.get(at) {
            Some(wild) if is_wild(wild) => {
                last = Some((at, from));
                at += 1;
            }
            Some(plain) if fits(plain, &text[from]) => (at, from) = (at + 1, from + 1),
            _ => match last {
                Some((wild, taken)) => {
                    last = Some((wild, taken + 1));
                    (at, from) = (wild + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(is_wild)
}

#[test]
fn an_ellipsis_stands_for_lines_or_for_a_part_of_a_line() {
    let printed = "done, 2 requests\n  created Contact 003\n  created Case 500 \n";
    for shown in ["…", "done, … requests\n…", "done, 2 requests\n  …\n  created Case 500", "…\n  created Case …\n…"]
    {
        assert!(fits(shown, printed), "{shown}");
    }
    for shown in
        ["", "done, 2 requests", "done, … requests", "done, 2 requests\n  created Case …", "…\n  created Lead …"]
    {
        assert!(!fits(shown, printed), "{shown}");
    }
}
