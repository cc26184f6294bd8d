//! Runs the library's generators. With `--cfg freestanding` there is neither `std` nor `alloc` in the
//! program: `tests/freestanding.rs` builds and runs it so.
#![allow(unexpected_cfgs, reason = "`freestanding` is set by the test")]
#![cfg_attr(freestanding, no_std, no_main)]

#[cfg(not(freestanding))]
fn main() {
    assert_eq!(handcrank_no_std::check(), Ok(()));
}

#[cfg(freestanding)]
mod freestanding {
    #[link(name = "c")]
    unsafe extern "C" {
        safe fn abort() -> !;
    }

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
        abort()
    }

    /// The prebuilt `core` mentions it; nothing unwinds.
    // SAFETY: without `std`, nobody else defines it.
    #[unsafe(no_mangle)]
    extern "C" fn rust_eh_personality() {}

    // SAFETY: without `std`, nobody else defines it.
    #[unsafe(no_mangle)]
    extern "C" fn main(
        _: core::ffi::c_int,
        _: *const *const core::ffi::c_char,
    ) -> core::ffi::c_int {
        match handcrank_no_std::check() {
            Ok(()) => 0,
            Err(number) => number.into(),
        }
    }
}
