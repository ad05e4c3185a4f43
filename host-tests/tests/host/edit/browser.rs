//! A browser as far as the server can tell: it opens the address, keeps the cookie and says where a request comes from.

use std::path::Path;
use std::sync::Arc;

use host_tests::COMPONENT;
use host_tests::edit::{Document, EditedOrg, LogIns, Opened, Runs, serve};
use host_tests::host::Host;
use host_tests::web::Served;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::OnceCell;

/// An answer of the server.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// A page that is open, and the browser that shows it.
pub struct Browser {
    served: Served,
    cookie: String,
}

async fn host() -> Arc<Host> {
    static HOST: OnceCell<Arc<Host>> = OnceCell::const_new();
    let host = HOST.get_or_init(|| async { Arc::new(Host::new(COMPONENT).expect("the component loads")) });
    Arc::clone(host.await)
}

/// The page of this org, not yet opened.
pub async fn served(org: EditedOrg, file: Option<&Path>) -> Served {
    served_with(org, file, None).await
}

/// The same with a folder of runs.
pub async fn served_with(org: EditedOrg, file: Option<&Path>, runs: Option<&Path>) -> Served {
    let document = file.map(|file| Document::open(file).expect("a file"));
    let runs = runs.map(|runs| Runs::open(runs).expect("a folder"));
    let opened = Opened { document, variables: None, org, runs, log_ins: None, language: "en" };
    serve(host().await, opened, 0).await.expect("a free port")
}

/// One that can log in to another org.
pub async fn served_to_log_in(org: EditedOrg, log_ins: LogIns) -> Served {
    let opened = Opened { document: None, variables: None, org, runs: None, log_ins: Some(log_ins), language: "en" };
    serve(host().await, opened, 0).await.expect("a free port")
}

impl Browser {
    /// With a simulator of its own.
    pub async fn simulated() -> Self {
        Self::open(served(EditedOrg::simulated().await.expect("a simulator"), None).await).await
    }

    pub async fn open(served: Served) -> Self {
        let mut browser = Self { served, cookie: String::new() };
        let welcome = browser.get(&browser.token_path()).await;
        assert_eq!(welcome.status, 200, "{welcome:?}");
        browser.cookie = welcome.header("set-cookie").split(';').next().expect("a cookie").to_owned();
        browser
    }

    /// `127.0.0.1:PORT`
    pub fn authority(&self) -> String {
        authority(&self.served)
    }

    pub fn token_path(&self) -> String {
        token_path(&self.served)
    }

    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    pub async fn get(&self, path: &str) -> Answer {
        let host = self.authority();
        send(&host, "GET", path, &[("Host", &host), ("Cookie", &self.cookie)], "").await
    }

    /// A call as the page makes it.
    pub async fn call(&self, name: &str, asked: &Value) -> Answer {
        let host = self.authority();
        let origin = format!("http://{host}");
        let headers = [
            ("Host", host.as_str()),
            ("Cookie", &self.cookie),
            ("Origin", &origin),
            ("Sec-Fetch-Site", "same-origin"),
            ("Content-Type", "application/json"),
        ];
        send(&host, "POST", &format!("/api/{name}"), &headers, &asked.to_string()).await
    }

    /// Its answer, which must be one.
    pub async fn answer(&self, name: &str, asked: &Value) -> Value {
        let answer = self.call(name, asked).await;
        assert_eq!(answer.status, 200, "{name}: {answer:?}");
        answer.json()
    }
}

pub fn authority(served: &Served) -> String {
    let address = served.address().strip_prefix("http://").expect("an address");
    address.split('/').next().expect("a host").to_owned()
}

pub fn token_path(served: &Served) -> String {
    let address = served.address();
    address[address.find("/?").expect("a query")..].to_owned()
}

/// One request with these headers and no others.
pub async fn send(authority: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut stream = TcpStream::connect(authority).await.expect("the server");
    stream.write_all(format!("{request}\r\n").as_bytes()).await.expect("a request");
    // A server that refuses a body stops to read it.
    drop(stream.write_all(body.as_bytes()).await);
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8(answer).expect("UTF-8");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{read:?}: {answer}"));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
    let headers = lines.filter_map(|line| line.split_once(": "));
    Answer {
        status: status.expect("a status"),
        headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(),
        body: body.to_owned(),
    }
}
