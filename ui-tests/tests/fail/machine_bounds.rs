use handcrank::machine;

fn of<T>(value: T) {
    let length = 1;
    let _ = machine!([value] -> impl Iterator<Item = T> + IntoIterator<Item = T> { yield value; });
    let _ = machine!([length] -> impl Iterator<Item = usize> + Clone { yield length; });
}

trait Within<'a> {}

fn within<'a>(text: &'a str) {
    let _ = machine!([text] -> impl Iterator<Item = &'a str> + Within<'a> { yield text; });
}

fn main() {}
