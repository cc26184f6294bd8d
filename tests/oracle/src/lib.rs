//! (see the package's description)
