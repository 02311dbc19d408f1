//! What support needs to know of a failure: plain lines, in English whatever the widget speaks, without
//! a URL, a header or a token.

use connect_attached_files_core::text::decimal;

use crate::edge::env;
use crate::model::ItemView;

/// The lines about one row.
pub(super) fn details(view: &ItemView) -> String {
    let mut lines =
        String::from(concat!("connect-attached-files ", env!("CARGO_PKG_VERSION"), "\n"));
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            for part in [name, ": ", value, "\n"] {
                lines.push_str(part);
            }
        }
    };
    line("time", &env::date());
    line("page", &env::origin());
    line("file", &view.name);
    line("bytes", &decimal(view.size));
    line("resource", &view.resource.arn);
    line("file id", view.file_id.as_deref().unwrap_or_default());
    line("phase", view.phase.as_str());
    if let Some(failure) = &view.failure {
        line("stage", failure.stage.as_str());
        line("code", failure.code.as_str());
        line("status", &failure.status.map(|status| decimal(status.into())).unwrap_or_default());
        line("service code", failure.service_code.as_deref().unwrap_or_default());
        line("request id", failure.request_id.as_deref().unwrap_or_default());
    }
    lines
}
