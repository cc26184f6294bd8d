//! Made and dropped, never run.

use super::stopped::{ByHand, async_stream, by_diapause, ours, peers, rustc};

variants! { "made and dropped", |input|
    Ours: unstarted(|| ours(&input.digits, input.n));
    ByHand: unstarted(|| ByHand::new(&input.digits, input.n));
    Rustc: unstarted(|| rustc(&input.digits, input.n));
    Diapause: unstarted(|| diapause::Iter::new(by_diapause::machine(&input.digits, input.n)));
    GenawaiterRc: unstarted(|| peers::genawaiter_rc(&input.digits, input.n));
    AsyncStream: unstarted(|| async_stream(&input.digits, input.n));
    AsynkStrim: unstarted(|| peers::asynk_strim(&input.digits, input.n));
    Corosensei: unstarted(|| peers::corosensei(&input.digits, input.n));
    Generator: unstarted(|| peers::generator(&input.digits, input.n));
}
