//! The page is given to the browser that opened the address, and to no other program or page.

use host_tests::edit::EditedOrg;
use serde_json::json;

use super::browser::{Browser, authority, send, served, token_path};

/// What is served, and what is not: each is behind the door.
const PATHS: [&str; 6] = ["/", "/editor.js", "/editor.css", "/api/start", "/api/run", "/nothing"];

#[tokio::test]
async fn the_address_becomes_a_cookie_once() {
    let served = served(EditedOrg::simulated().await.expect("a simulator"), None).await;
    let (host, path) = (authority(&served), token_path(&served));
    let welcome = send(&host, "GET", &path, &[("Host", &host)], "").await;
    assert_eq!(welcome.status, 200);
    let cookie = welcome.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let token = path.split_once('=').expect("a token").1;
    assert!(!cookie.contains(token) && !welcome.body.contains(token), "{welcome:?}");
    let cookie = cookie.split(';').next().expect("a cookie");
    let page = send(&host, "GET", "/", &[("Host", &host), ("Cookie", cookie)], "").await;
    assert!(page.status == 200 && page.body.contains("/editor.js"), "{page:?}");
    // Whoever reads the address later, in a history or a terminal.
    let again = send(&host, "GET", &path, &[("Host", &host)], "").await;
    assert_eq!(again.status, 401, "{again:?}");
    assert!(again.body.contains("start it again"), "what to do: {again:?}");
    // The same person in the same browser.
    let again = send(&host, "GET", &path, &[("Host", &host), ("Cookie", cookie)], "").await;
    assert_eq!(again.status, 200, "{again:?}");
}

#[tokio::test]
async fn without_token_or_cookie_there_is_nothing() {
    let browser = Browser::simulated().await;
    let host = browser.authority();
    let wrong = browser.cookie().replace('=', "=A");
    for path in PATHS.into_iter().chain(["/?token=", "/?token=AAAA", "/?x=1"]) {
        for cookie in ["", "editor=1", &wrong] {
            let answer = send(&host, "GET", path, &[("Host", &host), ("Cookie", cookie)], "").await;
            assert_eq!(answer.status, 401, "{path} {cookie}: {answer:?}");
        }
    }
}

/// A name that another site points to this machine.
#[tokio::test]
async fn another_host_is_refused() {
    let browser = Browser::simulated().await;
    let host = browser.authority();
    let port = host.split_once(':').expect("a port").1;
    for other in [format!("localhost:{port}"), "127.0.0.1".to_owned(), format!("evil.example:{port}"), String::new()] {
        for path in PATHS {
            let answer = send(&host, "GET", path, &[("Host", &other), ("Cookie", browser.cookie())], "").await;
            // Without any host, the library answers by itself.
            assert!([400, 403].contains(&answer.status), "{other} {path}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn a_page_of_another_site_can_neither_read_nor_write() {
    let browser = Browser::simulated().await;
    let host = browser.authority();
    let origin = format!("http://{host}");
    let own = [("Host", host.as_str()), ("Cookie", browser.cookie())];
    let json = ("Content-Type", "application/json");
    for (what, method, headers) in [
        ("another origin reads", "GET", vec![("Origin", "https://evil.example")]),
        ("a frame or a sandbox", "GET", vec![("Origin", "null")]),
        ("another port", "GET", vec![("Origin", "http://127.0.0.1:1")]),
        ("a script or picture of another site", "GET", vec![("Sec-Fetch-Site", "cross-site")]),
        ("another port of this machine", "GET", vec![("Sec-Fetch-Site", "same-site")]),
        ("another origin writes", "POST", vec![("Origin", "https://evil.example"), json]),
        ("a program that is no browser writes", "POST", vec![json]),
        ("a form", "POST", vec![("Origin", &origin), ("Content-Type", "text/plain")]),
    ] {
        for path in ["/editor.js", "/api/start", "/api/run", "/api/save"] {
            let answer = send(&host, method, path, &[own.as_slice(), &headers].concat(), "{}").await;
            assert_eq!(answer.status, 403, "{what} {path}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn every_answer_forbids_what_is_not_its_own() {
    let browser = Browser::simulated().await;
    let host = browser.authority();
    let refused = send(&host, "GET", "/", &[("Host", &host)], "").await;
    let failed = browser.call("run", &json!({})).await;
    for answer in
        [browser.get("/").await, browser.get("/editor.js").await, browser.get("/nothing").await, refused, failed]
    {
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{answer:?}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}

#[tokio::test]
async fn the_page_has_no_script_of_its_own_and_names_no_other_place() {
    let browser = Browser::simulated().await;
    let page = browser.get("/").await;
    assert_eq!(page.body.matches("<script").count(), 1, "{}", page.body);
    assert!(!page.body.contains("<style") && !page.body.contains(" on") && !page.body.contains("://"), "{}", page.body);
    let style = browser.get("/editor.css").await;
    assert!(!style.body.contains("url(") && !style.body.contains("@import"), "{}", style.body);
}
