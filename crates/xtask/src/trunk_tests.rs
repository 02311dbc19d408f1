use super::*;
use crate::testing::Folder;

const PAGE: &str = r#"<head>
<link data-trunk rel="rust"
      href="www/Cargo.toml" />
<link data-trunk rel="css" href="www/a.css">
<link rel="stylesheet" href="elsewhere.css"></head>"#;

const CRATE: &str = "[package]\nname = \"connect-attached-files-www\"\n";

fn page(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("index.html", PAGE);
    folder.write("www/Cargo.toml", CRATE);
    folder.write("www/a.css", "");
    folder
}

#[test]
fn a_page_whose_links_all_lead_somewhere_is_fine() {
    assert!(index_html(&page("fine").path).is_ok());
}

#[test]
fn a_link_of_trunk_that_leads_nowhere_is_found() {
    let folder = page("nowhere");
    folder.write("index.html", &PAGE.replace("a.css", "b.css"));
    assert!(index_html(&folder.path).is_err_and(|error| error.to_string().contains("www/b.css")));
}

#[test]
fn a_page_for_another_crate_or_for_none_is_found() {
    let folder = page("crate");
    folder.write("www/Cargo.toml", "[package]\nname = \"other\"\n");
    assert!(index_html(&folder.path).is_err());
    folder.write("index.html", "<p>nothing</p>");
    assert!(index_html(&folder.path).is_err());
}

#[test]
fn proxies_to_other_ports_than_the_demo_serves_are_found() {
    let folder = page("ports");
    let text = |page: u16, backend: u16| {
        format!(
            "[build]\ntarget = \"index.html\"\n\
             [[proxy]]\nrewrite = \"/api/\"\nbackend = \"http://127.0.0.1:{backend}/\"\n\
             [[proxy]]\nbackend = \"http://127.0.0.1:{page}/demo.json\"\n"
        )
    };
    folder.write("Trunk.toml", &text(demo::PAGE, demo::BACKEND));
    assert!(trunk_toml(&folder.path).is_ok());
    folder.write("Trunk.toml", &text(demo::PAGE, demo::BACKEND + 1));
    assert!(trunk_toml(&folder.path).is_err());
    folder.write("Trunk.toml", "[build");
    assert!(trunk_toml(&folder.path).is_err());
}

#[test]
fn ports_are_read_from_addresses_of_this_machine_only() {
    assert_eq!(port("http://127.0.0.1:7070/demo.json"), Some(7070));
    assert_eq!(port("http://127.0.0.1:7071/"), Some(7071));
    assert_eq!(port("https://example.org/"), None);
}
