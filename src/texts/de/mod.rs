//! Texts in German: a file for each topic.
