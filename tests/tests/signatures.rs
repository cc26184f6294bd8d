//! Free functions: generics, lifetimes, patterns in parameters, qualifiers, attributes, visibility.
#![allow(clippy::all, clippy::pedantic, reason = "bodies are odd on purpose")]

use std::collections::HashMap;
use std::fmt::{Debug, Display};
use std::hash::Hash;

use handcrank::{Generator, generator, yield_};
use handcrank_tests::{Log, Logged, block_on, run, run_with};

// ------------------------------------------------------------------------------ generics

#[generator]
fn inline_bounds<T: Display + Clone, U: Into<T>>(
    first: T,
    others: Vec<U>,
) -> impl Generator<Yield = String, Return = T> {
    let mut last = first;
    for other in others {
        yield_!(last.to_string());
        last = other.into();
    }
    last.clone()
}

#[generator]
fn where_clause<K, V, I>(entries: I) -> impl Generator<Yield = usize, Return = HashMap<K, Vec<V>>>
where
    I: IntoIterator<Item = (K, V)>,
    K: Hash + Eq,
{
    let mut map: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in entries {
        let group = map.entry(key).or_default();
        group.push(value);
        yield_!(group.len());
    }
    map
}

#[generator]
fn const_generic<const N: usize, T: Copy>(
    table: [[T; N]; 2],
) -> impl Generator<Yield = (T, T), Return = usize> {
    let [top, bottom] = &table;
    for column in 0..N {
        yield_!((top[column], bottom[column]));
    }
    N
}

#[generator]
fn impl_trait_arguments(
    items: impl IntoIterator<Item = impl AsRef<str>>,
    keep: impl Fn(&str) -> bool,
) -> impl Iterator<Item = String> {
    for item in items {
        let keep_it = keep(item.as_ref());
        if keep_it {
            let text = item.as_ref().to_owned();
            yield_!(text);
        }
    }
}

#[generator]
fn impl_trait_behind_a_reference(
    items: &mut impl Iterator<Item = u32>,
) -> impl Iterator<Item = u32> {
    while let Some(item) = items.next() {
        yield_!(item);
    }
}

#[generator]
async fn impl_trait_in_a_pin(
    mut of: std::pin::Pin<&mut (impl Future<Output = u32> + ?Sized)>,
) -> u32 {
    of.as_mut().await + 1
}

#[generator]
fn unsized_parameter<T: ?Sized + Debug>(
    value: &T,
    boxed: Box<T>,
) -> impl Generator<Yield = String> {
    yield_!(format!("{value:?}"));
    yield_!(format!("{boxed:?}"));
}

#[generator]
fn higher_ranked<F>(pick: F, texts: &[String]) -> impl Generator<Yield = &str>
where
    F: for<'x> Fn(&'x str) -> &'x str,
{
    for text in texts {
        yield_!(pick(text));
    }
}

#[generator]
fn defaulted_type(
    items: Vec<Option<u8>>,
) -> impl Generator<Yield = <Vec<u8> as IntoIterator>::Item> {
    for item in items.into_iter().flatten() {
        yield_!(item);
    }
}

#[test]
fn type_and_const_parameters() {
    let mut items = [1, 2].into_iter();
    let mut taken = impl_trait_behind_a_reference(&mut items);
    assert_eq!(taken.next(), Some(1));
    drop(taken);
    assert_eq!(items.next(), Some(2));
    let of = std::pin::pin!(std::future::ready(1));
    assert_eq!(block_on(impl_trait_in_a_pin(of)).1, 2);
    let (texts, last) = run(inline_bounds(String::from("a"), vec!["b", "c"]));
    assert_eq!(
        (texts, last),
        (vec!["a".to_owned(), "b".to_owned()], "c".to_owned())
    );
    let (lengths, map) = run(where_clause([("a", 1), ("b", 2), ("a", 3)]));
    assert_eq!((lengths, &map["a"]), (vec![1, 1, 2], &vec![1, 3]));
    assert_eq!(
        run(const_generic([[1, 2], [3, 4]])),
        (vec![(1, 3), (2, 4)], 2)
    );
    assert_eq!(run(const_generic::<0, ()>([[], []])), (vec![], 0));
    let minimum = 2;
    let kept = impl_trait_arguments(["a", "bb", "ccc"], |text| text.len() >= minimum);
    assert_eq!(kept.collect::<Vec<_>>(), ["bb", "ccc"]);
    assert_eq!(
        run(unsized_parameter("text", "boxed".into())).0,
        ["\"text\"", "\"boxed\""]
    );
    assert_eq!(
        run(unsized_parameter::<[u8]>(&[1], Box::new([2, 3]))).0,
        ["[1]", "[2, 3]"]
    );
    let texts = [" a ".to_owned(), "b ".to_owned()];
    assert_eq!(run(higher_ranked(str::trim, &texts)).0, ["a", "b"]);
    assert_eq!(run(defaulted_type(vec![Some(1), None, Some(2)])).0, [1, 2]);
}

// ------------------------------------------------------------------------------ lifetimes

#[generator]
fn one_elided(text: &str) -> impl Generator<Yield = &str> {
    let trimmed = text.trim();
    yield_!(trimmed);
    yield_!(&trimmed[1..]);
}

#[generator]
fn two_elided(left: &str, right: &[u8]) -> impl Generator<Yield = usize> {
    let pair = (left, right);
    yield_!(pair.0.len());
    yield_!(pair.1.len());
}

#[generator]
fn elided_in_types(
    pair: (&str, Option<&mut Vec<u8>>),
    names: &[&str],
) -> impl Generator<Yield = usize> {
    let (text, list) = pair;
    let both = [text, names[0]];
    if let Some(list) = list {
        for one in both {
            list.push(one.len() as u8);
            yield_!(list.len());
        }
    }
    yield_!(both.concat().len());
}

#[generator]
fn anonymous(text: std::borrow::Cow<'_, str>, count: usize) -> impl Generator<Yield = char> + '_ {
    for c in text.chars().take(count) {
        yield_!(c);
    }
}

#[generator]
fn named<'long: 'short, 'short>(
    long: &'long str,
    short: &'short str,
) -> impl Generator<Yield = &'short str, Return = &'long str> {
    let mut best = short;
    yield_!(best);
    best = long;
    yield_!(best);
    long
}

#[generator]
fn unrelated<'a, 'b, T: Debug>(
    a: &'a mut Vec<T>,
    b: &'b T,
) -> impl Generator<Yield = &'b T, Return = &'a mut Vec<T>>
where
    T: Clone,
{
    let view = &*b;
    a.push(view.clone());
    yield_!(view);
    let mixed = (&a, b);
    let _seen = format!("{:?}", mixed.0.len());
    a
}

#[generator]
fn static_lifetime(
    table: &'static [&'static str],
) -> impl Generator<Yield = &'static str> + 'static {
    for entry in table {
        yield_!(*entry);
    }
}

#[test]
fn lifetimes() {
    let text = String::from(" xyz ");
    assert_eq!(run(one_elided(&text)).0, ["xyz", "yz"]);
    assert_eq!(run(two_elided("abc", &[1])).0, [3, 1]);
    let mut list = vec![0];
    assert_eq!(
        run(elided_in_types(("ab", Some(&mut list)), &["c"])).0,
        [2, 3, 3]
    );
    assert_eq!(list, [0, 2, 1]);
    assert_eq!(run(anonymous("abc".into(), 2)).0, ['a', 'b']);
    let (yielded, long) = {
        let short = String::from("short");
        let (yielded, long) = run(named(&text, &short));
        (yielded.len(), long)
    };
    assert_eq!((yielded, long), (2, " xyz "));
    let mut numbers = vec![1];
    let two = 2;
    let (yielded, back) = run(unrelated(&mut numbers, &two));
    back.push(3);
    assert_eq!((yielded, numbers), (vec![&2], vec![1, 2, 3]));
    assert_eq!(run(static_lifetime(&["a"])).0, ["a"]);
}

// ------------------------------------------------------------------------------ parameters

struct Pair(Logged, Logged);

#[generator]
fn patterns(
    Pair(left, mut right): Pair,
    [a, .., b]: [u32; 4],
    &c: &u32,
    mut d: u32,
    _: Logged,
    (_, e): (Logged, u32),
) -> impl Generator<Yield = u32> {
    d += a + b + c + e;
    yield_!(d);
    std::mem::swap(&mut right, &mut { left });
    d += 1;
    yield_!(d);
}

#[generator]
fn unused(_a: Logged, _: Logged, b: Logged) -> impl Generator<Yield = u32> {
    yield_!(1);
    let _ = b.name();
}

#[generator]
fn attributes_on_parameters(
    #[allow(unused_variables)] unused: u32,
    #[allow(unused_mut)] mut also: u32,
) -> impl Generator<Yield = u32> {
    yield_!(also);
}

#[test]
fn parameters() {
    let log = Log::default();
    let pair = Pair(log.value("left"), log.value("right"));
    let machine = patterns(
        pair,
        [1, 9, 9, 2],
        &3,
        4,
        log.value("wild"),
        (log.value("inner"), 5),
    );
    assert_eq!(run(machine).0, [15, 16]);
    assert_eq!(log.take().len(), 4);

    let three = || (log.value("a"), log.value("wild"), log.value("b"));
    let (a, wild, b) = three();
    drop(unused(a, wild, b));
    assert_eq!(
        log.take(),
        ["a", "wild", "b"],
        "unstarted: in the order of the declaration"
    );
    let (a, wild, b) = three();
    run(unused(a, wild, b));
    assert_eq!(log.take(), ["b", "wild", "a"], "started: in reverse");

    assert_eq!(run(attributes_on_parameters(0, 2)).0, [2]);
}

// ------------------------------------------------------------------------------ qualifiers

/// Reads three numbers behind a pointer.
///
/// # Safety
///
/// `first` points to three numbers.
#[generator]
unsafe fn through_a_pointer(first: *const u32) -> impl Generator<Yield = u32> {
    for i in 0..3 {
        // SAFETY: the caller's.
        let n = unsafe { *first.add(i) };
        yield_!(n);
    }
}

/// Documented.
#[must_use = "it does nothing otherwise"]
#[inline]
#[generator]
#[allow(clippy::needless_pass_by_value)]
pub fn with_attributes(text: String) -> impl Generator<Yield = usize> {
    yield_!(text.len());
}

#[generator]
#[cfg(all())]
fn configured() -> impl Generator<Yield = u32> {
    yield_!(1);
}

#[generator]
#[cfg(any())]
fn configured() -> impl Generator<Yield = NoSuchType> {
    no_such_function();
}

mod inner {
    use handcrank::{Generator, generator, yield_};

    #[generator]
    pub fn public() -> impl Generator<Yield = u32> {
        yield_!(1);
        yield_!(super::private_number());
    }

    #[generator]
    pub(crate) fn crate_wide() -> impl Iterator<Item = u32> {
        yield_!(2);
    }

    #[generator]
    pub(in crate::inner) fn restricted() -> impl Iterator<Item = u32> {
        yield_!(3);
    }

    #[generator]
    pub(super) async fn for_the_parent() -> u32 {
        restricted().sum()
    }
}

fn private_number() -> u32 {
    7
}

#[generator]
fn r#match(r#type: u32) -> impl Generator<Yield = u32> {
    let r#fn = r#type + 1;
    yield_!(r#fn);
    yield_!(r#fn + r#type);
}

#[test]
fn qualifiers_and_attributes() {
    let numbers = [1, 2, 3];
    // SAFETY: there are three.
    let machine = unsafe { through_a_pointer(numbers.as_ptr()) };
    assert_eq!(run(machine).0, [1, 2, 3]);
    let pointer: unsafe fn(*const u32) -> _ = through_a_pointer;
    let _ = pointer;
    assert_eq!(run(with_attributes("abc".to_owned())).0, [3]);
    assert_eq!(run(configured()).0, [1]);
    assert_eq!(run(inner::public()).0, [1, 7]);
    assert_eq!(inner::crate_wide().count(), 1);
    assert_eq!(block_on(inner::for_the_parent()), (0, 3));
    assert_eq!(run(r#match(4)).0, [5, 9]);
}

#[test]
fn functions_are_values() {
    #[generator]
    fn counter(#[resume] first: u32, step: u32) -> impl Generator<u32, Yield = u32> {
        let mut n = first;
        while n < 10 {
            n = yield_!(n + step);
        }
    }
    let make: fn(u32) -> _ = counter;
    assert_eq!(run_with(make(5), |n| n as u32 * 4).0, [5, 9, 13]);
    let machines = [1, 2].map(counter);
    let sums = machines.map(|machine| run_with(machine, |n| n as u32 * 9).0.iter().sum::<u32>());
    assert_eq!(sums, [11, 13]);
}

#[test]
fn generators_inside_of_functions_use_their_items() {
    const LIMIT: u32 = 2;
    struct Local(u32);
    #[generator]
    fn local() -> impl Iterator<Item = Local> {
        for n in 0..LIMIT {
            yield_!(Local(n));
        }
    }
    assert_eq!(local().map(|local| local.0).sum::<u32>(), 1);
    let closure = || {
        #[generator]
        fn in_a_closure() -> impl Iterator<Item = u32> {
            yield_!(LIMIT);
        }
        in_a_closure().count()
    };
    assert_eq!(closure(), 1);
}
