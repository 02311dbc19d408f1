//! The Leptos component in an app of its own, as `trunk serve` shows it. Trunk hands `/api/` on to the
//! backend and `/demo.json` on to the page server of `cargo xtask demo`, which runs in another terminal.

use connect_attached_files::AttachedFiles;
use gloo_net::http::Request;
use leptos::prelude::*;
use serde::Deserialize;

/// The page's own origin, by Trunk.toml: no CORS rule for the backend is needed here.
const ENDPOINT: &str = "/api";

/// What the demo says of its emulated instance; the names are the backend's.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Demo {
    instance_id: String,
    case_arn: String,
    second_case_arn: String,
    contact_arn: String,
}

/// `None` when nobody answers.
async fn demo() -> Option<Demo> {
    Request::get("/demo.json").send().await.ok()?.json().await.ok()
}

#[component]
fn App() -> impl IntoView {
    let demo = LocalResource::new(demo);
    view! {
        <main>
            <h1>"AttachedFiles, the Leptos component"</h1>
            {move || demo.get().map(|demo| match demo {
                Some(demo) => view! { <Desk demo/> }.into_any(),
                None => view! {
                    <p>"No backend answers. Run "<code>"cargo xtask demo"</code>" in another terminal, then reload."</p>
                }.into_any(),
            })}
        </main>
    }
}

/// One component that follows the chosen case: files on their way stay with theirs. It can be put away, as
/// an app does that shows something else for a while.
#[component]
fn Desk(demo: Demo) -> impl IntoView {
    let choices = [
        ("First case", demo.case_arn.clone()),
        ("Second case", demo.second_case_arn),
        ("Email draft", demo.contact_arn),
    ];
    let (resource, set_resource) = signal(demo.case_arn);
    let (is_open, set_open) = signal(true);
    let instance_id = StoredValue::new(demo.instance_id);
    let buttons = choices.map(|(name, arn)| {
        let shown = arn.clone();
        let pressed = move || (resource.get() == shown).to_string();
        view! {
            <button type="button" aria-pressed=pressed on:click=move |_| set_resource.set(arn.clone())>
                {name}
            </button>
        }
    });
    view! {
        <p>
            {buttons.into_iter().collect_view()}
            <button type="button" on:click=move |_| set_open.update(|open| *open = !*open)>
                {move || if is_open.get() { "Put away" } else { "Bring back" }}
            </button>
        </p>
        <Show when=move || is_open.get()>
            <AttachedFiles endpoint=ENDPOINT.to_owned() instance_id=instance_id.get_value() resource/>
        </Show>
    }
}

fn main() {
    mount_to_body(App);
}
