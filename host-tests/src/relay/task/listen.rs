//! What a chat does while nothing is to be sent: it waits for what happens, and takes it.

use super::super::Command;
use super::super::call::Refused;
use super::{MAX_TRIES, Next, Task, pause, variables};
use crate::host::{Phase, Received};
use crate::json;

/// How long a call listens to the stream, in seconds.
const WAIT: u32 = 25;

impl Task {
    /// Waits until something happens, or the engine wants something.
    pub(super) async fn listen(&mut self) -> anyhow::Result<Next> {
        let place = self.relay.streams.clone().try_acquire_owned().ok();
        let streams = place.is_some() && self.pace.looks;
        let (relay, kept, pause) = (self.relay.clone(), self.kept.clone(), self.pace.next());
        let call = async move {
            match streams {
                true => relay.receive(&kept, WAIT).await,
                false => {
                    tokio::time::sleep(pause).await;
                    relay.receive(&kept, 0).await
                }
            }
        };
        tokio::pin!(call);
        let received = loop {
            tokio::select! {
                command = self.commands.recv() => {
                    let Some(command) = command else { return Ok(Next::Stop) };
                    let is_taken = matches!(command, Command::Took(_));
                    self.obey(command)?;
                    // A call that only reads can be dropped: the next one hears the same.
                    if !is_taken {
                        return Ok(Next::GoOn);
                    }
                }
                received = &mut call => break received,
            }
        };
        drop(place);
        match received {
            Ok(received) => self.heard(received).await?,
            // The host's own limit, such as its time: nothing is lost by asking again.
            Err(error) if error.is::<Refused>() || self.tries >= MAX_TRIES => return Err(error),
            Err(_) => self.after_trouble(None).await?,
        }
        Ok(Next::GoOn)
    }

    async fn heard(&mut self, received: Received) -> anyhow::Result<()> {
        for event in &received.events {
            self.kept.add(json::chat_event(event));
        }
        match received.events.is_empty() {
            true => self.pace.quiet(),
            false => self.pace.heard(),
        }
        let (variables, pause) = (variables(&received.progress), pause(&received.progress));
        let is_over = matches!(received.progress.phase, Phase::Ended | Phase::Refused);
        self.take(received.progress);
        if is_over {
            return self.over(variables);
        }
        match received.error {
            Some(_) => self.after_trouble(pause).await,
            None => {
                self.worked();
                self.save()
            }
        }
    }
}
