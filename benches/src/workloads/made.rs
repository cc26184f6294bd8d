//! Made and dropped, never run.

use super::stopped::{ByHand, ours, rustc};

variants! { "made and dropped", |input|
    Ours: unstarted(|| ours(&input.digits, input.n));
    ByHand: unstarted(|| ByHand::new(&input.digits, input.n));
    Rustc: unstarted(|| rustc(&input.digits, input.n));
}
