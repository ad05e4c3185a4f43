//! A property: however a chat is spread over calls, over history and stream, and wherever the stream is cut, each event is told once
//! and in order.

use proptest::collection::vec;
use proptest::prelude::*;
use salesforce_module::exchange::{Moment, Transport};
use salesforce_module::wire::{Answer, Request, Response};

use super::desk::STREAM;
use super::*;

/// Cuts the stream, and begins it where it likes.
struct Cut<'d> {
    desk: &'d mut Desk,
    at: usize,
    /// Events that happen while the stream is open, after its beginning.
    meanwhile: usize,
    said: usize,
}

impl Transport for Cut<'_> {
    fn send(&mut self, request: &Request, within: u64) -> Answer {
        if request.path == STREAM {
            for _ in 0..std::mem::take(&mut self.meanwhile) {
                self.desk.says(&self.said.to_string());
                self.said += 1;
            }
        }
        let mut answer = self.desk.send(request, within);
        if let (Ok(Response { body, .. }), true) = (&mut answer, request.path == STREAM) {
            let length = body.len();
            body.truncate(length - length * (self.at % 101) / 100);
        }
        answer
    }

    fn now(&mut self) -> Moment {
        self.desk.now()
    }

    fn pause(&mut self, milliseconds: u64) {
        self.desk.pause(milliseconds);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn each_event_is_told_once_and_in_order(
        calls in vec((0..6_usize, 0..4_usize, 0..101_usize, 0..3_u32, any::<bool>(), any::<bool>()), 1..12),
    ) {
        let mut desk = Desk::default();
        let mut chat = open(&mut desk);
        let (mut said, mut heard) = (0, Vec::new());
        for (before, meanwhile, at, wait, resumes, own) in calls {
            for _ in 0..before {
                desk.says(&said.to_string());
                said += 1;
            }
            if own {
                send(&mut desk, &chat, &text(&format!("own-{said}"), "Hello"));
            }
            desk.resumes = resumes;
            desk.clock = 0;
            let mut cut = Cut { desk: &mut desk, at, meanwhile, said };
            let received = handover().receive(&chat, wait, NOW, &mut cut).unwrap();
            said = cut.said;
            prop_assert!(received.error.is_none());
            heard.extend(told(&received.events));
            chat = received.progress.chat.unwrap().reveal().to_owned();
        }
        heard.extend(told(&receive(&mut desk, &mut chat, 0).events));
        let expected: Vec<String> = (0..said).map(|at| format!("Maya: {at}")).collect();
        prop_assert_eq!(heard, expected);
    }
}
