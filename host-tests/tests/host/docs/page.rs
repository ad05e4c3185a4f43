//! A page of Markdown: its fenced blocks, headings and tables.

use std::fs;
use std::path::{Path, PathBuf};

pub struct Page {
    /// From the repository's root: `docs/modes.md`.
    pub path: String,
    pub text: String,
}

/// A fenced block.
#[derive(Clone, Debug)]
pub struct Block {
    /// What stands behind the fence: `sh`, `text`, `jsonc`.
    pub info: String,
    pub text: String,
    /// Number of its first line in the page.
    pub line: usize,
    /// The HTML comment right before it.
    pub note: Option<String>,
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Page {
    pub fn load(path: &str) -> Self {
        let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        Self { path: path.to_owned(), text }
    }

    /// README.md and everything in docs/.
    pub fn all() -> Vec<Self> {
        let entries = fs::read_dir(root().join("docs")).expect("docs/");
        let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"));
        let mut paths: Vec<String> =
            names.filter(|name| name.ends_with(".md")).map(|name| format!("docs/{name}")).collect();
        paths.push("README.md".to_owned());
        paths.sort();
        paths.iter().map(|path| Self::load(path)).collect()
    }

    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut open: Option<Block> = None;
        let mut note = None;
        for (index, line) in self.text.lines().enumerate() {
            match (&mut open, line.strip_prefix("```")) {
                (None, Some(info)) => {
                    let info = info.trim().to_owned();
                    open = Some(Block { info, text: String::new(), line: index + 2, note: note.take() });
                }
                (Some(_), Some(_)) => blocks.extend(open.take()),
                (Some(block), None) => {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
                (None, None) => match comment(line) {
                    Some(comment) => note = Some(comment.to_owned()),
                    None if line.trim().is_empty() => {}
                    None => note = None,
                },
            }
        }
        assert!(open.is_none(), "{}: a block has no end", self.path);
        blocks
    }

    /// The lines outside of fenced blocks, with their numbers.
    pub fn prose(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut fenced = false;
        self.text.lines().enumerate().filter_map(move |(index, line)| {
            let fence = line.starts_with("```");
            fenced ^= fence;
            (!fenced && !fence).then_some((index + 1, line))
        })
    }

    /// The anchors of its headings, as GitHub makes them.
    pub fn anchors(&self) -> Vec<String> {
        let headings = self.prose().filter_map(|(_, line)| line.strip_prefix('#'));
        headings.map(|heading| anchor(heading.trim_start_matches('#').trim())).collect()
    }

    /// The cells of the tables behind each comment `<!-- name -->`, without heads.
    pub fn table(&self, name: &str) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        let mut lines = self.text.lines();
        while lines.by_ref().any(|line| comment(line) == Some(name)) {
            let table =
                lines.by_ref().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
            rows.extend(table.skip(2).map(cells));
        }
        assert!(!rows.is_empty(), "{}: no table `{name}`", self.path);
        rows
    }
}

fn comment(line: &str) -> Option<&str> {
    Some(line.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim())
}

fn cells(line: &str) -> Vec<String> {
    line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()
}

fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// What stands between backticks.
pub fn code_spans(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}
