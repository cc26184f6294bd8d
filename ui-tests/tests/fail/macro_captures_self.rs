use std::fmt::Debug;

use handcrank::generator;

#[allow(unused_macros)]
macro_rules! say {
    ($($what:tt)*) => {
        println!($($what)*)
    };
}

trait Said: Debug + Sized {
    #[generator]
    async fn said(self) {
        say!("{self:?}");
    }
}

fn main() {}
