//! Which request meets which fault, as it is ordered in words.

use std::fmt;
use std::str::FromStr;

use super::messaging::Named;
use super::{Faults, Scripted};

/// An entry of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Of a request of the API, by its number.
    Scripted(Scripted),
    /// Of a request to the messaging host, by its name.
    Named(Named),
}

impl FromStr for Order {
    type Err = String;

    /// Reads `2:FAULT`, `2+:FAULT`, or the same with the name of a request: `message.2:FAULT`.
    fn from_str(text: &str) -> Result<Order, String> {
        match text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.contains(':') {
            true => text.parse().map(Order::Named),
            false => text.parse().map(Order::Scripted),
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scripted = match self {
            Order::Scripted(scripted) => scripted,
            Order::Named(Named { name, scripted }) => {
                write!(f, "{name}.")?;
                scripted
            }
        };
        let after = if scripted.and_after { "+" } else { "" };
        write!(f, "{}{after}:{}", scripted.request, scripted.fault)
    }
}

impl Faults {
    /// Those that requests can still meet when so many were seen.
    pub fn to_come(&self, seen: usize) -> impl Iterator<Item = Scripted> + '_ {
        let single = self.at.iter().filter(move |(request, _)| **request > seen);
        let single = single.map(|(request, fault)| Scripted { request: *request, and_after: false, fault: *fault });
        let lasting = self.from.map(|(request, fault)| Scripted { request, and_after: true, fault });
        single.chain(lasting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_read_back_from_its_words() {
        for text in ["2:close", "1+:http-503-json", "message.2:close-after", "stream.1+:body-cut"] {
            assert_eq!(text.parse::<Order>().map(|order| order.to_string()), Ok(text.to_owned()));
        }
        assert_eq!("message:close".parse::<Order>().map(|order| order.to_string()), Ok("message.1:close".to_owned()));
    }

    #[test]
    fn what_was_met_is_not_to_come() {
        let mut faults = Faults::default();
        for text in ["1:close", "3:close", "5+:silence"] {
            faults.add(text.parse().unwrap());
        }
        let to_come = |seen| faults.to_come(seen).map(|one| Order::Scripted(one).to_string()).collect::<Vec<_>>();
        assert_eq!(to_come(1), ["3:close", "5+:silence"]);
        assert_eq!(to_come(9), ["5+:silence"]);
    }
}
