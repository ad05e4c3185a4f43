//! The program under test: lines of JSON in, lines of JSON out.

use std::collections::BTreeMap;
use std::fmt;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::{Mutex as AsyncMutex, mpsc, oneshot};
use tokio::task::JoinHandle;

/// Longest wait for an answer: a call ends after 70 seconds.
const PATIENCE: Duration = Duration::from_secs(90);
/// And for the end, once stdin has ended.
const END: Duration = Duration::from_secs(20);

/// A call for the driver to make.
pub struct Call {
    pub function: &'static str,
    /// By name.
    pub arguments: Value,
    /// Where the host sends what is meant for the deployment domain.
    pub route: Option<String>,
    /// Milliseconds after which the host ends the call.
    pub abort_after: Option<u64>,
}

/// What the driver answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    /// The JSON that `chat-host --json` prints.
    Answer(Value),
    /// The error of the function: nothing was sent.
    Findings(Value),
    /// The host ended the call.
    Failure { code: String, message: String },
}

/// A driver that runs.
pub struct Driver {
    child: Child,
    stdin: AsyncMutex<ChildStdin>,
    heard: Arc<Heard>,
    /// Lines without an id.
    unasked: AsyncMutex<mpsc::UnboundedReceiver<Value>>,
    readers: Vec<JoinHandle<()>>,
    next: AtomicU64,
}

/// What came from it.
#[derive(Default)]
struct Heard {
    waiting: Mutex<BTreeMap<u64, oneshot::Sender<Value>>>,
    /// All output, to be searched for secrets.
    output: Mutex<String>,
}

impl Driver {
    /// Starts the program, with the arguments behind it.
    pub fn start(command: &[String]) -> anyhow::Result<Self> {
        let [program, arguments @ ..] = command else { anyhow::bail!("no command to start") };
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("starting {program}"))?;
        let stdin = child.stdin.take().context("no stdin")?;
        let heard = Arc::new(Heard::default());
        let (tell, unasked) = mpsc::unbounded_channel();
        let stdout = child.stdout.take().context("no stdout")?;
        let stderr = child.stderr.take().context("no stderr")?;
        let readers = vec![
            tokio::spawn(each_line(stdout, Arc::clone(&heard), move |heard, line| heard.answered(line, &tell))),
            tokio::spawn(each_line(stderr, Arc::clone(&heard), |_, line| anstream::eprintln!("driver: {line}"))),
        ];
        let unasked = AsyncMutex::new(unasked);
        Ok(Self { child, stdin: AsyncMutex::new(stdin), heard, unasked, readers, next: AtomicU64::new(1) })
    }

    /// Makes a call, and waits for what it came to.
    pub async fn call(&self, call: Call) -> Result<Answered, String> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (tell, told) = oneshot::channel();
        locked(&self.heard.waiting).insert(id, tell);
        let Call { function, arguments, route, abort_after } = call;
        let line = json!({
            "id": id, "function": function, "arguments": arguments, "route": route, "abortAfter": abort_after,
        });
        self.say(&line.to_string()).await?;
        let told = tokio::time::timeout(PATIENCE, told).await;
        let answer = told.map_err(|_| format!("no answer to `{function}` in {} seconds", PATIENCE.as_secs()))?;
        answered(&answer.map_err(|_| "the driver has ended".to_owned())?)
    }

    /// Writes a line, whatever it is.
    pub async fn say(&self, line: &str) -> Result<(), String> {
        let mut stdin = self.stdin.lock().await;
        let written = stdin.write_all(format!("{line}\n").as_bytes()).await;
        written.map_err(|error| format!("the driver takes no more lines: {error}"))
    }

    /// An answer to a line that is no call.
    pub async fn unasked(&self) -> Result<Answered, String> {
        let mut unasked = self.unasked.lock().await;
        let told = tokio::time::timeout(END, unasked.recv()).await;
        let answer = told.map_err(|_| format!("no answer to it in {} seconds", END.as_secs()))?;
        answered(&answer.ok_or("the driver has ended")?)
    }

    pub fn has_said(&self, text: &str) -> bool {
        locked(&self.heard.output).contains(text)
    }

    /// Ends stdin, and waits for the program to end.
    pub async fn end(mut self) -> Result<(), String> {
        drop(self.stdin.into_inner());
        let ended = tokio::time::timeout(END, self.child.wait()).await;
        let status = ended.map_err(|_| format!("it still runs after {} seconds", END.as_secs()))?;
        for reader in self.readers {
            reader.await.map_err(|error| error.to_string())?;
        }
        match status.map_err(|error| error.to_string())?.code() {
            Some(0) => Ok(()),
            Some(code) => Err(format!("it ended with exit code {code}")),
            None => Err("a signal ended it".to_owned()),
        }
    }
}

impl Heard {
    fn answered(&self, line: &str, unasked: &mpsc::UnboundedSender<Value>) {
        let Ok(answer) = serde_json::from_str::<Value>(line) else {
            anstream::eprintln!("driver, no line of JSON on stdout: {line}");
            return;
        };
        let asked = answer["id"].as_u64().and_then(|id| locked(&self.waiting).remove(&id));
        match asked {
            // A check that no longer waits has said so itself.
            Some(tell) => drop(tell.send(answer)),
            None => drop(unasked.send(answer)),
        }
    }
}

async fn each_line(from: impl AsyncRead + Unpin, heard: Arc<Heard>, mut take: impl FnMut(&Heard, &str)) {
    let mut lines = BufReader::new(from).lines();
    loop {
        match lines.next_line().await {
            Ok(Some(line)) => {
                let mut output = locked(&heard.output);
                output.push_str(&line);
                output.push('\n');
                drop(output);
                take(&heard, &line);
            }
            Ok(None) => break,
            Err(error) => {
                anstream::eprintln!("driver: its output cannot be read: {error}");
                break;
            }
        }
    }
    // Calls that wait are told that there is nothing to wait for.
    locked(&heard.waiting).clear();
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The line's one member beside the id.
fn answered(line: &Value) -> Result<Answered, String> {
    if let Some(answer) = line.get("answer") {
        return Ok(Answered::Answer(answer.clone()));
    }
    if let Some(findings) = line.get("findings") {
        return Ok(Answered::Findings(findings.clone()));
    }
    let text = |member: &str| line["failure"][member].as_str().map(str::to_owned);
    match (text("code"), text("message")) {
        (Some(code), Some(message)) => Ok(Answered::Failure { code, message }),
        _ => Err(format!("a line without `answer`, `findings` or a `failure` with code and message: {line}")),
    }
}

impl fmt::Display for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(answer) => write!(f, "the answer {answer}"),
            Self::Findings(findings) => write!(f, "findings {findings}"),
            Self::Failure { code, message } => write!(f, "a failure `{code}`: {message}"),
        }
    }
}
