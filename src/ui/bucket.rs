//! What an administrator must do when the bucket never answers: the CORS rule, with this page's origin.

use connect_attached_files_core::text::Text;

use super::context::Context;
use crate::edge::env;

/// Brings it to life.
pub(super) fn bucket(context: &Context) {
    let banner = context.panel.find(".caf-bucket");
    banner.find(".caf-reason").say(&context.words.get(Text::BucketSilent));
    banner.find(".caf-rule").say(&rule());
    let copy = banner.find(".caf-button");
    copy.say(&context.words.get(Text::CopyRule));
    let clicked = context.clone();
    context.on(&copy, "click", move || clicked.copy(rule()));
    let followed = context.clone();
    context.each_time(move || {
        banner.show(followed.shown.with(|panel| panel.tally.bucket_is_silent));
    });
}

/// The rule Amazon Connect asks for ("Enable attachments", administrator guide), as S3's console takes
/// it.
fn rule() -> String {
    [
        "[{\n  \"AllowedOrigins\": [\"",
        &env::origin(),
        "\"],\n  \"AllowedMethods\": [\"PUT\", \"GET\"],\n  \"AllowedHeaders\": [\"*\"]\n}]",
    ]
    .concat()
}
