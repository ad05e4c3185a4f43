//! The HTTP server around an org: nothing is decided here.

mod answer;
mod faulty;
mod proper;
mod stream;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::data::DataFile;
use crate::org::Org;
use stream::Wakes;

/// What all connections share.
#[derive(Debug)]
struct Served {
    org: Mutex<Org>,
    wakes: Wakes,
    data: Option<DataFile>,
    /// Whether the org has faults. A connection that is served as it should be ends when that changes, as it cannot misbehave.
    faulty: watch::Sender<bool>,
    stopping: watch::Sender<bool>,
}

impl Served {
    /// A test that panicked while holding the org must not take the server with it.
    fn lock(&self) -> MutexGuard<'_, Org> {
        self.org.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the org has faults by now, which a test may have changed without a request.
    fn is_faulty(&self, org: &Org) -> bool {
        let is_faulty = org.is_faulty();
        self.faulty.send_if_modified(|was| std::mem::replace(was, is_faulty) != is_faulty);
        is_faulty
    }
}

/// A running simulator. Dropping it stops it too, without waiting.
#[derive(Debug)]
pub struct Simulator {
    served: Arc<Served>,
    address: IpAddr,
    port: u16,
    task: JoinHandle<()>,
}

impl Simulator {
    /// Serves the org on that port of 127.0.0.1; port 0 takes any free one.
    pub async fn start(org: Org, port: u16) -> std::io::Result<Simulator> {
        Simulator::start_with(org, None, (Ipv4Addr::LOCALHOST.into(), port)).await
    }

    /// The same at another address, and with the file where its records are kept.
    pub async fn start_with(
        org: Org,
        data: Option<DataFile>,
        (address, port): (IpAddr, u16),
    ) -> std::io::Result<Simulator> {
        let listener = TcpListener::bind((address, port)).await?;
        let port = listener.local_addr()?.port();
        let served = Arc::new(Served {
            faulty: watch::Sender::new(org.is_faulty()),
            stopping: watch::Sender::new(false),
            org: Mutex::new(org),
            wakes: Wakes::default(),
            data,
        });
        let task = tokio::spawn(serve(listener, Arc::clone(&served)));
        Ok(Simulator { served, address, port, task })
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> String {
        // All addresses of the machine are none that a client can call.
        let address = if self.address.is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { self.address };
        format!("http://{}", std::net::SocketAddr::from((address, self.port)))
    }

    /// The org behind the server; requests wait while the guard is held.
    pub fn org(&self) -> MutexGuard<'_, Org> {
        self.served.lock()
    }

    /// Ends when the file of the records cannot be written any more, with the cause.
    pub async fn failure(&self) -> String {
        match &self.served.data {
            Some(data) => data.failure().await,
            None => std::future::pending().await,
        }
    }

    /// Finishes the requests in flight and stops.
    pub async fn stop(mut self) {
        self.served.stopping.send_replace(true);
        self.served.wakes.stop();
        // An idle keep-alive connection must not hold the caller up.
        let grace = std::time::Duration::from_secs(2);
        drop(tokio::time::timeout(grace, &mut self.task).await);
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.served.wakes.stop();
        self.task.abort();
    }
}

/// Serves until it is told to stop, or the task is dropped and its connections with it.
async fn serve(listener: TcpListener, served: Arc<Served>) {
    let mut stopping = served.stopping.subscribe();
    let (mut proper, mut faulty) = (JoinSet::new(), JoinSet::new());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopping.wait_for(|stopping| *stopping) => break,
        };
        // A client that went away meanwhile is its own affair.
        let Ok((stream, _)) = accepted else { continue };
        let served = Arc::clone(&served);
        let is_faulty = served.is_faulty(&served.lock());
        match is_faulty {
            true => drop(faulty.spawn(async move { drop(faulty::connection(stream, &served).await) })),
            false => drop(proper.spawn(async move { proper::connection(stream, &served).await })),
        }
        while proper.try_join_next().is_some() || faulty.try_join_next().is_some() {}
    }
    drop(listener);
    // Some of the others never end by themselves.
    drop(faulty);
    while proper.join_next().await.is_some() {}
}
