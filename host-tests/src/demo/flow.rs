//! The example flow, and what the visitors of the demo answer.

/// One step of a flow.
pub enum Step {
    /// The bot says something; left out while a variable in it has no value.
    Say(&'static str),
    /// The bot asks, and the answer goes into a variable.
    Ask { question: &'static str, variable: &'static str },
    /// A Salesforce module with its settings.
    Module { name: &'static str, settings: &'static str },
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
    pub fn module(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Step::Module { name, settings } => Some((name, settings)),
            Step::Say(_) | Step::Ask { .. } => None,
        }
    }
}

/// The question for a variable.
pub fn question(variable: &str) -> &'static str {
    let asked = FLOW.iter().find_map(|step| match step {
        Step::Ask { question, variable: asked } if *asked == variable => Some(*question),
        _ => None,
    });
    asked.unwrap_or_default()
}

/// What the flow says where the talk cannot be gone on with.
pub const TALK_LOST: &str =
    "I was interrupted while I connected you, and cannot go on with that talk. If you still want a person, ask again.";

/// What the flow says after the talk with a person.
pub fn closing(phase: &str) -> &'static str {
    match phase {
        "refused" => "I am sorry that nobody could talk to you.",
        _ => "Thank you for talking to us.",
    }
}

/// First the visitor becomes a Contact, then a questionnaire becomes a Case.
pub const FLOW: &[Step] = &[
    Step::Say("Welcome! Three questions, so that we know each other."),
    Step::Ask { question: "What is your e-mail address?", variable: "customer_email" },
    Step::Ask { question: "Your first name?", variable: "customer_firstname" },
    Step::Ask { question: "And your last name?", variable: "customer_lastname" },
    Step::Module { name: "Save contact", settings: include_str!("../../examples/contact.json") },
    Step::Say("Thank you. Now, what happened?"),
    Step::Ask { question: "What is it about?", variable: "request_topic" },
    Step::Ask { question: "Which product?", variable: "request_product" },
    Step::Ask { question: "Please describe it.", variable: "request_description" },
    Step::Module { name: "Open case", settings: include_str!("../../examples/support.json") },
    Step::Say("We look into it. Your case number is {case_number}."),
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
