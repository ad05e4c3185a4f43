//! The two pages that a person sees. Plain HTML: they must work without JavaScript, and everything that came from
//! outside is escaped.

use super::{AuthorizeError, USERNAME};
use crate::http::uri;

/// Login and consent in one form. It repeats what the app asked for, as the POST is judged by itself.
pub fn consent(asked: &[(String, String)], scope: &str, login_hint: &str) -> String {
    let own = ["decision", "username", "password"];
    let hidden: String = asked
        .iter()
        .filter(|(name, _)| !own.contains(&name.as_str()))
        .map(|(name, value)| format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", escape(name), escape(value)))
        .collect();
    let username = if login_hint.is_empty() { USERNAME } else { login_hint };
    let scopes: String = scope.split(' ').map(|scope| format!("<li>{}</li>\n", escape(scope))).collect();
    document(
        "Allow access?",
        &format!(
            "<form method=\"post\" action=\"/services/oauth2/authorize\">\n{hidden}\
             <p><label>Username <input name=\"username\" value=\"{}\" autocomplete=\"username\"></label></p>\n\
             <p><label>Password <input name=\"password\" type=\"password\" placeholder=\"any\"></label></p>\n\
             <p>The app is asking to:</p>\n<ul>\n{scopes}</ul>\n\
             <p><button name=\"decision\" value=\"allow\">Allow</button>\n\
             <button name=\"decision\" value=\"deny\">Deny</button></p>\n</form>",
            escape(username)
        ),
    )
}

/// The error as the real page spells it in its address.
pub fn error(AuthorizeError { code, description }: &AuthorizeError) -> String {
    let line = format!("error={}&error_description={}", uri::encode(code), uri::encode(description));
    document("OAuth error", &format!("<p>{}</p>\n<p><code>{}</code></p>", escape(description), escape(&line)))
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title} | Salesforce simulator</title>\n\
         <style>body {{ font-family: sans-serif; max-width: 30em; margin: 4em auto; padding: 0 1em }}</style>\n\
         </head>\n<body>\n<h1>{title}</h1>\n{body}\n<p><small>A Salesforce org in memory.</small></p>\n\
         </body>\n</html>\n"
    )
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
