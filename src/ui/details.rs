//! What support needs to know of a failure: plain lines, in English whatever the widget speaks, without
//! a URL, a header or a token.

use crate::edge::env;
use crate::model::ItemView;

/// The lines about one row.
pub(super) fn details(view: &ItemView) -> String {
    let mut lines = format!(
        "connect-attached-files {}\ntime: {}\npage: {}\n",
        env!("CARGO_PKG_VERSION"),
        env::date(),
        env::origin()
    );
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            for part in [name, ": ", value, "\n"] {
                lines.push_str(part);
            }
        }
    };
    line("file", &view.name);
    line("bytes", &view.size.to_string());
    line("resource", &view.resource.arn);
    line("file id", view.file_id.as_deref().unwrap_or_default());
    line("phase", view.phase.as_str());
    if let Some(failure) = &view.failure {
        line("stage", failure.stage.as_str());
        line("code", failure.code.as_str());
        line("status", &failure.status.map(|status| status.to_string()).unwrap_or_default());
        line("service code", failure.service_code.as_deref().unwrap_or_default());
        line("request id", failure.request_id.as_deref().unwrap_or_default());
    }
    lines
}
