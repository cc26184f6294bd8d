use handcrank::{Generator, generator, yield_};

/// What takes a text may be kept for longer than its turn: as one that takes longer-lived texts.
#[derive(Clone, Copy)]
struct Call<'a> {
    take: fn(&'a str),
    text: &'a str,
}

#[generator]
fn keeps(#[resume] first: Call<'_>) -> impl Generator<Call<'_>> {
    let take = first.take;
    let next = yield_!();
    take(next.text);
}

fn main() {}
