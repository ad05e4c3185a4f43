//! The rules of a record: its type, its duplicates, presets, smells and what a mapping can say differently - the real
//! component against a simulated org.

mod adopt;
mod adopt_bounds;
mod overrides;
mod preset;
mod record_types;
mod smells;
mod strangers;
