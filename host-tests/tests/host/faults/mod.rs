//! Every scenario, every request of its run, every fault: what the outcome says is what the org holds.
//!
//! Each cell of this matrix is one run of the real component in the real host, over a socket, against an org of its own that
//! misbehaves at one request, or from one request on. Afterwards the org's own records are compared with the outcome and
//! with what they are when nothing goes wrong; then the fault is taken away and the run is made again, as a host would.

mod batch;
mod cell;
mod rules;
mod scenario;
mod state;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use host_tests::COMPONENT;
use host_tests::host::Host;
use host_tests::simulator::fault::{Fault, Scripted};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use self::batch::Batch;
use self::cell::{Cell, Finished};
use self::scenario::Scenario;

/// Cells at once: most of their time they wait. The host allows 200 calls.
const AT_ONCE: usize = 150;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_goes_wrong_the_outcome_is_what_the_org_holds() {
    let host = Arc::new(Host::new(COMPONENT).expect("the component loads"));
    let scenarios = scenarios(&host).await;
    let cells = cells(&scenarios);
    let requests: usize = scenarios.iter().map(|scenario| scenario.baseline().lookups.len()).sum();
    let (count, faults) = (cells.len(), Fault::all().len());
    println!(
        "{} scenarios, {requests} requests, {faults} faults, once and from then on: {count} cells",
        scenarios.len()
    );
    let run = |cell: Cell| {
        let host = Arc::clone(&host);
        async move { cell.run(&host).await }
    };
    let finished = run_all(cells.into_iter().map(run)).await;
    nothing_is_broken(&finished);
    every_fault_and_scenario_is_used(&scenarios, &finished);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_goes_wrong_with_many_each_outcome_is_what_the_org_holds() {
    let host = Arc::new(Host::new(COMPONENT).expect("the component loads"));
    let mut cells = Vec::new();
    for mut batch in Batch::all() {
        batch.run_without_faults(&host).await;
        cells.extend(batch_cells(&Arc::new(batch)));
    }
    println!("{} cells", cells.len());
    let run = |cell: batch::Cell| {
        let host = Arc::clone(&host);
        async move { cell.run(&host).await }
    };
    let finished = run_all(cells.into_iter().map(run)).await;
    nothing_is_broken(&finished);
    assert!(finished.iter().all(|cell| cell.met), "a call has lost requests");
}

fn nothing_is_broken(finished: &[Finished]) {
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for cell in finished {
        for rule in &cell.broken {
            wrong.entry(rule.clone()).or_default().push(cell.name.clone());
        }
    }
    let report: Vec<String> = wrong
        .iter()
        .map(|(rule, cells)| format!("{rule}: {} cells, such as\n    {}", cells.len(), shown(cells)))
        .collect();
    assert!(report.is_empty(), "{}", report.join("\n"));
}

fn shown(cells: &[String]) -> String {
    cells.iter().take(12).cloned().collect::<Vec<_>>().join("\n    ")
}

async fn scenarios(host: &Arc<Host>) -> Vec<Arc<Scenario>> {
    let mut scenarios = Vec::new();
    for mut scenario in Scenario::all() {
        scenario.run_without_faults(host).await;
        scenarios.push(Arc::new(scenario));
    }
    scenarios
}

fn cells(scenarios: &[Arc<Scenario>]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for scenario in scenarios {
        let faults = Fault::all().into_iter().filter(|fault| scenario.can_tell(*fault));
        for request in 1..=scenario.baseline().lookups.len() {
            for fault in faults.clone().filter(|fault| is_worth(scenario.baseline().lookups[request - 1], *fault)) {
                for and_after in [false, true] {
                    let scripted = Scripted { request, and_after, fault };
                    for settles_first in [false, true].into_iter().filter(|first| fault.is_late() || !first) {
                        cells.push(Cell { scenario: Arc::clone(scenario), scripted, settles_first });
                    }
                }
            }
        }
    }
    // The slow ones first, so that they wait beside the others.
    cells.sort_by_key(|cell| !cell.scripted.fault.is_slow());
    cells
}

/// Those left out take minutes: a call for many waits longer than one for a visitor.
fn batch_cells(batch: &Arc<Batch>) -> Vec<batch::Cell> {
    let mut cells = Vec::new();
    for (index, only_asks) in batch.baseline().lookups.iter().enumerate() {
        for fault in Fault::all().into_iter().filter(|fault| !fault.is_slow() && is_worth(*only_asks, *fault)) {
            for and_after in [false, true] {
                let scripted = Scripted { request: index + 1, and_after, fault };
                for settles_first in [false, true].into_iter().filter(|first| fault.is_late() || !first) {
                    cells.push(batch::Cell { batch: Arc::clone(batch), scripted, settles_first });
                }
            }
        }
    }
    cells
}

/// Whether the fault is another one for a request than each of the rest. To one that only asks it is the same whether, and when,
/// it is carried out.
fn is_worth(only_asks: bool, fault: Fault) -> bool {
    let twin = Fault { processed: false, ..fault };
    !only_asks || !(fault.is_late() || fault.processed && Fault::all().contains(&twin))
}

async fn run_all<F: Future<Output = Finished> + Send + 'static>(cells: impl Iterator<Item = F>) -> Vec<Finished> {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for cell in cells {
        let permit = Arc::clone(&room).acquire_owned().await.expect("it is never closed");
        running.spawn(async move {
            let finished = cell.await;
            drop(permit);
            finished
        });
    }
    running.join_all().await
}

/// A fault or a scenario that no run meets proves nothing.
fn every_fault_and_scenario_is_used(scenarios: &[Arc<Scenario>], finished: &[Finished]) {
    let met: BTreeSet<Fault> = finished.iter().filter(|cell| cell.met).map(|cell| cell.fault).collect();
    let unmet: Vec<String> =
        Fault::all().iter().filter(|fault| !met.contains(fault)).map(ToString::to_string).collect();
    assert!(unmet.is_empty(), "met by no request: {unmet:?}");
    let written = scenarios.iter().filter(|scenario| !scenario.baseline().lookups.is_empty()).count();
    assert!(written > 40, "only {written} scenarios send anything");
    let as_scripted = scenarios.iter().filter(|scenario| scenario.ends_as_scripted()).count();
    println!("{as_scripted} of {} scenarios end in the simulated org as they do by their script", scenarios.len());
    assert!(as_scripted >= 45, "the orgs have lost what the scenarios are about: {as_scripted}");
}
