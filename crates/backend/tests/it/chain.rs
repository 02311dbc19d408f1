//! Every source of the standard credential chain, each alone, its endpoints played on loopback.
//! Several threads, since waiting for the process blocks one while it asks those endpoints.

use axum::response::Response;
use serde_json::json;

use crate::process::Process;
use crate::support::{DOMAIN, INSTANCE, SECRET, Service, files};

/// Starts with `environment`, makes one call, and says which access key and session token signed it.
async fn signed_with(environment: &[(&str, &str)]) -> (String, Option<String>) {
    let (connect, cases) = (Service::default(), Service::default());
    let config = format!(
        "[aws]\nregion = 'us-east-1'\naccount = '123456789012'\nconnect_endpoint = '{}'\ncases_endpoint = '{}'\n\
         [auth]\nkind = 'bearer'\ntoken_env = 'TOKEN'\n\
         [policy]\ninstances = ['{INSTANCE}']\n\
         resources = ['arn:aws:cases:us-east-1:123456789012:domain/{DOMAIN}/case/*']\n",
        connect.start().await,
        cases.start().await
    );
    let environment: Vec<_> = environment.iter().copied().chain([("TOKEN", SECRET)]).collect();
    let process = Process::start(&config, &["--aws"], &environment);
    let url = format!("{}{}", process.endpoint(), files("/f1"));
    let answer = reqwest::Client::new().get(url).bearer_auth(SECRET).send().await.unwrap();
    let status = answer.status();
    assert_eq!(status, 200, "{}", answer.text().await.unwrap());
    let headers = connect.only().headers;
    let (_, credential) =
        headers["authorization"].to_str().unwrap().split_once("Credential=").unwrap();
    let token = headers.get("x-amz-security-token").map(|token| token.to_str().unwrap().to_owned());
    (credential.split('/').next().unwrap().to_owned(), token)
}

/// Credentials as the container and instance services word them.
fn role_credentials(key: &str) -> Response {
    let body = json!({
        "Code": "Success", "Type": "AWS-HMAC", "LastUpdated": "2026-01-01T00:00:00Z",
        "AccessKeyId": key, "SecretAccessKey": "s", "Token": "t", "Expiration": "2126-01-01T00:00:00Z"
    });
    Response::builder()
        .header("content-type", "application/json")
        .body(body.to_string().into())
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_and_a_process_named_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (config, credentials) = (path("config"), path("credentials"));
    let told = r#"{"Version":1,"AccessKeyId":"AKIDPROCESS","SecretAccessKey":"s"}"#;
    std::fs::write(path("told.json"), told).unwrap();
    std::fs::write(
        &config,
        format!("[profile tool]\ncredential_process = /bin/cat {}\n", path("told.json")),
    )
    .unwrap();
    std::fs::write(
        &credentials,
        "[desk]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = s\n",
    )
    .unwrap();
    let files = [
        ("AWS_CONFIG_FILE", config.as_str()),
        ("AWS_SHARED_CREDENTIALS_FILE", credentials.as_str()),
    ];

    let [config, credentials] = files;
    let desk = signed_with(&[config, credentials, ("AWS_PROFILE", "desk")]).await;
    assert_eq!(desk, ("AKIDPROFILE".to_owned(), None));
    let tool = signed_with(&[config, credentials, ("AWS_PROFILE", "tool")]).await;
    assert_eq!(tool, ("AKIDPROCESS".to_owned(), None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_web_identity_token_is_changed_for_a_roles_credentials() {
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, "web-identity-token").unwrap();
    let sts = Service::default();
    let endpoint = sts.start().await.to_string();
    let answer = "<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
        <AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>AKIDWEB</AccessKeyId>\
        <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>\
        <Expiration>2126-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult>\
        </AssumeRoleWithWebIdentityResponse>";
    sts.will_answer(
        Response::builder().header("content-type", "text/xml").body(answer.into()).unwrap(),
    );
    let signed = signed_with(&[
        ("AWS_WEB_IDENTITY_TOKEN_FILE", token.to_str().unwrap()),
        ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/gateway"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ENDPOINT_URL_STS", &endpoint),
    ])
    .await;
    assert_eq!(signed, ("AKIDWEB".to_owned(), Some("t".to_owned())));
    assert!(
        String::from_utf8_lossy(&sts.only().body).contains("WebIdentityToken=web-identity-token")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_role_of_a_container() {
    let agent = Service::default();
    let endpoint = agent.start().await;
    agent.will_answer(role_credentials("AKIDCONTAINER"));
    let signed = signed_with(&[
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &format!("{endpoint}/v1/credentials")),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "agent-token"),
    ])
    .await;
    assert_eq!(signed, ("AKIDCONTAINER".to_owned(), Some("t".to_owned())));
    let asked = agent.only();
    assert_eq!(
        (asked.target.as_str(), &asked.headers["authorization"]),
        ("/v1/credentials", &"agent-token".parse().unwrap())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_role_of_an_instance() {
    let metadata = Service::default();
    let endpoint = metadata.start().await.to_string();
    let text = |body: &'static str| {
        let session = ("x-aws-ec2-metadata-token-ttl-seconds", "21600");
        Response::builder().header(session.0, session.1).body(body.into()).unwrap()
    };
    metadata.will_answer(text("session"));
    metadata.will_answer(text("the-role"));
    metadata.will_answer(role_credentials("AKIDINSTANCE"));
    let signed = signed_with(&[
        ("AWS_EC2_METADATA_DISABLED", "false"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", &endpoint),
        ("AWS_REGION", "us-east-1"),
    ])
    .await;
    let asked: Vec<String> = metadata.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(signed, ("AKIDINSTANCE".to_owned(), Some("t".to_owned())), "{asked:?}");
}
