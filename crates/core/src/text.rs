//! Every word the widget shows, in one table: stable keys and English texts.
//!
//! `{name}`-style places are filled by [`fill`]; nothing is glued together from half sentences, so
//! that every text can be translated as a whole.

use crate::error::Code;

macro_rules! texts {
    ($($name:ident $key:literal $english:literal;)*) => {
        /// A text of the widget.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each variant's text stands beside it")]
        pub enum Text { $($name,)* }

        impl Text {
            /// Every text.
            pub const ALL: &'static [Text] = &[$(Text::$name,)*];

            /// Stable key, by which a host or a translation replaces the text.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The English text.
            #[must_use]
            pub fn english(self) -> &'static str {
                match self { $(Self::$name => $english,)* }
            }
        }
    };
}

texts! {
    Title "title" "Attached files";
    ChooseFiles "choose-files" "Choose files";
    ChooseFolder "choose-folder" "Choose folder";
    DropHint "drop-hint" "or drop them here";
    DropNow "drop-now" "Drop to attach";
    DropRefused "drop-refused" "Files cannot be attached here";
    LimitsTyped "limits-typed" "{types}. Up to {size} each.";
    LimitsAnyType "limits-any-type" "Any type. Up to {size} each.";
    LimitsCount "limits-count" "[one]{used} of {count} file.[other]{used} of {count} files.";
    LimitsTotal "limits-total" "Up to {size} together.";
    FilesHeld "files-held" "[one]{count} file.[other]{count} files.";
    LimitsAwaited "limits-awaited" "Reading what this instance allows…";
    LimitsDefaults "limits-defaults" "What this instance allows could not be read, so Amazon Connect's usual limits are shown.";
    NoResource "no-resource" "Open a case to attach files to it.";
    ReadOnly "read-only" "The files here can be looked at, not changed.";
    Disabled "disabled" "Attaching files is switched off here.";
    Offline "offline" "No network. Uploads go on by themselves when it is back.";
    ListLoading "list-loading" "Loading the files of this case…";
    ListFailed "list-failed" "The files of this case could not be loaded. {reason}";
    ListEmpty "list-empty" "No files yet";
    ListFiltered "list-filtered" "No file of this kind";
    Order "order" "Order";
    OrderNewest "order-newest" "Newest first";
    OrderName "order-name" "By name";
    OrderSize "order-size" "Largest first";
    Filter "filter" "Show";
    FilterAll "filter-all" "All files";
    FilterOnTheWay "filter-on-the-way" "On their way";
    FilterReady "filter-ready" "Ready";
    FilterProblems "filter-problems" "With problems";
    Run "run" "{done} of {files} files, {percent}";
    RunLeft "run-left" "{done} of {files} files, {percent}, about {time} left";
    BucketSilent "bucket-silent" "The storage never answered this page, although the attachment service does. Either a firewall is in the way, or the bucket lacks this CORS rule:";
    TryAgain "try-again" "Try again";

    PhaseInvalid "phase-invalid" "Not accepted";
    PhaseQueued "phase-queued" "Waiting its turn";
    PhaseHashing "phase-hashing" "Reading the file";
    PhaseStarting "phase-starting" "Preparing";
    PhaseUploading "phase-uploading" "Uploading";
    PhaseCompleting "phase-completing" "Finishing";
    PhaseScanning "phase-scanning" "Being checked";
    PhaseScanningSlow "phase-scanning-slow" "Still being checked";
    PhaseScanningOpen "phase-scanning-open" "No result of the check yet";
    PhaseApproved "phase-approved" "Ready";
    PhaseRejected "phase-rejected" "Not allowed by the security check";
    PhaseFailed "phase-failed" "Could not be processed";
    PhaseError "phase-error" "Not uploaded";
    PhaseErrorStored "phase-error-stored" "Not available";
    PhaseCanceled "phase-canceled" "Canceled";
    PhaseDeleting "phase-deleting" "Deleting";
    PhaseDeletingSoon "phase-deleting-soon" "Will be deleted in a moment";
    PhaseDownloading "phase-downloading" "Downloading";
    HoldPaused "hold-paused" "Paused";
    HoldManual "hold-manual" "Ready to upload";
    HoldOffline "hold-offline" "Waiting for the network";
    HoldBackoff "hold-backoff" "Waiting to try again";
    HoldThrottled "hold-throttled" "Waiting for Amazon Connect";
    HoldUrlExpired "hold-url-expired" "Getting a new upload address";
    Stalled "stalled" "No data is moving at the moment";
    Elsewhere "elsewhere" "On another case";

    Progress "progress" "{percent}, {sent} of {total}";
    ProgressLeft "progress-left" "{percent}, {sent} of {total}, {speed}, about {time} left";

    Cancel "cancel" "Cancel";
    Upload "upload" "Upload";
    UploadAll "upload-all" "Upload all";
    Pause "pause" "Pause";
    Resume "resume" "Resume";
    PauseAll "pause-all" "Pause all";
    ResumeAll "resume-all" "Resume all";
    CancelAll "cancel-all" "Cancel all";
    RetryAll "retry-all" "Try all again";
    ChooseAgain "choose-again" "Choose again";
    CheckStatus "check-status" "Check status";
    CopyDetails "copy-details" "Copy details";
    CopyRule "copy-rule" "Copy rule";
    Retry "retry" "Try again";
    CheckAgain "check-again" "Check again";
    Remove "remove" "Remove from list";
    Download "download" "Download";
    DownloadAll "download-all" "Download all";
    Preview "preview" "Preview";
    PreviewNone "preview-none" "This kind of file cannot be shown here. Download it instead.";
    PreviewLoading "preview-loading" "Loading…";
    PreviewFailed "preview-failed" "The file could not be loaded. Close this and try again.";
    Close "close" "Close";
    Rename "rename" "Rename";
    RenameLabel "rename-label" "New name of {name}";
    WasNamed "was-named" "Was: {name}";
    ArchiveName "archive-name" "case-files.zip";
    ArchiveMissing "archive-missing" "These files could not be downloaded:";
    Delete "delete" "Delete";
    Undo "undo" "Undo";
    Keep "keep" "Keep";
    ActionNamed "action-named" "{action}: {name}";
    ConfirmDelete "confirm-delete" "Delete {name} for good?";

    RuleFolder "rule-folder" "Folders cannot be attached. Choose the files inside it.";
    RuleEmpty "rule-empty" "The file is empty. Amazon Connect takes files of at least one byte.";
    RuleTooLarge "rule-too-large" "The file has {size}; this instance allows up to {max}.";
    RuleExtension "rule-extension" "Files of type .{extension} are not allowed here.";
    RuleNoExtension "rule-no-extension" "The name has no extension, so its type cannot be told. Rename it.";
    RuleTooMany "rule-too-many" "[one]This case already has {count} file, the most it can hold.[other]This case already has {count} files, the most it can hold.";
    RuleTotalSize "rule-total-size" "With this file, the files of this case would be more than {max} together.";
    RuleDuplicate "rule-duplicate" "This file is already attached or on its way.";
    RuleHost "rule-host" "This page does not take the file.";

    WarnDuplicate "warn-duplicate" "This case already has a file of this name.";
    WarnDoubleExtension "warn-double-extension" "The name has two extensions, and the first is that of a program.";
    WarnContent "warn-content" "The content looks like .{found}, which is not what the name says.";

    FailUnauthenticated "fail-unauthenticated" "Your sign-in is not accepted any more. Sign in again, then try again.";
    FailAccessDenied "fail-access-denied" "You are not allowed to do this on this case. Ask your administrator.";
    FailInvalidFileSize "fail-invalid-file-size" "Amazon Connect does not take a file of this size.";
    FailInvalidFileType "fail-invalid-file-type" "Amazon Connect does not take files of this type.";
    FailInvalidFileName "fail-invalid-file-name" "Amazon Connect does not take this file name. Rename the file and choose it again.";
    FailInvalidRequest "fail-invalid-request" "Amazon Connect did not accept the request. Tell your administrator.";
    FailNotFound "fail-not-found" "Amazon Connect does not know this file or case any more.";
    FailConflict "fail-conflict" "Amazon Connect reports a conflict, perhaps a file of the same name. Try again, or rename the file.";
    FailTotalSize "fail-total-size" "The files of this case together would be too large. Delete one, then try again.";
    FailTotalCount "fail-total-count" "This case holds as many files as it can. Delete one, then try again.";
    FailQuota "fail-quota" "A limit of Amazon Connect is reached. Try again later or tell your administrator.";
    FailThrottled "fail-throttled" "Amazon Connect is too busy. Try again in a minute.";
    FailService "fail-service" "Amazon Connect had a problem. Try again.";
    FailBackend "fail-backend" "The attachment service cannot be reached. Check your connection and try again.";
    FailUnexpected "fail-unexpected" "The answer could not be understood. Try again, or tell your administrator.";
    FailUrlExpired "fail-url-expired" "The upload took longer than its address was valid. Try again.";
    FailSignature "fail-signature" "The storage refused the upload's signature. Tell your administrator.";
    FailHeaders "fail-headers" "The storage refused a header of the upload. Tell your administrator.";
    FailStorageDenied "fail-storage-denied" "The storage denied access. Tell your administrator.";
    FailStorageRefused "fail-storage-refused" "The storage refused the file. Tell your administrator.";
    FailStorage "fail-storage" "The storage had a problem. Try again.";
    FailBucket "fail-bucket" "The storage never answered. A firewall, or the bucket's CORS rule for this page, may stand in the way. Tell your administrator.";
    FailNetwork "fail-network" "The connection broke. Try again.";
    FailFileUnreadable "fail-file-unreadable" "The file was changed, moved or deleted on your computer. Choose it again.";
    FailInterrupted "fail-interrupted" "The upload was cut off before this file was sent. Choose it again to finish, or remove it from the list.";
    FailNotReceived "fail-not-received" "Amazon Connect has not received this file. Choose it again to finish, or remove it from the list.";
    FailUploadExpired "fail-upload-expired" "The upload was never finished. Try again, or choose the file again.";
    FailNotApproved "fail-not-approved" "The file is not released for download.";
    FailDownloadIncomplete "fail-download-incomplete" "The download was incomplete, so nothing was saved. Try again.";
    FailDownloadChanged "fail-download-changed" "The file that arrived is not the one that was attached, so nothing was saved. Tell your administrator.";
    FailSaveBlocked "fail-save-blocked" "The browser did not let the file be saved.";

    LiveAdded "live-added" "[one]{count} file added[other]{count} files added";
    LiveAddedOne "live-added-one" "{name} added";
    LiveRefused "live-refused" "{name} not accepted. {reason}";
    LiveSent "live-sent" "{name} uploaded, being checked";
    LiveApproved "live-approved" "{name} is ready";
    LiveRejected "live-rejected" "{name} is not allowed by the security check";
    LiveFailed "live-failed" "{name} could not be processed";
    LiveError "live-error" "{name} not uploaded. {reason}";
    LiveDeleted "live-deleted" "{name} deleted";
    LiveDeleteSoon "live-delete-soon" "{name} will be deleted in five seconds. Undo takes it back.";
    LiveNotice "live-notice" "{name}: {reason}";
    LiveProgress "live-progress" "{name}: {percent}";
    LiveCopied "live-copied" "Copied";
    LiveNotCopied "live-not-copied" "The browser did not allow copying.";
    LiveMany "live-many" "[one]{count} file: {ready} ready, {checking} being checked, {failing} with problems[other]{count} files: {ready} ready, {checking} being checked, {failing} with problems";
}

impl Text {
    /// The sentence for a failure: what happened and what to do next.
    #[must_use]
    pub fn of_code(code: Code) -> Self {
        match code {
            Code::Unauthenticated => Self::FailUnauthenticated,
            Code::AccessDenied => Self::FailAccessDenied,
            Code::InvalidFileSize => Self::FailInvalidFileSize,
            Code::InvalidFileType => Self::FailInvalidFileType,
            Code::InvalidFileName => Self::FailInvalidFileName,
            Code::InvalidRequest => Self::FailInvalidRequest,
            Code::NotFound => Self::FailNotFound,
            Code::Conflict => Self::FailConflict,
            Code::TotalSizeExceeded => Self::FailTotalSize,
            Code::TotalCountExceeded => Self::FailTotalCount,
            Code::QuotaExceeded => Self::FailQuota,
            Code::Throttled => Self::FailThrottled,
            Code::ServiceError => Self::FailService,
            Code::BackendUnreachable => Self::FailBackend,
            Code::UnexpectedAnswer => Self::FailUnexpected,
            Code::UrlExpired => Self::FailUrlExpired,
            Code::SignatureMismatch => Self::FailSignature,
            Code::HeadersNotSigned => Self::FailHeaders,
            Code::StorageDenied => Self::FailStorageDenied,
            Code::StorageRefused => Self::FailStorageRefused,
            Code::StorageError => Self::FailStorage,
            Code::BucketUnreachable => Self::FailBucket,
            Code::NetworkLost => Self::FailNetwork,
            Code::FileUnreadable => Self::FailFileUnreadable,
            Code::Interrupted => Self::FailInterrupted,
            Code::NotReceived => Self::FailNotReceived,
            Code::UploadExpired => Self::FailUploadExpired,
            Code::NotApproved => Self::FailNotApproved,
            Code::DownloadIncomplete => Self::FailDownloadIncomplete,
            Code::DownloadChanged => Self::FailDownloadChanged,
            Code::SaveBlocked => Self::FailSaveBlocked,
        }
    }
}

/// Fills the places of a text. A place nobody fills stays as it is.
#[must_use]
pub fn fill(template: &str, places: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((place, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match places.iter().find(|(name, _)| *name == place) {
            Some((_, value)) => out.push_str(value),
            None => {
                out.push('{');
                out.push_str(place);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A number in digits. Written out here, since the formatting of the standard library would come along
/// with its first use and weighs more than a kilobyte.
#[must_use]
pub fn decimal(mut number: u64) -> String {
    let mut digits = String::new();
    loop {
        let digit = u32::try_from(number % 10).unwrap_or_default();
        digits.insert(0, char::from_digit(digit, 10).unwrap_or_default());
        number /= 10;
        if number == 0 {
            return digits;
        }
    }
}

/// The form of a text for a plural category. A text with several reads `[one]…[other]…`, with the
/// categories of CLDR; `other` stands in for one that is missing.
#[must_use]
pub fn form<'a>(text: &'a str, category: &str) -> &'a str {
    let mut other = text;
    for form in text.split('[').skip(1) {
        if let Some((name, form)) = form.split_once(']') {
            if name == category {
                return form;
            }
            other = form;
        }
    }
    other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_names_with_braces_stay_as_they_are() {
        assert_eq!(fill("{a} of {b}", &[("a", "{b}"), ("b", "2")]), "{b} of 2");
        assert_eq!(fill("{x} {", &[]), "{x} {");
    }

    #[test]
    fn the_form_of_a_plural_is_taken_and_the_last_one_stands_in() {
        let text = "[one]{count} file[other]{count} files";
        assert_eq!(form(text, "one"), "{count} file");
        assert_eq!(form(text, "few"), "{count} files");
        assert_eq!(form("plain", "one"), "plain");
    }

    #[test]
    fn numbers_are_written_in_digits() {
        for number in [0, 7, 10, 4_096, u64::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }

    #[test]
    fn keys_are_unique_and_every_code_has_its_sentence() {
        let mut keys: Vec<_> = Text::ALL.iter().map(|text| text.key()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), Text::ALL.len());
        let mut sentences: Vec<_> = Code::ALL.iter().map(|&code| Text::of_code(code)).collect();
        sentences.sort_unstable();
        sentences.dedup();
        assert_eq!(sentences.len(), Code::ALL.len());
    }
}
