//! `chat-host demo` and `chat-host chat`: a conversation whose modules write to Salesforce, through the real component.
//!
//! The conversation is one thing ([`Conversation`]): it goes through the flow, asks, runs modules, hands over, and tells what happens as
//! entries ([`entry`]). A [`Shell`] draws these and brings what the visitor says: the script of the demo, the [`terminal`], or the
//! [`page`].

mod answers;
mod chats;
mod conversation;
mod entry;
mod flow;
mod kept;
mod module;
mod noted;
mod open;
mod org;
mod page;
mod room;
mod scripted;
mod settle;
mod shell;
mod show;
mod state;
mod talk;
mod terminal;
mod unsettled;
mod word;
mod words;

use std::sync::Arc;

use serde_json::json;

use crate::COMPONENT;
use crate::host::Host;
use crate::simulator::cli::told_to_end;
use crate::web::Served;
use conversation::Conversation;
pub use kept::{Kept, WrongFolder};
pub use org::ChatOrg;
use scripted::{Scripted, mistakes};
use shell::Shell;
use terminal::Terminal;

/// Plays the example conversation twice. The result says whether the records that came of it are right.
pub async fn demo(as_json: bool) -> anyhow::Result<bool> {
    let org = ChatOrg::simulated(None).await?;
    let mut conversation = Conversation::scripted(Arc::new(Host::cached(COMPONENT)?), org)?;
    let mut outcomes = Vec::new();
    let mut shell = Scripted::new(as_json);
    while shell.next_visitor() {
        conversation.play(&mut shell).await?;
        outcomes.extend(conversation.outcomes().cloned());
        conversation.begin_again(&mut shell)?;
    }
    let (contacts, cases) = (conversation.records("Contact"), conversation.records("Case"));
    let mistakes = mistakes(&outcomes, &contacts, &cases);
    if as_json {
        let records = json!({ "Contact": contacts, "Case": cases });
        let summary = json!({ "outcomes": outcomes, "records": records, "mistakes": mistakes });
        anstream::println!("{summary:#}");
    } else {
        show::verdict(&mistakes);
    }
    Ok(mistakes.is_empty())
}

/// The same conversation with the person in front of the terminal as the visitor, until the input ends.
pub async fn chat(host: Arc<Host>, org: ChatOrg, kept: Option<Kept>) -> anyhow::Result<()> {
    let mut conversation = Conversation::live(host, org, kept)?;
    let mut shell = Terminal::new();
    show::heading("You are the visitor. Press Enter alone to leave a question unanswered, Ctrl-D to go.");
    show::note("Answer \"person\" to talk to one.");
    show::note(conversation.org().spoken());
    if let Some(goes_on) = conversation.goes_on() {
        show::note(&goes_on);
    }
    conversation.show_all(&mut shell)?;
    until_told_to_end(&mut conversation, &mut shell).await
}

/// The same conversation in a page, on that port of 127.0.0.1, until Ctrl-C.
pub async fn chat_in_a_page(host: Arc<Host>, org: ChatOrg, kept: Option<Kept>, port: u16) -> anyhow::Result<()> {
    let session = kept.as_ref().map(Kept::session).transpose()?;
    let mut conversation = Conversation::live(host, org, kept)?;
    let (room, mut shell) = room::open(&conversation);
    let served = Served::start_again(page::routes(room), port, session).await?;
    anstream::println!("{}", served.address());
    anstream::eprintln!(
        "Open this address in a browser; it works once. You are the visitor there. Ctrl-C ends the page."
    );
    anstream::eprintln!("{}", conversation.org().spoken());
    if let Some(goes_on) = conversation.goes_on() {
        anstream::eprintln!("{goes_on}");
    }
    conversation.show_all(&mut shell)?;
    shell.is_begun = true;
    until_told_to_end(&mut conversation, &mut shell).await
}

/// One conversation after the other. Ctrl-C drops them, so that a talk's own folder goes, too.
async fn until_told_to_end(conversation: &mut Conversation, shell: &mut impl Shell) -> anyhow::Result<()> {
    let played = async {
        while conversation.play(shell).await? && conversation.again(shell).await? {
            conversation.begin_again(shell)?;
        }
        anyhow::Ok(())
    };
    tokio::select! {
        // It listens before there is anything that a signal could leave.
        biased;
        told = told_to_end() => told,
        played = played => played,
    }
}
