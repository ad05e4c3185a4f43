//! The example flow, and what the visitors of the demo answer.

use super::words::{Words, words};

/// One step of a flow.
pub enum Step {
    /// The bot says something; left out while a variable in it has no value.
    Say(Words),
    /// The bot asks, and the answer goes into a variable.
    Ask { question: Words, variable: &'static str },
    /// A Salesforce module with its settings.
    Module { name: Words, settings: &'static str },
}

impl Step {
    /// The variable that is asked for.
    pub fn variable(&self) -> Option<&'static str> {
        match self {
            Step::Ask { variable, .. } => Some(variable),
            Step::Say(_) | Step::Module { .. } => None,
        }
    }

    /// Name and settings of a module.
    pub fn module(&self) -> Option<(Words, &'static str)> {
        match self {
            Step::Module { name, settings } => Some((*name, settings)),
            Step::Say(_) | Step::Ask { .. } => None,
        }
    }
}

/// The question for a variable.
pub fn question(variable: &str) -> Option<Words> {
    FLOW.iter().find_map(|step| match step {
        Step::Ask { question, variable: asked } if *asked == variable => Some(*question),
        _ => None,
    })
}

/// What the flow says where the talk cannot be gone on with.
pub const TALK_LOST: Words = words(
    "I was interrupted while I connected you, and cannot go on with that talk. If you still want a person, ask again.",
    "Ich wurde unterbrochen, während ich Sie verbunden habe, und kann jenes Gespräch nicht fortsetzen. Wenn Sie weiter mit einer Person \
     sprechen möchten, bitten Sie noch einmal darum.",
);

/// What the flow says after the talk with a person.
pub fn closing(phase: &str) -> Words {
    match phase {
        "refused" => words(
            "I am sorry that nobody could talk to you.",
            "Es tut mir leid, dass niemand mit Ihnen sprechen konnte.",
        ),
        _ => words("Thank you for talking to us.", "Vielen Dank für das Gespräch."),
    }
}

/// First the visitor becomes a Contact, then a questionnaire becomes a Case.
pub const FLOW: &[Step] = &[
    Step::Say(words(
        "Welcome! Three questions, so that we know each other.",
        "Willkommen! Drei Fragen, damit wir uns kennen.",
    )),
    Step::Ask {
        question: words("What is your e-mail address?", "Wie ist Ihre E-Mail-Adresse?"),
        variable: "customer_email",
    },
    Step::Ask { question: words("Your first name?", "Ihr Vorname?"), variable: "customer_firstname" },
    Step::Ask { question: words("And your last name?", "Und Ihr Nachname?"), variable: "customer_lastname" },
    Step::Module {
        name: words("Save contact", "Kontakt speichern"),
        settings: include_str!("../../examples/contact.json"),
    },
    Step::Say(words("Thank you. Now, what happened?", "Vielen Dank. Was ist nun passiert?")),
    Step::Ask { question: words("What is it about?", "Worum geht es?"), variable: "request_topic" },
    Step::Ask { question: words("Which product?", "Um welches Produkt?"), variable: "request_product" },
    Step::Ask { question: words("Please describe it.", "Bitte beschreiben Sie es."), variable: "request_description" },
    Step::Module { name: words("Open case", "Fall eröffnen"), settings: include_str!("../../examples/support.json") },
    Step::Say(words(
        "We look into it. Your case number is {case_number}.",
        "Wir kümmern uns darum. Ihre Fallnummer ist {case_number}.",
    )),
];

/// The same person twice; the second time with a new last name, and her address typed in another way.
pub const VISITORS: [&[(&str, &str)]; 2] = [
    &[
        ("customer_email", "anna.berg@example.com"),
        ("customer_firstname", "Anna"),
        ("customer_lastname", "Berg"),
        ("request_topic", "Repair"),
        ("request_product", "Coffee machine"),
        ("request_description", "It leaks when it is hot. Since Monday."),
    ],
    &[
        ("customer_email", "Anna.Berg@Example.com"),
        ("customer_firstname", "Anna"),
        ("customer_lastname", "Berg-Olsen"),
        ("request_topic", "Invoice"),
        ("request_product", "Coffee machine"),
        ("request_description", "Please send it again, I married and moved."),
    ],
];
