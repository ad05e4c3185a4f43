//! The engine: places for instances that are reset instead of made anew, and a clock that ends none but lets others run.

use std::time::Duration;

use anyhow::anyhow;
use wasmtime::{Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig};

use super::{MAX_CALLS, MAX_MEMORY};

/// How often a computing instance lets others run.
const EPOCH: Duration = Duration::from_millis(10);
/// Memory of a place that is overwritten instead of given back when its call ends, in bytes: the next call then meets no page
/// fault. A run of two records touches less than a half of it, so a place keeps what its largest call has touched, up to this.
const KEPT_MEMORY: usize = 1 << 20;
/// The same of its table of functions, which has 4 kB.
const KEPT_TABLE: usize = 64 << 10;

pub(super) fn engine() -> anyhow::Result<Engine> {
    let mut pool = PoolingAllocationConfig::default();
    pool.max_memory_size(MAX_MEMORY)
        .total_component_instances(MAX_CALLS)
        .total_core_instances(4 * MAX_CALLS)
        .total_memories(MAX_CALLS)
        .total_tables(4 * MAX_CALLS)
        .total_stacks(MAX_CALLS)
        .table_keep_resident(KEPT_TABLE);
    // The kernel says which pages a call has touched (Linux 6.7). Without that, all of the kept memory would be overwritten.
    if PoolingAllocationConfig::is_pagemap_scan_available() {
        pool.pagemap_scan(Enabled::Yes).linear_memory_keep_resident(KEPT_MEMORY);
    }
    let mut config = Config::new();
    config
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool))
        .epoch_interruption(true)
        // Only WASI 0.2 runs here; without the machinery of 0.3 a call costs a third.
        .concurrency_support(false);
    Engine::new(&config).map_err(|error| anyhow!(error))
}

/// Counts epochs as long as the engine lives.
pub(super) fn keep_time(engine: &Engine) {
    let engine = engine.weak();
    std::thread::spawn(move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            std::thread::sleep(EPOCH);
        }
    });
}
