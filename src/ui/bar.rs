//! The progress bar of one upload.

use connect_attached_files_core::progress::Progress;
use connect_attached_files_core::text::Text;
use leptos::prelude::*;

use crate::model::ItemView;
use crate::strings::Words;

/// Draws the bar of a row; not a live region, its words are there to be asked for.
#[component]
pub(super) fn Bar(words: Words, view: ArcRwSignal<ItemView>) -> impl IntoView {
    let name = view.read_untracked().name.clone();
    let percent = {
        let view = view.clone();
        Memo::new(move |_| view.with(|view| view.progress.as_ref().map_or(0, Progress::percent)))
    };
    let text = move || view.with(|view| view.progress.as_ref().map(|p| progress_text(words, p)));
    view! {
        <div
            class="caf-bar"
            part="bar"
            role="progressbar"
            aria-label=name
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || percent.get().to_string()
            aria-valuetext=text
        >
            <div class="caf-bar-fill" style:width=move || format!("{}%", percent.get())></div>
        </div>
    }
}

/// How far an upload is, in words.
pub(super) fn progress_text(words: Words, progress: &Progress) -> String {
    let (percent, sent) = (progress.percent().to_string(), words.size(progress.sent()));
    let total = words.size(progress.total());
    let mut places = vec![("percent", percent.as_str()), ("sent", &sent), ("total", &total)];
    match progress.seconds_left().map(|seconds| words.time(seconds)) {
        Some(time) => {
            places.push(("time", &time));
            words.fill(Text::ProgressLeft, &places)
        }
        None => words.fill(Text::Progress, &places),
    }
}
