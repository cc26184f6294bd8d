use handcrank::generator;

#[generator]
async fn shown<'a, T: ToString>(name: &'a str, value: T) -> String {
    format!("{name}{}", value.to_string())
}

fn main() {
    let _ = shown::<u8>("a", 1);
    let _ = shown::<'_, u8>("a", 1);
}
