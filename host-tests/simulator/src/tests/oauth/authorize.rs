//! The page, as a browser sees it, and the short cut for scripts.

use super::super::super::AuthorizeError;
use super::*;

const PATH: &str = "/services/oauth2/authorize";

fn unescape(text: &str) -> String {
    let text = text.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&amp;", "&")
}

/// What a browser would send when that button of the page is pressed.
fn filled(page: &str, button: &str) -> Vec<(String, String)> {
    assert!(page.contains("<form method=\"post\" action=\"/services/oauth2/authorize\">") && !page.contains("<script"));
    assert!(page.contains(&format!("<button name=\"decision\" value=\"{button}\">")), "{page}");
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(unescape(rest.split_once('"')?.0))
    };
    let inputs = page.split("<input").skip(1).filter_map(|tag| {
        let tag = tag.split_once('>').unwrap().0;
        Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()))
    });
    inputs.chain([("decision".to_owned(), button.to_owned())]).collect()
}

fn press(bench: &mut Bench, query: &str, button: &str) -> Response {
    let page = bench.get(&format!("{PATH}?{query}"));
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html")));
    let form = filled(&String::from_utf8(page.body).unwrap(), button);
    let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    bench.form("authorize", &form)
}

#[test]
fn allowing_on_the_page_sends_a_code_and_the_state_to_the_callback() {
    let mut bench = Bench::new();
    let answer = press(&mut bench, &asking(&[]), "allow");
    let location = answer.header("location").unwrap().to_owned();
    assert_eq!(answer.status, 302);
    assert!(location.starts_with(&format!("{CALLBACK}?code=")) && location.contains("%3D%3D&state="), "{location}");
    assert_eq!(parameter(&location, "state"), "a state/1+2");
    let code = parameter(&location, "code");
    assert!(code.ends_with("=="));
    assert_eq!(bench.exchange(&code, &[]).status, 200);
}

#[test]
fn denying_sends_the_error_to_the_callback() {
    let mut bench = Bench::new();
    let answer = press(&mut bench, &asking(&[("state", "s")]), "deny");
    let expected = format!("{CALLBACK}?error=access_denied&error_description=end-user+denied+authorization&state=s");
    assert_eq!(answer.header("location"), Some(expected.as_str()));
    assert_eq!(bench.org.deny(&asking(&[("state", "s")])), Ok(expected));
}

#[test]
fn a_script_approves_with_the_url_or_its_query() {
    let mut bench = Bench::new();
    let url = format!("https://example.my.salesforce.com{PATH}?{}", asking(&[]));
    let callback = bench.org.approve(&url).unwrap();
    let code = parameter(&callback, "code");
    assert_eq!(bench.exchange(&code, &[]).status, 200);
    assert_ne!(bench.approved(), code);
}

#[test]
fn the_page_shows_what_is_asked_and_escapes_it() {
    let mut bench = Bench::new();
    let hostile = "\"><script>alert('1')</script>&amp;";
    let query = asking(&[("state", hostile), ("login_hint", hostile)]);
    let page = bench.get(&format!("{PATH}?{query}"));
    let page = String::from_utf8(page.body).unwrap();
    assert!(!page.contains("<script") && page.contains("<li>refresh_token</li>"), "{page}");
    let location = press(&mut bench, &query, "allow");
    assert_eq!(parameter(location.header("location").unwrap(), "state"), hostile);
}

#[test]
fn a_wrong_client_or_callback_is_told_on_a_page_and_never_redirected() {
    let mut bench = Bench::new();
    let cases = [
        (asking(&[("client_id", "nobody")]), "invalid_client_id", "client identifier invalid"),
        (asking(&[("redirect_uri", "")]), "redirect_uri_missing", "redirect_uri not provided"),
        (
            asking(&[("redirect_uri", "https://app.example/callback")]),
            "redirect_uri_mismatch",
            "redirect_uri must match configuration",
        ),
    ];
    for (query, code, description) in cases {
        let page = bench.get(&format!("{PATH}?{query}"));
        assert_eq!((page.status, page.header("location")), (400, None), "{query}");
        let text = String::from_utf8(page.body).unwrap();
        assert!(text.contains(&format!("error={code}&amp;error_description=")) && text.contains(description), "{text}");
        let error = AuthorizeError { code: code.into(), description: description.into() };
        assert_eq!(bench.org.approve(&query), Err(error));
    }
}

#[test]
fn callbacks_are_the_listed_ones_and_this_computer() {
    let mut bench = Bench::new();
    bench.org.settings.callbacks = vec!["https://app.example/callback?from=salesforce".into()];
    let allowed = [
        "http://localhost/",
        "http://localhost:1/a/b?c=d",
        "http://127.0.0.1:65535/callback",
        "https://app.example/callback?from=salesforce",
    ];
    for uri in allowed {
        let callback = bench.org.approve(&asking(&[("redirect_uri", uri)])).unwrap();
        let separator = if uri.contains('?') { '&' } else { '?' };
        assert!(callback.starts_with(&format!("{uri}{separator}code=")), "{callback}");
    }
    let refused = [
        "http://localhost",
        "http://localhost.example.com/",
        "http://localhost:1@example.com/",
        "http://localhost:99999/",
        "https://localhost:1/",
        "http://localhost:1/#fragment",
        "http://localhost:1/\r\nSet-Cookie: a=b",
        "https://app.example/callback",
        "https://app.example/callback?from=salesforce&x=y",
    ];
    for uri in refused {
        let error = bench.org.approve(&asking(&[("redirect_uri", uri)])).unwrap_err();
        assert_eq!(error.code, "redirect_uri_mismatch", "{uri}");
    }
}

#[test]
fn every_other_mistake_goes_to_the_callback() {
    let mut bench = Bench::new();
    let cases = [
        (("code_challenge", ""), "invalid_request", "missing required code challenge"),
        (("code_challenge", "short"), "invalid_request", "invalid code challenge"),
        (("code_challenge_method", "plain"), "invalid_request", "invalid code challenge"),
        (("code_challenge_method", "s256"), "invalid_request", "invalid code challenge"),
        (("response_type", "banana"), "unsupported_response_type", "response type not supported"),
        (("scope", "api everything"), "invalid_scope", "the requested scope is not allowed"),
    ];
    for (replaced, code, description) in cases {
        let query = asking(&[replaced]);
        let answer = bench.get(&format!("{PATH}?{query}"));
        let location = answer.header("location").unwrap().to_owned();
        assert_eq!((answer.status, parameter(&location, "error")), (302, code.to_owned()), "{query}");
        assert_eq!(parameter(&location, "error_description"), description);
        assert_eq!(parameter(&location, "state"), "a state/1+2");
        assert_eq!(bench.org.approve(&query), Ok(location));
    }
}

#[test]
fn a_challenge_without_a_method_is_checked_as_sha_256() {
    let mut bench = Bench::new();
    let callback = bench.org.approve(&asking(&[("code_challenge_method", "")])).unwrap();
    let code = parameter(&callback, "code");
    let wrong = bench.exchange(&code, &[("code_verifier", CHALLENGE)]);
    denied(&wrong, (400, "invalid_grant", "invalid code verifier"));
    let callback = bench.org.approve(&asking(&[("code_challenge_method", "")])).unwrap();
    assert_eq!(bench.exchange(&parameter(&callback, "code"), &[]).status, 200);
}

#[test]
fn an_app_that_does_not_demand_pkce_gets_a_code_without_it() {
    let mut bench = Bench::new();
    bench.org.settings.pkce_required = false;
    let callback = bench.org.approve(&asking(&[("code_challenge", ""), ("code_challenge_method", "")])).unwrap();
    let code = parameter(&callback, "code");
    assert_eq!(bench.exchange(&code, &[("code_verifier", "")]).status, 200);
}

#[test]
fn what_an_admin_decided_about_the_app_is_told_at_the_callback() {
    let mut bench = Bench::new();
    let cases = [
        (TokenRefusal::AppBlocked, "OAUTH_APP_BLOCKED"),
        (TokenRefusal::NotInstalled, "OAUTH_EC_APP_NOT_FOUND"),
        (TokenRefusal::UserNotPermitted, "OAUTH_APP_ACCESS_DENIED"),
    ];
    for (refusal, code) in cases {
        bench.org.refuse_tokens(refusal);
        assert_eq!(parameter(&bench.org.approve(&asking(&[])).unwrap(), "error"), code);
    }
    bench.org.allow_tokens();
    assert_eq!(parameter(&bench.org.approve(&asking(&[])).unwrap(), "error"), "");
}
