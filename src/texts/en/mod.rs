//! Texts in English: a file for each topic.
