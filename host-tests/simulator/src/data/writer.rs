//! The one thread that writes to the file. What comes while it syncs goes into its next write, so that many requests share a sync.

use std::fs::File;
use std::io::Write;
use std::sync::mpsc;
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::watch;

use super::line;
use crate::org::Written;

/// How many saves are on the disk, or why there will be no more.
type Progress = Result<u64, String>;

#[derive(Debug)]
pub struct Writer {
    /// The way to the thread, and how many saves went it; none once it has been told to end.
    queue: Mutex<Option<(mpsc::Sender<Vec<Written>>, u64)>>,
    progress: watch::Receiver<Progress>,
    thread: Option<JoinHandle<()>>,
}

/// A place in the file.
#[derive(Debug)]
pub struct Ticket {
    number: u64,
    progress: watch::Receiver<Progress>,
}

impl Writer {
    pub fn start(file: File) -> Writer {
        let (sender, requests) = mpsc::channel();
        let (reached, progress) = watch::channel(Ok(0));
        let thread = std::thread::spawn(move || run(file, &requests, &reached));
        Writer { queue: Mutex::new(Some((sender, 0))), progress, thread: Some(thread) }
    }

    /// Without anything written the ticket waits for what others wrote before: an answer may show it.
    pub fn save(&self, written: Vec<Written>) -> Ticket {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let number = queue.as_mut().map_or(u64::MAX, |(sender, number)| {
            if !written.is_empty() {
                *number += 1;
                // A thread that ended has said why, which is what the ticket gets.
                drop(sender.send(written));
            }
            *number
        });
        Ticket { number, progress: self.progress.clone() }
    }

    pub fn failure(&self) -> impl Future<Output = String> + use<> {
        let mut progress = self.progress.clone();
        async move {
            match progress.wait_for(Result::is_err).await.as_deref() {
                Ok(Err(cause)) => cause.clone(),
                // It ended in good order.
                _ => std::future::pending().await,
            }
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        *self.queue.get_mut().unwrap_or_else(PoisonError::into_inner) = None;
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

impl Ticket {
    /// Ends when the place is on the disk.
    pub async fn saved(mut self) -> Result<(), String> {
        let number = self.number;
        let reached = self.progress.wait_for(|reached| reached.as_ref().map_or(true, |reached| *reached >= number));
        match reached.await.as_deref() {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(cause)) => Err(cause.clone()),
            Err(_) => Err("it is closed".to_owned()),
        }
    }
}

fn run(mut file: File, requests: &mpsc::Receiver<Vec<Written>>, reached: &watch::Sender<Progress>) {
    let mut number = 0;
    let mut bytes = Vec::new();
    while let Ok(first) = requests.recv() {
        bytes.clear();
        for written in std::iter::once(first).chain(requests.try_iter()) {
            written.iter().for_each(|written| line::write(&mut bytes, written));
            number += 1;
        }
        if let Err(error) = file.write_all(&bytes).and_then(|()| file.sync_data()) {
            drop(reached.send_replace(Err(error.to_string())));
            return;
        }
        drop(reached.send_replace(Ok(number)));
    }
}
