//! A file's way from Start to Delete, and what the listings show of it.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::support::{Bench, start_body, started};

#[tokio::test]
async fn a_file_goes_up_and_comes_back() {
    let bench = Bench::lifted().await;
    let content = b"what is in the report";
    let start = bench.start("report 1.pdf", content.len()).await;
    assert_eq!(start.all["FileStatus"], "PROCESSING");
    assert_eq!(start.all["CreatedBy"]["AWSIdentityArn"], "arn:aws:iam::123456789012:user/emulator");
    let instance = &bench.info().instance_id;
    assert_eq!(
        start.all["FileArn"],
        format!("arn:aws:connect:us-east-1:123456789012:instance/{instance}/file/{}", start.id)
    );
    assert!(start.url.len() <= 2000);

    bench.put(&start, content).await.ok();
    let completed = bench.complete(&start.id).await.ok();
    assert_eq!(completed.text, "", "Complete answers an empty body");
    assert_eq!(bench.status(&start.id).await, "PROCESSING");
    assert!(bench.get(&start.id).await.json().get("DownloadUrlMetadata").is_none());

    bench.advance(1500).await;
    let got = bench.get(&start.id).await.ok().json();
    assert_eq!(got["FileStatus"], "APPROVED");
    assert_eq!(got["FileName"], "report 1.pdf");
    assert_eq!(got["FileSizeInBytes"], content.len());
    assert_eq!(got["AssociatedResourceArn"], bench.info().case_arn);
    assert_eq!(got["FileUseCaseType"], "ATTACHMENT");
    let url = got["DownloadUrlMetadata"]["Url"].as_str().unwrap();
    let download = bench.download(url).await.ok();
    assert_eq!(download.body, content);
    assert_eq!(download.headers["content-disposition"], "attachment; filename=\"report 1.pdf\"");
    assert_eq!(download.headers["content-type"], "application/pdf");

    let objects = bench.control("GET", "/objects", None).await;
    assert_eq!(objects[0]["size"], content.len());
    assert_eq!(objects[0]["sha256"], hex::encode(Sha256::digest(content)));
    assert_eq!(objects[0]["contentType"], "application/pdf");

    assert_eq!(bench.delete(&start.id).await.ok().text, "");
    bench.get(&start.id).await.expect(404, "ResourceNotFoundException");
    bench.delete(&start.id).await.expect(404, "ResourceNotFoundException");
    bench.download(url).await.expect(404, "NoSuchKey");
    assert_eq!(bench.keys("").await, Vec::<String>::new());
    assert_eq!(bench.listed().await, Vec::<String>::new());
}

/// Reference 2.1: the set seen in chat, Content-Length among them.
#[tokio::test]
async fn headers_to_include_are_those_seen_in_chat() {
    let bench = Bench::lifted().await;
    let start = bench.start("report.pdf", 7).await;
    let names: Vec<&str> = start.headers.iter().map(|(n, _)| n.as_str()).collect();
    assert_eq!(
        names,
        [
            "Content-Disposition",
            "Content-Length",
            "Content-Type",
            "x-amz-acl",
            "x-amz-meta-account_id",
            "x-amz-meta-contact_id",
            "x-amz-meta-initial_contact_id",
            "x-amz-meta-organization_id",
        ]
    );
    assert!(start.headers.contains(&("Content-Length".to_owned(), "7".to_owned())));
    assert!(start.headers.iter().all(|(n, v)| n.len() <= 128 && v.len() <= 256));
}

#[tokio::test]
async fn a_put_after_complete_cannot_change_the_file() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    bench.put(&start, b"good").await.ok();
    bench.complete(&start.id).await.ok();
    bench.put(&start, b"evil").await.ok();
    bench.complete(&start.id).await.ok();
    bench.advance(2000).await;
    let url = bench.download_url(&start.id).await;
    assert_eq!(bench.download(&url).await.body, b"good");
}

#[tokio::test]
async fn a_repeated_put_on_a_live_url_is_safe() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    bench.put(&start, b"once").await.ok();
    bench.put(&start, b"more").await.ok();
    bench.complete(&start.id).await.ok();
    bench.advance(2000).await;
    let url = bench.download_url(&start.id).await;
    assert_eq!(bench.download(&url).await.body, b"more");
}

#[tokio::test]
async fn eicar_is_rejected_and_its_object_removed() {
    let bench = Bench::lifted().await;
    let eicar = [r"X5O!P%@AP[4\PZX54(P^)7CC)7}", "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"];
    let id = bench.upload("invoice.txt", eicar.concat().as_bytes()).await;
    assert_eq!(bench.keys("").await.len(), 1);
    bench.advance(1500).await;
    let got = bench.get(&id).await.ok().json();
    assert_eq!(got["FileStatus"], "REJECTED");
    assert!(got.get("DownloadUrlMetadata").is_none());
    assert_eq!(bench.keys("").await, Vec::<String>::new());
    assert_eq!(bench.keys("?staging=true").await, Vec::<String>::new());
}

#[tokio::test]
async fn names_decide_verdicts_as_configured() {
    let bench = Bench::lifted().await;
    let failed = bench.scanned("scan-fails.txt", b"x").await;
    let rejected = bench.scanned("a virus.txt", b"x").await;
    assert_eq!(bench.status(&failed).await, "FAILED");
    assert_eq!(bench.status(&rejected).await, "REJECTED");
}

#[tokio::test]
async fn a_silent_scanner_never_answers() {
    let bench = Bench::patched(json!({ "scannerSilent": true })).await;
    let id = bench.upload("a.txt", b"x").await;
    bench.advance(3_600_000).await;
    assert_eq!(bench.status(&id).await, "PROCESSING");
    bench.set(json!({ "scannerSilent": false })).await;
    assert_eq!(bench.status(&id).await, "APPROVED");
}

#[tokio::test]
async fn batch_answers_what_it_finds_and_lists_the_rest_as_errors() {
    let bench = Bench::lifted().await;
    let here = bench.scanned("here.txt", b"x").await;
    let elsewhere = bench.start_on(&bench.info().second_case_arn, start_body("there.txt", 1)).await;
    let elsewhere = started(elsewhere.ok().json()).id;
    let found = bench.batch(&[&here, &elsewhere, "unknown"]).await.ok().json();
    assert_eq!(found["Files"].as_array().unwrap().len(), 1);
    let file = &found["Files"][0];
    for member in ["CreationTime", "FileArn", "FileId", "FileName", "FileSizeInBytes", "FileStatus"]
    {
        assert!(!file[member].is_null(), "{member} is required");
    }
    assert!(file.get("DownloadUrlMetadata").is_none());
    let errors: Vec<_> = found["Errors"].as_array().unwrap().iter().collect();
    assert_eq!(errors.len(), 2);
    assert_eq!(errors[0]["FileId"], elsewhere);
    assert_eq!(errors[0]["ErrorCode"], "ResourceNotFoundException");
    assert_eq!(errors[1]["FileId"], "unknown");
}

#[tokio::test]
async fn a_file_is_found_only_under_its_own_resource() {
    let bench = Bench::lifted().await;
    let id = bench.scanned("a.txt", b"x").await;
    let other = bench.path(&bench.info().second_case_arn, &format!("/{id}"));
    for method in ["GET", "POST", "DELETE"] {
        bench.call(method, &other, None).await.expect(404, "ResourceNotFoundException");
    }
    assert_eq!(bench.status(&id).await, "APPROVED");
}

#[tokio::test]
async fn contacts_and_any_case_of_the_domain_take_files() {
    let bench = Bench::lifted().await;
    let prefix = bench.info().case_arn.rsplit_once('/').unwrap().0.to_owned();
    for arn in [bench.info().contact_arn.clone(), format!("{prefix}/another-case")] {
        bench.start_on(&arn, start_body("a.txt", 1)).await.ok();
    }
}

#[tokio::test]
async fn tags_and_the_agent_come_back() {
    let bench = Bench::lifted().await;
    let agent = format!(
        "arn:aws:connect:us-east-1:123456789012:instance/{}/agent/007",
        bench.info().instance_id
    );
    let start = bench
        .start_with(json!({
            "CreatedBy": { "ConnectUserArn": agent },
            "Tags": { "Größe": "klein", "k": "" },
        }))
        .await
        .ok()
        .json();
    assert_eq!(start["CreatedBy"], json!({ "ConnectUserArn": agent }));
    let got = bench.get(start["FileId"].as_str().unwrap()).await.ok().json();
    assert_eq!(got["Tags"], json!({ "Größe": "klein", "k": "" }));
    assert_eq!(got["CreatedBy"], json!({ "ConnectUserArn": agent }));
}

#[tokio::test]
async fn the_case_lists_its_files_in_pages_of_25() {
    let bench = Bench::lifted().await;
    let mut ids = Vec::new();
    for n in 0..51 {
        ids.push(bench.upload(&format!("{n}.txt"), b"x").await);
    }
    let mut seen = Vec::new();
    let mut body = json!({ "filters": [{ "file": {} }], "maxResults": 25 });
    for expected in [25, 25, 1] {
        let page = bench.search(body.clone()).await.ok().json();
        let items = page["relatedItems"].as_array().unwrap().clone();
        assert_eq!(items.len(), expected);
        for item in items {
            assert_eq!(item["type"], "File");
            assert!(item["relatedItemId"].is_string() && item["associationTime"].is_string());
            let arn = item["content"]["file"]["fileArn"].as_str().unwrap();
            seen.push(arn.rsplit('/').next().unwrap().to_owned());
        }
        match page.get("nextToken") {
            Some(token) => body["nextToken"] = token.clone(),
            None => assert_eq!(expected, 1, "only the last page has no token"),
        }
    }
    assert_eq!(seen, ids);
}

#[tokio::test]
async fn filters_choose_among_related_items() {
    let bench = Bench::lifted().await;
    let first = bench.upload("1.txt", b"x").await;
    bench.upload("2.txt", b"x").await;
    let arn = bench.get(&first).await.json()["FileArn"].clone();
    for (filters, count) in [
        (json!([]), 2),
        (json!([{ "file": {} }]), 2),
        (json!([{ "file": { "fileArn": arn } }]), 1),
        (json!([{ "comment": {} }]), 0),
        (json!([{ "comment": {} }, { "file": {} }]), 2),
    ] {
        let found = bench.search(json!({ "filters": filters })).await.ok().json();
        assert_eq!(found["relatedItems"].as_array().unwrap().len(), count, "{filters}");
    }
    let arn = bench.info().case_arn.replace(':', "%3A").replace('/', "%2F");
    let by_arn = bench.search_in(&bench.info().domain_id, &arn, json!({})).await.ok().json();
    assert_eq!(by_arn["relatedItems"].as_array().unwrap().len(), 2, "an ARN is a case id too");
}

#[tokio::test]
async fn describe_shows_the_limits_of_a_scope() {
    let bench = Bench::patched(json!({
        "perScope": { "EMAIL": { "maximumSizeLimitInBytes": 1000, "allowedExtensions": ["pdf"] } }
    }))
    .await;
    let case = bench.describe("CASE").await.ok().json();
    let case = &case["AttachedFilesConfiguration"];
    assert_eq!(case["MaximumSizeLimitInBytes"], 20 * 1024 * 1024);
    assert_eq!(case["AttachmentScope"], "CASE");
    let extensions = case["ExtensionConfiguration"]["AllowedExtensions"].as_array().unwrap();
    assert_eq!(extensions.len(), 18);
    let email = bench.describe("EMAIL").await.ok().json();
    assert_eq!(
        email["AttachedFilesConfiguration"]["ExtensionConfiguration"]["AllowedExtensions"],
        json!([{ "Extension": "pdf" }])
    );
    let contact = &bench.info().contact_arn;
    let too_big = bench.start_on(contact, start_body("a.pdf", 1001)).await;
    assert_eq!(too_big.expect(400, "InvalidRequestException").reason(), "INVALID_FILE_SIZE");
    let txt = bench.start_on(contact, start_body("a.txt", 1)).await;
    assert_eq!(txt.expect(400, "InvalidRequestException").reason(), "INVALID_FILE_TYPE");
}

#[tokio::test]
async fn the_disposition_of_a_download_is_the_callers_choice() {
    let bench = Bench::lifted().await;
    let id = bench.scanned("Grüße \"1\".txt", b"x").await;
    let path = bench.path(&bench.info().case_arn, &format!("/{id}"));
    for (wanted, expected) in [("INLINE", "inline"), ("ATTACHMENT", "attachment")] {
        let got = bench.call("GET", &format!("{path}&urlContentDisposition={wanted}"), None).await;
        let got = got.ok().json();
        let download =
            bench.download(got["DownloadUrlMetadata"]["Url"].as_str().unwrap()).await.ok();
        assert_eq!(
            download.headers["content-disposition"],
            format!(
                "{expected}; filename=\"Gr__e \\\"1\\\".txt\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%22.txt"
            )
        );
    }
}

#[tokio::test]
async fn the_longest_names_still_fit_header_and_url() {
    let bench = Bench::lifted().await;
    let name = format!("{}.txt", "漢".repeat(252));
    let id = bench.scanned(&name, b"x").await;
    let url = bench.download_url(&id).await;
    assert!(url.len() <= 2000);
    let download = bench.download(&url).await.ok();
    assert_eq!(download.headers["content-disposition"], "attachment");
}
