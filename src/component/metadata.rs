//! What the file says of itself to those who find it without this repository, as `wasm-tools metadata show` prints it: custom sections
//! with the names of the OCI annotations. `host-tests/build.rs` lifts them from the core module to the component, where registries look.

/// A constant text as the content of a section.
macro_rules! section {
    ($name:ident, $section:literal, $text:expr) => {
        #[used]
        #[unsafe(link_section = $section)]
        static $name: [u8; $text.len()] = bytes($text);
    };
}

section!(DESCRIPTION, "description", env!("CARGO_PKG_DESCRIPTION"));
section!(LICENSES, "licenses", env!("CARGO_PKG_LICENSE"));
section!(VERSION, "version", env!("CARGO_PKG_VERSION"));

/// Evaluated by the compiler, which stops where it would panic.
#[allow(clippy::indexing_slicing)]
const fn bytes<const N: usize>(text: &str) -> [u8; N] {
    let mut bytes = [0; N];
    let mut at = 0;
    while at < N {
        bytes[at] = text.as_bytes()[at];
        at += 1;
    }
    bytes
}
