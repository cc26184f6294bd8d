//! The memory of the JSON reader does not grow with its input. The file is a test of its own
//! because it counts every allocation of its process.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    io::{self, Read, Write},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use handcrank_examples::json::{CHUNK, Limits, Summary, tokens};

/// The system's allocator, with the bytes allocated now and at most.
struct Counting {
    now: AtomicUsize,
    peak: AtomicUsize,
}

#[global_allocator]
static ALLOCATOR: Counting = Counting {
    now: AtomicUsize::new(0),
    peak: AtomicUsize::new(0),
};

// SAFETY: every call goes on to the system's allocator as it came; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = self.now.fetch_add(layout.size(), Relaxed) + layout.size();
        self.peak.fetch_max(now, Relaxed);
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        self.now.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// An array of `items` objects, written as it is read. Its keys are many, some long.
struct Endless {
    items: usize,
    written: usize,
    pending: Vec<u8>,
}

impl Endless {
    fn new(items: usize) -> Self {
        Self {
            items,
            written: 0,
            pending: b"[".to_vec(),
        }
    }
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.pending.is_empty() && self.written < self.items {
            self.written += 1;
            let (item, width) = (self.written, self.written % 300);
            let last = item == self.items;
            let end = if last { "]" } else { ",\n" };
            write!(
                self.pending,
                r#"{{"{item}":[1,"two"],"{item:0width$}":{{"common":null}}}}{end}"#
            )?;
        }
        let count = self.pending.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.pending[..count]);
        self.pending.drain(..count);
        Ok(count)
    }
}

/// The bytes in use at most while a summary of `items` items is made.
fn peak(items: usize) -> usize {
    let before = ALLOCATOR.now.load(Relaxed);
    ALLOCATOR.peak.store(before, Relaxed);
    let mut summary = Summary::new();
    for token in tokens(Endless::new(items), Limits::default()) {
        summary.add(&token.unwrap());
    }
    assert_eq!(summary.objects, 2 * items as u64);
    assert_eq!(summary.key_counts.commonest(1)[0].0, "common");
    ALLOCATOR.peak.load(Relaxed) - before
}

#[test]
fn memory_does_not_grow_with_the_input() {
    // Enough that all counters are taken. The input is some 200 bytes per item.
    let small = peak(10_000);
    let large = peak(60_000);
    assert!(small > CHUNK);
    assert!(large < small + small / 10, "{small} bytes became {large}");
}
