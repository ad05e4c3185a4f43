//! What the module costs in the reference host, over real connections: `.ci/peers/run` starts this beside simple-salesforce and
//! jsforce, which do the same, and prints a table of them all.

mod native;

use std::time::Instant;

use anyhow::{Context, ensure};
use futures_util::future::try_join_all;
use host_tests::COMPONENT;
use host_tests::host::bindings::exports::chat_flow::salesforce::types::Status;
use host_tests::host::{Conversation, Egress, Host, HttpClient, Session};
use salesforce_module::module;
use serde_json::{Value, json};

const CONTACT: &str = include_str!("../../examples/contact.json");
const CONTACT_AND_CASE: &str = include_str!("../../examples/support.json");
const DOMAIN: &str = "example.my.salesforce.com";
const WARM_UP: usize = 20;
const AT_ONCE: usize = 1_000;
/// Operations of a kind, before those of the other have their turn.
const IN_TURNS: usize = 50;

/// The org, as `.ci/peers/run` hands it over.
struct Org {
    host: Host,
    client: HttpClient,
    session: Session,
}

/// Where the module's code runs.
#[derive(Clone, Copy)]
enum Sandbox {
    Host,
    None,
}

/// What an operation cost, in microseconds.
#[derive(Default)]
struct Cost {
    cpu: f64,
    wall: f64,
    requests: f64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let (Ok(simulator), Ok(operations)) = (std::env::var("SIMULATOR"), std::env::var("OPERATIONS")) else {
        println!(".ci/peers/run starts this with a simulator.");
        return Ok(());
    };
    let (simulator, operations): (Value, usize) = (serde_json::from_str(&simulator)?, operations.parse()?);
    let text = |name: &str| simulator[name].as_str().map(str::to_owned).with_context(|| format!("no `{name}`"));
    let org = Org {
        host: Host::new(COMPONENT)?,
        client: HttpClient::new()?.routed_to(&text("url")?)?,
        session: Session { instance_url: text("instanceUrl")?, access_token: text("accessToken")? },
    };
    for n in 0..WARM_UP {
        org.run(CONTACT_AND_CASE, n, "Warm").await?;
    }
    // Names that are new to the org each time, so that each run has something to write.
    let [contact, contact_native] = org.measure(CONTACT, ["Bergmann", "Bergerson"], operations).await?;
    let [both, both_native] = org.measure(CONTACT_AND_CASE, ["Berger", "Bergstrom"], operations).await?;
    let at_once = org.thousand_at_once(operations, Sandbox::Host, "Bergfeld").await?;
    let at_once_native = org.thousand_at_once(operations, Sandbox::None, "Bergson").await?;
    let ten_thousand = org.ten_thousand().await?;
    let measured = json!({
        "contact": contact.as_json(),
        "contact-and-case": both.as_json(),
        "native": {
            "contact": contact_native.as_json(),
            "contact-and-case": both_native.as_json(),
            "at-once": at_once_native,
        },
        "ten-thousand": ten_thousand.as_json(),
        "at-once": at_once,
        "memory": most_memory()?,
    });
    println!("{measured}");
    Ok(())
}

impl Org {
    fn egress(&self) -> Egress {
        Egress::Domain { domain: DOMAIN.to_owned(), client: self.client.clone() }
    }

    /// One conversation; answers with its requests.
    async fn run(&self, settings: &str, n: usize, name: &str) -> anyhow::Result<u32> {
        let ran = self.host.run(self.egress(), &self.session, settings, &variables(n, name)).await?;
        let outcome = ran.map_err(|findings| anyhow::anyhow!("{findings:?}"))?;
        ensure!(outcome.status == Status::Done, "{outcome:?}");
        Ok(outcome.requests)
    }

    /// The same without a sandbox.
    async fn run_native(&self, settings: &str, n: usize, name: &str) -> anyhow::Result<u32> {
        let Session { instance_url, access_token } = &self.session;
        let session = module::Session { instance_url, access_token };
        native::run(self.egress(), &session, settings, &variables(n, name)).await
    }

    async fn run_in(&self, sandbox: Sandbox, settings: &str, n: usize, name: &str) -> anyhow::Result<u32> {
        match sandbox {
            Sandbox::Host => self.run(settings, n, name).await,
            Sandbox::None => self.run_native(settings, n, name).await,
        }
    }

    /// In the host and without a sandbox, in turns.
    async fn measure(&self, settings: &str, names: [&str; 2], operations: usize) -> anyhow::Result<[Cost; 2]> {
        let mut costs = [Cost::default(), Cost::default()];
        for start in (0..operations).step_by(IN_TURNS) {
            for ((sandbox, name), cost) in [Sandbox::Host, Sandbox::None].into_iter().zip(names).zip(&mut costs) {
                let (cpu, wall, mut requests) = (processor()?, Instant::now(), 0);
                for n in start..(start + IN_TURNS).min(operations) {
                    requests += self.run_in(sandbox, settings, n, name).await?;
                }
                cost.add(&Cost::since(cpu, wall, requests)?);
            }
        }
        costs.iter_mut().for_each(|cost| cost.share(operations));
        Ok(costs)
    }

    /// Conversations that begin in one moment; in the host each has an instance of its own.
    async fn thousand_at_once(&self, operations: usize, sandbox: Sandbox, name: &str) -> anyhow::Result<Value> {
        let (memory, cpu, begin) = (memory("VmRSS:")?, processor()?, Instant::now());
        let one = |n: usize| async move {
            self.run_in(sandbox, CONTACT, n % operations, name).await?;
            anyhow::Ok(begin.elapsed())
        };
        let mut waits = try_join_all((0..AT_ONCE).map(one)).await?;
        waits.sort_unstable();
        let p99 = waits.get(AT_ONCE * 99 / 100).context("a conversation")?;
        let cpu = (processor()? - cpu) * 1e6 / AT_ONCE as f64;
        let memory = most_memory()?.saturating_sub(memory) as f64 / AT_ONCE as f64;
        Ok(json!({ "cpu": cpu, "memory": memory, "p99": p99.as_secs_f64() * 1e3 }))
    }

    async fn ten_thousand(&self) -> anyhow::Result<Cost> {
        let (cpu, wall, mut requests) = (processor()?, Instant::now(), 0);
        for start in (0..10_000).step_by(AT_ONCE) {
            let variables = |n: usize| {
                json!({ "customer_email": format!("many{n}@example.com"), "customer_lastname": "Berg" }).to_string()
            };
            let conversation = |n| Conversation { variables: variables(n), in_doubt_for: None, correlation: None };
            let conversations: Vec<Conversation> = (start..start + AT_ONCE).map(conversation).collect();
            let ran = self.host.run_many(self.egress(), &self.session, CONTACT, &conversations, &[]).await?;
            let outcome = ran.map_err(|findings| anyhow::anyhow!("{findings:?}"))?;
            ensure!(outcome.status == Status::Done, "{:?}", outcome.status);
            requests += outcome.requests;
        }
        Cost::since(cpu, wall, requests)
    }
}

impl Cost {
    /// Since the processor had worked for `cpu` seconds.
    fn since(cpu: f64, wall: Instant, requests: u32) -> anyhow::Result<Self> {
        let cpu = processor()? - cpu;
        Ok(Self { cpu: cpu * 1e6, wall: wall.elapsed().as_secs_f64() * 1e6, requests: f64::from(requests) })
    }

    fn add(&mut self, other: &Self) {
        self.cpu += other.cpu;
        self.wall += other.wall;
        self.requests += other.requests;
    }

    /// What one of them cost.
    fn share(&mut self, operations: usize) {
        let operations = operations as f64;
        self.cpu /= operations;
        self.wall /= operations;
        self.requests /= operations;
    }

    fn as_json(&self) -> Value {
        json!({ "cpu": self.cpu, "wall": self.wall, "requests": self.requests })
    }
}

fn variables(n: usize, name: &str) -> String {
    let variables = json!({
        "customer_email": format!("p{n}@example.com"),
        "customer_lastname": name,
        "request_topic": "Repair",
        "request_product": "Coffee machine",
        "request_description": "It leaks.",
    });
    variables.to_string()
}

/// Processor time of this process, in seconds: of all threads, none of which ends while it is measured.
fn processor() -> anyhow::Result<f64> {
    let threads = std::fs::read_dir("/proc/self/task").context("processor time is measured on Linux only")?;
    let mut nanoseconds = 0;
    for thread in threads {
        let told = std::fs::read_to_string(thread?.path().join("schedstat"))?;
        nanoseconds += told.split(' ').next().unwrap_or_default().parse::<u64>()?;
    }
    Ok(nanoseconds as f64 / 1e9)
}

/// The most that the process had, in bytes.
fn most_memory() -> anyhow::Result<u64> {
    memory("VmHWM:")
}

/// In bytes.
fn memory(what: &str) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status").context("memory is measured on Linux only")?;
    let line = status.lines().find_map(|line| line.strip_prefix(what)).with_context(|| format!("no {what}"))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes * 1024)
}
