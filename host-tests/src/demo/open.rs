//! An open talk whose task has ended when this is dropped, as Ctrl-C does: the task writes into a folder that goes then.

use tokio::runtime::Handle;
use tokio::task::block_in_place;

use crate::host::OutgoingContent;
use crate::relay::{Talk, Told};

/// None after its end.
pub struct Open(Option<Talk>);

impl Open {
    pub fn new(talk: Talk) -> Self {
        Self(Some(talk))
    }

    pub fn say(&self, key: &str, content: OutgoingContent) {
        if let Some(talk) = &self.0 {
            talk.say(key, content);
        }
    }

    pub fn end(&self) {
        if let Some(talk) = &self.0 {
            talk.end();
        }
    }

    pub async fn next(&mut self) -> anyhow::Result<Option<Told>> {
        let Some(talk) = &mut self.0 else { return Ok(None) };
        let told = talk.next().await;
        if !matches!(told, Ok(Some(_))) {
            self.0 = None;
        }
        told
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(talk) = self.0.take() {
            block_in_place(|| Handle::current().block_on(talk.stop()));
        }
    }
}
