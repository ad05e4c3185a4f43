//! `simulate --fault`: which fault a request meets, and the list of all faults.

use std::str::FromStr;

use anstream::println;

use crate::fault::messaging;
use crate::fault::{Fault, Order};

/// `REQUEST:FAULT`, or the wish for the list.
#[derive(Clone)]
pub enum FaultArg {
    List,
    Order(Order),
}

impl FromStr for FaultArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "list" => Ok(Self::List),
            order => order.parse().map(Self::Order),
        }
    }
}

/// All faults, a line each.
pub fn list() {
    let all = Fault::all();
    let names: Vec<String> = all.iter().map(ToString::to_string).collect();
    let width = names.iter().map(String::len).max().unwrap_or_default();
    println!("--fault 2:NAME lets the second request of the API meet a fault, --fault 2+:NAME also each one after it.");
    println!(
        "--fault message:NAME is the first message to the messaging host, message.2:NAME the second. Its requests:"
    );
    println!("  {}", messaging::NAMES.join(" "));
    println!();
    println!("  {:width$}  {:16}  the client sees", "NAME", "by the org");
    for (fault, name) in all.iter().zip(&names) {
        println!("  {name:width$}  {:16}  {}", fault.done(), fault.seen());
    }
}
