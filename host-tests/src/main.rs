//! `chat-host`: see docs/chat-host.md.

#[cfg(not(target_family = "wasm"))]
#[tokio::main]
async fn main() -> std::process::ExitCode {
    host_tests::cli::main().await
}

/// `cargo build --target wasm32-unknown-unknown` at the root reaches this package too.
#[cfg(target_family = "wasm")]
fn main() {}
