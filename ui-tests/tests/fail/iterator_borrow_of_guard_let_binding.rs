use handcrank::{generator, yield_};

#[generator]
fn lengths(pair: &(String, u32)) -> impl Iterator<Item = usize> {
    match pair {
        (name, _) if let twice = &name && twice.len() > 3 => {
            yield_!(1);
            yield_!(twice.len());
        }
        &(_, n) if let m = &n && *m > 0 => {
            yield_!(2);
            yield_!(*m as usize);
        }
        _ => {}
    }
}

#[generator]
fn assigned(pair: &(String, u32)) -> impl Iterator<Item = usize> {
    let mut seen = None;
    match pair {
        (name, _)
            if {
                seen = Some(&name);
                true
            } =>
        {
            yield_!(1);
            yield_!(seen.map_or(0, |name| name.len()));
        }
        _ => {}
    }
}

fn main() {}
