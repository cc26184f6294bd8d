use handcrank::machine;

fn main() {
    let _ = machine!(-> impl Iterator<Item = u8> {
        let each = |n: u8| {
            yield n;
        };
        each(1);
    });
    let _ = machine!(-> impl Future<Output = ()> {
        yield 1;
    });
    let _ = machine!(-> impl Iterator<Item = u8> {
        std::future::ready(()).await;
    });
}
