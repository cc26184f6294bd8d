//! Machines that await each other, as deep as rustc lets them be: their types must not take too long.
#![allow(
    missing_docs,
    clippy::all,
    clippy::pedantic,
    reason = "bodies are odd on purpose"
)]

use handcrank::generator;
use handcrank_tests::{Pause, block_on};

/// Each awaits the next, and keeps something with a destructor meanwhile.
macro_rules! each_awaits_the_next {
    ($name:ident $next:ident $($rest:ident)*) => {
        #[generator]
        async fn $name(text: &str) -> usize {
            let own = text.to_owned();
            $next(&own).await + 1
        }
        each_awaits_the_next! { $next $($rest)* }
    };
    ($name:ident) => {
        #[generator]
        async fn $name(text: &str) -> usize {
            let own = text.to_owned();
            Pause(1).await;
            own.len()
        }
    };
}

each_awaits_the_next! { a b c d e f g h i j k l m n o p }

#[test]
fn sixteen_deep() {
    assert_eq!(block_on(a("text")).1, 4 + 15);
}
