//! README.md and docs/ say what is true: their commands are run, their settings are checked, and their links, tables of codes and
//! limits are compared with the sources.

mod codes;
mod commands;
mod limits;
mod links;
mod output;
mod page;
mod settings;
mod source;

use page::Page;

/// Most bytes of README.md: what a stranger reads before leaving.
const MAX_README_BYTES: usize = 8 << 10;

#[test]
fn the_readme_is_short() {
    let length = Page::load("README.md").text.len();
    assert!(length <= MAX_README_BYTES, "README.md has {length} bytes: move what not every reader needs to docs/");
}

#[test]
fn the_readme_and_docs_show_the_examples_that_compile() {
    let shown = [
        ("README.md", include_str!("../../../examples/embed.rs")),
        ("docs/embed.md", include_str!("../../../examples/embed.rs")),
        ("docs/connect-salesforce.md", include_str!("../../../examples/connected.rs")),
    ];
    for (page, example) in shown {
        let (what, code) = example.split_once("\n\n").expect("a first line that says what it is");
        assert!(Page::load(page).text.contains(code), "{page} does not show the example: {what}");
    }
}

#[test]
fn the_design_has_the_layers_that_the_test_of_layers_holds() {
    let list = include_str!("../../core/layers.rs").split("const LAYERS").nth(1).expect("a list of layers");
    let list = list.split("];").next().expect("the list's end");
    let rooms = |line: &str| line.split("], &[").map(source::literals).collect::<Vec<_>>();
    let held: Vec<_> = list.lines().map(str::trim).filter(|line| line.starts_with("&[&[")).map(rooms).collect();
    let page = Page::load("docs/design.md");
    let shown: Vec<Vec<Vec<String>>> =
        page.table("layers").iter().map(|row| row[1].split(';').map(page::code_spans).collect()).collect();
    assert_eq!(shown, held);
}
