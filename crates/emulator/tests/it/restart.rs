//! What `--data` keeps.

use attached_files_emulator::{Config, Settings};
use serde_json::json;

use crate::support::Bench;

async fn on(folder: &std::path::Path) -> Bench {
    Bench::with(Config {
        data: Some(folder.to_owned()),
        settings: Settings::lifted(),
        ..Config::default()
    })
    .await
}

#[tokio::test]
async fn files_and_objects_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let first = on(folder.path()).await;
    let approved = first.scanned("approved.txt", b"kept").await;
    let deleted = first.scanned("deleted.txt", b"gone").await;
    first.delete(&deleted).await.ok();
    let scanning = first.upload("scanning.txt", b"later").await;
    let pending = first.start("pending.txt", 4).await;
    first.put(&pending, b"four").await.ok();
    let info = first.info().clone();
    drop(first);

    let second = on(folder.path()).await;
    assert_eq!(second.info().case_arn, info.case_arn);
    assert_eq!(second.info().access_key_id, info.access_key_id);
    let url = second.download_url(&approved).await;
    let download = second.download(&url).await.ok();
    assert_eq!(download.body, b"kept");
    assert_eq!(download.headers["content-type"], "text/plain");
    second.get(&deleted).await.expect(404, "ResourceNotFoundException");
    second.complete(&pending.id).await.ok();
    second.advance(10_000).await;
    for id in [&scanning, &pending.id] {
        assert_eq!(second.status(id).await, "APPROVED");
    }
    assert_eq!(second.listed().await, [approved, scanning, pending.id.clone()]);
    let next = second.start("next.txt", 1).await;
    let files = second.state().await["files"].as_array().unwrap().clone();
    assert_eq!(files.last().unwrap()["fileId"], next.id, "new files come after the old ones");
}

#[tokio::test]
async fn without_a_folder_nothing_is_kept() {
    let first = Bench::lifted().await;
    first.upload("a.txt", b"x").await;
    drop(first);
    let second = Bench::lifted().await;
    assert_eq!(second.state().await["files"], json!([]));
}

#[tokio::test]
async fn a_reset_empties_the_folder_too() {
    let folder = tempfile::tempdir().unwrap();
    let first = on(folder.path()).await;
    first.upload("a.txt", b"x").await;
    first.control("POST", "/reset", None).await;
    let again = first.upload("b.txt", b"y").await;
    drop(first);
    let second = on(folder.path()).await;
    assert_eq!(second.listed().await, [again]);
    assert_eq!(second.keys("").await.len(), 1);
}
