//! Requests that no proper client sends.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request written by hand, for what no proper client sends: head without its body and blank line.
pub async fn raw_open(url: &str, method: &str, headers: &[(String, String)]) -> TcpStream {
    let url: http::Uri = url.parse().unwrap();
    let host = url.authority().unwrap().as_str();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let mut head =
        format!("{method} {} HTTP/1.1\r\nHost: {host}\r\n", url.path_and_query().unwrap());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

/// Status, and everything after the head of an answer; reads to the end of the connection.
pub async fn raw_answer(mut stream: TcpStream) -> (u16, String) {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text.split_whitespace().nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    (status, body.to_owned())
}
