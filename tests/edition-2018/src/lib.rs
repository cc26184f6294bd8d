//! A crate of edition 2018: what differs there is in its tests.
