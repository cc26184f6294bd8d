use handcrank::{Generator, generator, yield_};

#[derive(Clone, Copy)]
struct Call<'a> {
    take: fn(&'a str),
    text: &'a str,
}

#[generator]
fn keeps(#[resume] _: Call<'_>) -> impl Generator<Call<'_>> {
    let mut last: Option<fn(&str)> = None;
    let mut kept = None;
    loop {
        let next = yield_!();
        if let Some(take) = kept {
            let take: fn(_) = take;
            take(next.text);
        }
        kept = Some(next.take);
        last.take();
    }
}

fn main() {}
