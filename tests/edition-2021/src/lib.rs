//! A crate of edition 2021: what differs there is in its tests.
