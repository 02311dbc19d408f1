//! The link between the client and both listeners, cut and restored.

use serde_json::json;
use tokio::io::AsyncReadExt;

use crate::support::{Bench, raw_open, s3_answer};

async fn link(bench: &Bench, up: bool) {
    bench.control("POST", "/link", Some(json!({ "up": up }))).await;
}

#[tokio::test]
async fn a_cut_link_resets_what_runs_and_refuses_what_comes() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    let mut running = raw_open(&start.url, "PUT", &start.headers).await;
    bench.arrived("PutObject", 1).await;
    link(&bench, false).await;
    let end = running.read_to_end(&mut Vec::new()).await;
    assert_eq!(end.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);

    assert!(s3_answer(bench.put_request(&start, b"good")).await.is_err());
    let path = bench.path(&bench.info().case_arn, "/f");
    assert!(bench.try_call("connect", "GET", &path, None).await.is_err());
    assert_eq!(bench.state().await["calls"]["PutObject"], 1, "nothing arrives while it is down");

    link(&bench, true).await;
    bench.put(&start, b"good").await.ok();
    bench.complete(&start.id).await.ok();
}

#[tokio::test]
async fn dropping_the_emulator_stops_its_listeners() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    let mut running = raw_open(&start.url, "PUT", &start.headers).await;
    bench.arrived("PutObject", 1).await;
    let urls =
        [bench.info().connect.clone(), bench.info().s3.clone(), bench.info().control.clone()];
    let http = bench.http.clone();
    drop(bench.emulator);
    let mut rest = Vec::new();
    // An end or a reset, as long as the connection does not linger.
    let _ = running.read_to_end(&mut rest).await;
    assert_eq!(rest, b"");
    for url in urls {
        while http.get(&url).send().await.is_ok() {
            tokio::task::yield_now().await;
        }
    }
}
