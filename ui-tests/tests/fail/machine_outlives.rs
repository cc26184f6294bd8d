use handcrank::machine;

fn of<'a>(text: &'a str) {
    let length = text.len();
    let borrowed = &length;
    let _ = machine!([text] -> impl Iterator<Item = u8> + 'static { yield text.as_bytes()[0]; });
    let _ = machine!([borrowed] -> impl Iterator<Item = usize> + 'a { yield *borrowed; });
}

fn main() {}
