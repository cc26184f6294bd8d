//! Events and spans of tracing, with fields that have the names of kept locals.
#![allow(missing_docs, reason = "tests")]

use std::{
    fmt::{self, Write},
    sync::{Arc, Mutex},
};

use futures::FutureExt;
use handcrank::generator;
use tracing::{
    Event, Level, Metadata, Subscriber, debug,
    field::{Field, Visit},
    info,
    span::{Attributes, Id, Record},
};

/// Writes the fields of events and spans down.
struct Notes(Arc<Mutex<String>>);

struct Fields<'s>(&'s mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, "{}={value:?} ", field.name());
    }
}

impl Subscriber for Notes {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut notes = self.0.lock().unwrap();
        notes.push_str("span ");
        span.record(&mut Fields(&mut notes));
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut notes = self.0.lock().unwrap();
        event.record(&mut Fields(&mut notes));
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[generator]
async fn traced(user: String, count: u32) -> usize {
    let level = Level::INFO;
    std::future::ready(()).await;
    info!(?user, %count, "text {user}");
    tracing::info!(count, user.len = user.len(), "counted");
    debug!(target: "other", name = %user, twice = count * 2);
    tracing::event!(Level::WARN, ?level, "level");
    let span = tracing::span!(Level::INFO, "span", count, ?user);
    let _entered = span.enter();
    std::future::ready(()).await;
    user.len()
}

#[test]
fn fields_are_named_after_locals() {
    let notes = Arc::new(Mutex::new(String::new()));
    tracing::subscriber::with_default(Notes(notes.clone()), || {
        assert_eq!(traced("me".to_owned(), 3).now_or_never(), Some(2));
    });
    assert_eq!(
        *notes.lock().unwrap(),
        "message=text me user=\"me\" count=3 message=counted count=3 user.len=2 name=me twice=6 \
         message=level level=Level(Info) span count=3 user=\"me\" "
    );
}
