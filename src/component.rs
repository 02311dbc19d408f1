//! The Leptos component.

use connect_attached_files_core::duplicates::Duplicates;
use leptos::prelude::*;

use crate::config::{Config, HeaderSource, Mode};
use crate::extras::Extras;
use crate::mount::Mounted;
use crate::runner::WidgetEvent;
use crate::strings::Strings;

/// Attaches files to an Amazon Connect case or email.
///
/// ```text
/// view! {
///     <AttachedFiles
///         endpoint="https://files.example.com"
///         instance_id="11111111-2222-3333-4444-555555555555"
///         resource=case_arn
///     />
/// }
/// ```
#[component]
pub fn AttachedFiles(
    /// Base URL of the backend.
    #[prop(into)]
    endpoint: Signal<String>,
    /// Amazon Connect instance id.
    #[prop(into)]
    instance_id: Signal<String>,
    /// ARN of the case or, for email, of the contact. When it changes, files on their way stay with
    /// the case they were dropped on.
    #[prop(into)]
    resource: Signal<String>,
    /// Most files on the case, when the host knows.
    #[prop(into, optional)]
    max_files: Signal<Option<usize>>,
    /// Files sent at the same time; 3 when not given.
    #[prop(into, optional)]
    concurrency: Signal<Option<usize>>,
    /// Key of a tag that keeps the SHA-256 of each file; off when not given.
    #[prop(into, optional)]
    checksum_tag: Signal<Option<String>>,
    /// Most bytes of all files of the case together, when the host knows.
    #[prop(into, optional)]
    max_total_bytes: Signal<Option<u64>>,
    /// What becomes of a file whose name is there already.
    #[prop(into, optional)]
    duplicates: Signal<Duplicates>,
    /// Whether files wait for someone to start them.
    #[prop(into, optional)]
    manual_start: Signal<bool>,
    /// What people may do.
    #[prop(into, optional)]
    mode: Signal<Mode>,
    /// `capture` of the picker, such as `environment` for a phone's camera.
    #[prop(into, optional)]
    capture: Signal<String>,
    /// `dense`, or `comfortable`, which is also meant by an empty one.
    #[prop(into, optional)]
    density: Signal<String>,
    /// Tags of files added from now on.
    #[prop(into, optional)]
    tags: Signal<Vec<(String, String)>>,
    /// Headers for calls to the backend, for example a bearer token.
    #[prop(optional)]
    headers: HeaderSource,
    /// Texts that replace the English ones.
    #[prop(into, optional)]
    strings: Signal<Strings>,
    /// What the widget offers beside its main job: by default all that needs no library.
    #[prop(optional)]
    extras: Extras,
    /// Hears of everything that happens.
    #[prop(optional, into)]
    on_event: Option<Callback<WidgetEvent>>,
) -> impl IntoView {
    let config = Memo::new(move |_| Config {
        endpoint: endpoint.get(),
        instance_id: instance_id.get(),
        resource: resource.get(),
        max_files: max_files.get(),
        concurrency: concurrency.get(),
        checksum_tag: checksum_tag.get(),
        max_total_bytes: max_total_bytes.get(),
        duplicates: duplicates.get(),
        manual_start: manual_start.get(),
        mode: mode.get(),
        capture: capture.get(),
        density: density.get(),
        tags: tags.get(),
    });
    let tell = move |event| {
        if let Some(on_event) = on_event {
            on_event.run(event);
        }
    };
    // The widget draws itself into this place: it keeps its own tree, whatever the app re-renders.
    let place = NodeRef::<leptos::html::Div>::new();
    let mounted: StoredValue<Option<Mounted>, LocalStorage> = StoredValue::new_local(None);
    // Mounts once: this effect must read nothing that changes, since it owns the widget.
    Effect::new(move || {
        let Some(place) = place.get() else { return };
        let config = config.get_untracked();
        let (headers, words) = (headers.clone(), strings.get_untracked());
        let widget = Mounted::new(&place, &config, headers, words, extras.clone(), tell);
        mounted.set_value(Some(widget));
    });
    Effect::new(move || {
        let config = config.get();
        mounted.with_value(|mounted| {
            let configured = mounted.as_ref().map(|mounted| mounted.runner().configure(&config));
            if let Some(Err(error)) = configured {
                leptos::logging::error!("connect-attached-files: {error}");
            }
        });
    });
    Effect::new(move |spoken: Option<()>| {
        let strings = strings.get();
        // The first ones it was mounted with.
        if spoken.is_some() {
            mounted
                .with_value(|mounted| mounted.iter().for_each(|m| m.set_strings(strings.clone())));
        }
    });
    view! { <div node_ref=place></div> }
}
