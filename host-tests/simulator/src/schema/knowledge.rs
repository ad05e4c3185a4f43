//! Knowledge: articles, and the versions in which people and searches read them. Source: object reference,
//! KnowledgeArticleVersion, which clients only read.

use super::field::Kind;
use super::standard::standard;
use super::{Field, SObject};

const LANGUAGES: &[&str] = &["en_US", "de", "fr"];

/// Articles before their versions.
pub fn objects() -> Vec<SObject> {
    vec![article(), version()]
}

fn read(object: SObject, label: &'static str) -> SObject {
    SObject { label, writable: false, ..object }
}

fn article() -> SObject {
    let own = vec![Field::text("ArticleNumber", "Article Number", 30).auto_number().naming()];
    let article = standard("KnowledgeArticle", "Knowledge Articles", "kA0", None, "Knowledge Article ID", own);
    read(article, "Knowledge Article")
}

fn version() -> SObject {
    let picklist = |name, label, values| Field::new(name, label, Kind::Picklist { values, length: 40 }).restricted();
    let flag = |name, label| Field::new(name, label, Kind::Boolean);
    let mut summary = Field::area("Summary", "Summary", 1000);
    summary.filterable = true;
    let own = vec![
        Field::lookup("KnowledgeArticleId", "Knowledge Article ID", &["KnowledgeArticle"], "KnowledgeArticle"),
        Field::text("ArticleNumber", "Article Number", 30).read_only(),
        Field::text("Title", "Title", 255).required().naming(),
        Field::text("UrlName", "URL Name", 255),
        summary,
        picklist("PublishStatus", "Publication Status", &["Draft", "Online", "Archived"]).with_default("Draft"),
        picklist("Language", "Language", LANGUAGES).with_default("en_US"),
        flag("IsVisibleInApp", "Visible In Internal App"),
        flag("IsVisibleInPkb", "Visible In Public Knowledge Base"),
        flag("IsVisibleInCsp", "Visible to Customer"),
        Field::new("LastPublishedDate", "Last Published Date", Kind::DateTime),
    ];
    let (name, plural) = ("KnowledgeArticleVersion", "Knowledge Article Versions");
    read(standard(name, plural, "ka0", None, "Knowledge Article Version ID", own), "Knowledge Article Version")
}
