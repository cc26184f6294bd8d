// A lifetime that the type parameter outlives is not added to a function which does not seem to need it.
use handcrank::{Generator, generator, yield_};

struct Tank<T>(T);

impl<Item: Clone> Tank<Item> {
    #[generator]
    fn keeps_a_borrow(item: Item) -> impl Generator<Yield = Item> {
        let borrowed = &item;
        yield_!(borrowed.clone());
        yield_!(borrowed.clone());
    }

    #[generator]
    pub fn is_pub(item: Item) -> impl Generator<Yield = Item> {
        let borrowed = &item;
        yield_!(borrowed.clone());
        yield_!(borrowed.clone());
    }

    #[generator]
    fn has_an_elided_lifetime(item: Item, _: &u8) -> impl Generator<Yield = Item> {
        let borrowed = &item;
        yield_!(borrowed.clone());
        yield_!(borrowed.clone());
    }

    #[generator]
    fn has_a_lifetime<'a>(_: &'a u8, #[resume] _: &mut Item) -> impl Generator<&mut Item> {
        yield_!();
    }

    #[generator]
    fn has_a_type_parameter<U>(_: U, #[resume] _: &mut Item) -> impl Generator<&mut Item> {
        yield_!();
    }
}

impl<T: Default> Tank<T> {
    #[generator]
    fn is_not_in_the_signature() -> impl Generator<Yield = usize> {
        let items = vec![T::default()];
        let borrowed = &items;
        yield_!(borrowed.len());
        yield_!(borrowed.len());
    }

    #[generator]
    fn works(item: T) -> impl Generator<Yield = usize> {
        let items = vec![item];
        let borrowed = &items;
        yield_!(borrowed.len());
        yield_!(borrowed.len());
    }
}

fn main() {}
