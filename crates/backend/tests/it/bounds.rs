//! Time and number are bounded: nothing waits for ever, nobody can fill the gateway.

use std::io;

use attached_files_backend::endpoint::Endpoint;
use axum::body::{Body, Bytes};
use futures_util::{poll, stream};
use http::{Method, StatusCode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::process::until;
use crate::support::{Bench, SECRET, files};

/// A body whose bytes never come.
fn never() -> Body {
    Body::from_stream(stream::pending::<io::Result<Bytes>>())
}

// With paused time the runtime moves the clock by itself once nothing else is left to do.
#[tokio::test(start_paused = true)]
async fn a_body_that_never_comes_is_not_waited_for() {
    let bench = Bench::without_services();
    let answer = bench.call(Method::PUT, &files(""), never()).await;
    answer.is_error(408, "InvalidRequestException", "Message");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_refused() {
    let bench = Bench::new().await;
    let broken = Body::from_stream(stream::iter([
        Ok(Bytes::from_static(b"{\"FileName\":")),
        Err(io::Error::from(io::ErrorKind::ConnectionReset)),
    ]));
    let answer = bench.call(Method::PUT, &files(""), broken).await;
    answer.is_error(400, "InvalidRequestException", "Message");
    bench.nothing_arrived();
}

#[tokio::test]
async fn a_service_that_never_answers_is_a_502() {
    let bench = Bench::new().await;
    let _held = bench.connect.will_hold();
    let target = files("/f1");
    let call = bench.call(Method::GET, &target, "");
    let pause = async {
        until("the request arrives", async || !bench.connect.seen().is_empty()).await;
        tokio::time::pause();
    };
    let (answer, ()) = tokio::join!(call, pause);
    answer.is_error(502, "InternalServiceException", "Message");
    assert_eq!(answer.json()["Message"], "The service did not answer.");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_a_502_and_not_half_an_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = Endpoint::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 1024];
        assert_ne!(stream.read(&mut request).await.unwrap(), 0);
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"FileId\":")
            .await
            .unwrap();
    });
    let answer = Bench::before(endpoint).call(Method::GET, &files("/f1"), "").await;
    answer.is_error(502, "InternalServiceException", "Message");
}

#[tokio::test]
async fn more_requests_than_the_gateway_takes_are_turned_away_until_others_end() {
    let bench = Bench::new().await;
    let target = files("");
    let mut waiting: Vec<_> =
        (0..256).map(|_| Box::pin(bench.call(Method::PUT, &target, never()))).collect();
    for call in &mut waiting {
        assert!(poll!(call).is_pending());
    }
    let answer = bench.call(Method::GET, &files("/f1"), "").await;
    answer.is_error(429, "ThrottlingException", "Message");
    assert_eq!(answer.header("retry-after"), Some("1"));

    // A page that goes away makes room.
    waiting.pop();
    assert_eq!(bench.call(Method::GET, &files("/f1"), "").await.status, StatusCode::OK);
}

/// Sends a request and reads the answer, all on one connection.
async fn exchange(stream: &mut TcpStream, head: &str, body: &[u8]) -> String {
    stream
        .write_all(
            format!("{head}\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n", body.len())
                .as_bytes(),
        )
        .await
        .unwrap();
    stream.write_all(body).await.unwrap();
    let mut answer = Vec::new();
    // Every body of these answers ends with the only brace that is closed.
    while !answer.ends_with(b"}") {
        assert_ne!(stream.read_buf(&mut answer).await.unwrap(), 0, "closed after {answer:?}");
    }
    String::from_utf8(answer).unwrap()
}

// Seen with the JavaScript SDK: the request after a 413 went down with EPIPE.
#[tokio::test]
async fn the_connection_survives_a_body_that_was_refused_unread() {
    let mut stream = TcpStream::connect(Bench::new().await.listen().await).await.unwrap();
    let put = format!("PUT {} HTTP/1.1", files(""));
    let known = format!("{put}\r\nauthorization: Bearer {SECRET}");
    for (head, length, status) in
        [(&known, 70_000, "413"), (&put, 60_000, "401"), (&known, 100_000, "413")]
    {
        let answer = exchange(&mut stream, head, &vec![b'x'; length]).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
        assert!(!answer.contains("connection: close"), "{answer}");
    }
    // Too much to swallow: the client is told that the connection ends.
    let huge = format!("{known}\r\nhost: localhost\r\ncontent-length: 1000000\r\n\r\n");
    stream.write_all(huge.as_bytes()).await.unwrap();
    stream.write_all(&[b'x'; 70_000]).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("connection: close"), "{answer}");
}
