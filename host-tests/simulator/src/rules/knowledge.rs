//! Articles of Knowledge: each version is of an article, which has the number.

use jiff::Timestamp;
use serde_json::Value;

use super::save;
use crate::org::{Changes, Org};
use crate::schema::SObject;

/// Completes the values of a new version, and makes its article unless it has one; leaves all other objects alone.
pub fn complete(org: &mut Org, sobject: &SObject, values: &mut Changes, now: Timestamp) {
    if sobject.name != "KnowledgeArticleVersion" {
        return;
    }
    let schema = std::sync::Arc::clone(&org.schema);
    let given = values.get("KnowledgeArticleId").and_then(Value::as_str).map(str::to_owned);
    let article = match (given, schema.existing("KnowledgeArticle")) {
        (Some(article), _) => article,
        (None, Some(articles)) => {
            let id = org.store.next_id(articles.prefix);
            save::insert(org, articles, Changes::new(), id.clone(), now);
            id
        }
        (None, None) => return,
    };
    let number = org.store.get(&article).map(|article| article.value("ArticleNumber")).unwrap_or_default();
    let title = values.get("Title").and_then(Value::as_str).unwrap_or_default();
    let url: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    values.entry("UrlName").or_insert_with(|| url.trim_matches('-').into());
    values.extend([("KnowledgeArticleId", article.into()), ("ArticleNumber", number)]);
}
