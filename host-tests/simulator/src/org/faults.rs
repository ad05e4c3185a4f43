//! What goes wrong between the org and its clients; it takes effect where the org is [served](crate::Simulator).

use super::Org;
use crate::fault::messaging::{Named, NamedFaults};
use crate::fault::{Fault, Faults, Order, Scripted};
use crate::http::Request;

impl Org {
    /// Adds a fault of a request of the API.
    pub fn script_fault(&mut self, scripted: Scripted) {
        self.faults.add(scripted);
    }

    /// Adds a fault of a request to the messaging host.
    pub fn script_named_fault(&mut self, named: Named) {
        self.named_faults.add(named);
    }

    /// Adds a fault of either.
    pub fn order_fault(&mut self, order: Order) {
        match order {
            Order::Scripted(scripted) => self.script_fault(scripted),
            Order::Named(named) => self.script_named_fault(named),
        }
    }

    /// Lets these faults take the place of all others: requests are counted from here on.
    pub fn order_faults(&mut self, orders: impl IntoIterator<Item = Order>) {
        self.clear_faults();
        self.met.clear();
        orders.into_iter().for_each(|order| self.order_fault(order));
    }

    /// Faults that requests can still meet.
    pub fn faults_to_come(&self) -> Vec<Order> {
        let of_the_api = self.faults.to_come(self.met.len()).map(Order::Scripted);
        of_the_api.chain(self.named_faults.to_come().map(Order::Named)).collect()
    }

    /// From now on everything is as it should be.
    pub fn clear_faults(&mut self) {
        self.faults = Faults::default();
        self.named_faults = NamedFaults::default();
    }

    pub(crate) fn is_faulty(&self) -> bool {
        !self.faults.is_empty() || !self.named_faults.is_empty()
    }

    /// The fault that this request, the next of the API, meets.
    pub(crate) fn next_fault(&mut self, request: &Request) -> Option<Fault> {
        // Nobody asks what was met where nothing could be.
        if !self.is_faulty() {
            return None;
        }
        let fault = self.faults.of(self.met.len() + 1);
        self.met.push((request.body.clone(), fault));
        fault
    }

    /// The fault that this request to the messaging host, the next of its name, meets.
    pub(crate) fn next_named_fault(&mut self, name: &'static str) -> Option<Fault> {
        self.named_faults.next(name)
    }

    /// Bodies of the requests so far, where the org misbehaves, and the faults that they met.
    pub fn met(&self) -> &[(Vec<u8>, Option<Fault>)] {
        &self.met
    }
}
