//! Two calls a second, five at once, per operation, on the driven clock (reference 1.1 and 3).

use serde_json::json;

use attached_files_emulator::Config;

use crate::support::Bench;

/// Strict as the service; the refill is so slow that real time cannot blur the counts.
async fn bench() -> Bench {
    let bench = Bench::with(Config::default()).await;
    bench.set(json!({ "ratePerSecond": 0.001 })).await;
    bench
}

#[tokio::test]
async fn five_calls_at_once_and_no_more() {
    let bench = bench().await;
    for _ in 0..5 {
        bench.batch(&["f"]).await.ok();
    }
    bench.batch(&["f"]).await.expect(429, "ThrottlingException");
    bench.get("f").await.expect(404, "ResourceNotFoundException");
}

#[tokio::test]
async fn time_brings_calls_back() {
    let bench = bench().await;
    for _ in 0..5 {
        bench.batch(&["f"]).await.ok();
    }
    bench.advance(2_000_000).await;
    bench.batch(&["f"]).await.ok();
    bench.batch(&["f"]).await.ok();
    bench.batch(&["f"]).await.expect(429, "ThrottlingException");
}

#[tokio::test]
async fn the_case_search_has_a_burst_of_ten() {
    let bench = bench().await;
    for _ in 0..10 {
        bench.search(json!({})).await.ok();
    }
    bench.search(json!({})).await.expect(429, "ThrottlingException");
}

#[tokio::test]
async fn the_default_is_two_a_second() {
    let settings = attached_files_emulator::Settings::default();
    assert_eq!((settings.rate_per_second, settings.burst), (2.0, 5.0));
    assert!(settings.rate_limited);
    assert_eq!(settings.max_files_per_resource, Some(50));
}
