//! What is said of all files and can be done with all of them at once, once there are several.

use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::tally::Tally;
use connect_attached_files_core::text::{Text, decimal};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

use super::bind::Part;
use super::context::Context;
use super::preview::download_all;
use crate::arrange::{Arrangement, Filter, Order};
use crate::config::Mode;
use crate::edge::markup;

/// So many rows are worth sorting and filtering.
const WORTH_ARRANGING: usize = 5;

const ORDERS: [(Order, Text); 3] = [
    (Order::Newest, Text::OrderNewest),
    (Order::Name, Text::OrderName),
    (Order::Size, Text::OrderSize),
];
const FILTERS: [(Filter, Text); 4] = [
    (Filter::All, Text::FilterAll),
    (Filter::OnTheWay, Text::FilterOnTheWay),
    (Filter::Ready, Text::FilterReady),
    (Filter::Problems, Text::FilterProblems),
];

/// Brings it to life.
pub(super) fn toolbar(context: &Context) {
    let panel = &context.panel;
    on_click(context, ".caf-upload-all", |context| context.runner.act("upload", None));
    on_click(context, ".caf-pause-all", |context| {
        let is_running = context.shown.peek(|panel| panel.tally.running > 0);
        context.runner.act(if is_running { "pause" } else { "resume" }, None);
    });
    on_click(context, ".caf-retry-all", |context| context.runner.act("retry", None));
    on_click(context, ".caf-cancel-all", |context| context.runner.act("cancel", None));
    on_click(context, ".caf-download-all", download_all);

    let Arrangement { order, filter } = context.runner.arrangement();
    let orders = ORDERS.map(|(_, text)| text);
    let order = select(context, ".caf-order", Text::Order, &orders, order as usize);
    let filters = FILTERS.map(|(_, text)| text);
    let filter = select(context, ".caf-filter", Text::Filter, &filters, filter as usize);
    for part in [&order, &filter] {
        let (changed, order, filter) = (context.clone(), order.clone(), filter.clone());
        context.on(part, "change", move || {
            changed.runner.arrange(Arrangement {
                order: ORDERS.get(chosen(&order)).map(|(order, _)| *order).unwrap_or_default(),
                filter: FILTERS.get(chosen(&filter)).map(|(filter, _)| *filter).unwrap_or_default(),
            });
        });
    }

    let parts = [
        ".caf-upload-all",
        ".caf-pause-all",
        ".caf-retry-all",
        ".caf-cancel-all",
        ".caf-download-all",
    ]
    .map(|class| panel.find(class));
    let run = Run::of(&panel.find(".caf-run"));
    let followed = context.clone();
    context.each_time(move || {
        let (tally, rows) = followed.shown.with(|panel| (panel.tally, panel.rows));
        let mode = followed.mode.with(|mode| *mode);
        let words = &followed.words;
        let pause = if tally.running > 0 { Text::PauseAll } else { Text::ResumeAll };
        let several = tally.running + tally.paused > 1;
        let is_offered = [
            (Text::UploadAll, tally.waiting > 0),
            (pause, several),
            (Text::RetryAll, tally.failing > 1),
            (Text::CancelAll, several),
        ];
        for (part, (text, is_offered)) in parts.iter().zip(is_offered) {
            part.say(&words.get(text));
            followed.offer(part, is_offered && mode == Mode::Normal, ItemId(0));
        }
        let [.., download] = &parts;
        download.say(&words.get(Text::DownloadAll));
        followed.offer(download, tally.approved > 1 && mode != Mode::Disabled, ItemId(0));
        // What is arranged can be put back, however few there are by then.
        let is_worth = rows >= WORTH_ARRANGING || chosen(&order) + chosen(&filter) > 0;
        followed.offer(&order, is_worth, ItemId(0));
        followed.offer(&filter, is_worth, ItemId(0));
        run.show(&followed, tally);
    });
}

fn on_click(context: &Context, class: &str, run: fn(&Context)) {
    let clicked = context.clone();
    context.on(&context.panel.find(class), "click", move || run(&clicked));
}

/// Fills a native select with its choices, of which one is chosen; their place is their value.
fn select(context: &Context, class: &str, label: Text, choices: &[Text], chosen: usize) -> Part {
    let part = context.panel.find(class);
    part.attribute("aria-label", &context.words.get(label));
    let choices = choices.iter().map(|&choice| context.words.get(choice)).collect();
    markup::choices(part.element(), choices, chosen);
    part
}

fn chosen(select: &Part) -> usize {
    let select: &HtmlSelectElement = select.element().unchecked_ref();
    usize::try_from(select.selected_index()).unwrap_or(0)
}

/// The files of the run summed up.
struct Run {
    whole: Part,
    text: Part,
    bar: Part,
    fill: Part,
}

impl Run {
    fn of(whole: &Part) -> Self {
        let part = |class| whole.find(class);
        let (text, bar, fill) = (part(".caf-run-text"), part(".caf-bar"), part(".caf-bar-fill"));
        Self { whole: whole.clone(), text, bar, fill }
    }

    fn show(&self, context: &Context, tally: Tally) {
        let run = tally.run;
        let is_shown = run.files > 1 && run.done < run.files;
        self.whole.show(is_shown);
        if !is_shown {
            return;
        }
        let words = &context.words;
        let percent = run.percent();
        let left = tally.seconds_left.map(|seconds| words.time(seconds));
        let text = if left.is_some() { Text::RunLeft } else { Text::Run };
        let text = words.fill(
            text,
            &[
                ("done", &words.number(run.done)),
                ("files", &words.number(run.files)),
                ("percent", &words.percent(percent)),
                ("time", &left.unwrap_or_default()),
            ],
        );
        self.text.say(&text);
        self.bar.attribute("aria-label", &context.words.get(Text::Title));
        let percent = decimal(percent.into());
        self.bar.attribute("aria-valuenow", &percent);
        self.bar.attribute("aria-valuetext", &text);
        self.fill.fill_up(&percent);
    }
}
