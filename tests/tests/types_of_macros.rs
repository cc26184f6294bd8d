//! Types that a `macro_rules!` passes as one piece, in signatures and bodies that it writes.

use std::fmt::Debug;
use std::future::ready;

use handcrank::{Generator, generator, yield_};
use handcrank_tests::{block_on, implements, run};

macro_rules! functions {
    ($borrowed:ty, $object:ty, $item:ty) => {
        #[generator]
        fn lengths(text: $borrowed) -> impl Generator<Yield = $item> {
            for word in text.split(' ') {
                yield_!(word.len());
            }
        }

        #[generator]
        fn printed(value: Box<$object>, other: &$object) -> impl Generator<Yield = String> {
            let held: &$object = &*value;
            yield_!(format!("{other:?}"));
            yield_!(format!("{held:?}"));
        }

        #[generator]
        async fn changed(numbers: &mut Vec<$item>) -> $item {
            let numbers: &mut Vec<$item> = numbers;
            ready(()).await;
            numbers.push(1);
            numbers.len()
        }
    };
}
functions!(&str, dyn Debug + 'static, usize);

#[test]
fn types_are_what_they_are() {
    assert_eq!(run(lengths("a bc")).0, [1, 2]);
    assert_eq!(run(printed(Box::new(1), &"b")).0, ["\"b\"", "1"]);
    let mut numbers = vec![0];
    let future = changed(&mut numbers);
    assert!(implements!(future, Send));
    assert_eq!(block_on(future).1, 2);
}
