//! Defects found in the code of other tools that write to Salesforce, each as a rule of ours: a test for each of the 20 rows
//! of the project's notes on them, grouped by what it is about.
//!
//! Every row applies here, three of them in part: a bulk interface with its columns (4) and a query over deleted rows (12)
//! do not exist in this module, and refreshing a token (8, 9) is the host's; what is tested is what the module does where
//! the others went wrong. What only a field that Salesforce keeps unique can prevent (15) is tested with such a field.

mod answers;
mod borders;
mod queries;
mod records;

use crate::org::{by_email, visitor};
