#![allow(clippy::unwrap_used, reason = "tests may panic")]

use super::*;

/// A folder of its own per test, removed when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("xtask-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn equal_inputs_in_another_order_are_fresh() {
    let one = Inputs::default().value("a", "1").value("b", "2").stamp();
    let two = Inputs::default().value("b", "2").value("a", "1").stamp();
    assert_eq!(one, two);
}

#[test]
fn content_moved_from_one_name_to_the_other_is_a_change() {
    let one = Inputs::default().value("a", "1").value("b", "2").stamp();
    let two = Inputs::default().value("a", "2").value("b", "1").stamp();
    assert_ne!(one, two);
}

#[test]
fn a_changed_a_removed_and_an_empty_file_all_differ() {
    let folder = Folder::new("content");
    let file = folder.0.join("input");
    let stamp = || Inputs::default().file(&file).stamp();
    let missing = stamp();
    fs::write(&file, "").unwrap();
    let empty = stamp();
    fs::write(&file, "x").unwrap();
    let filled = stamp();
    assert_ne!(missing, empty);
    assert_ne!(empty, filled);
    fs::remove_file(&file).unwrap();
    assert_eq!(stamp(), missing);
}

#[test]
fn an_interrupted_step_is_not_fresh() {
    let folder = Folder::new("interrupted");
    let (stamp_file, output) = (folder.0.join("deep/stamp"), folder.0.join("output"));
    fs::write(&output, "made").unwrap();
    clear(&stamp_file).unwrap();
    write(&stamp_file, "s1").unwrap();
    assert!(fresh(&stamp_file, "s1", std::slice::from_ref(&output)));
    assert!(!fresh(&stamp_file, "s2", std::slice::from_ref(&output)));
    clear(&stamp_file).unwrap();
    assert!(!fresh(&stamp_file, "s1", std::slice::from_ref(&output)));
    clear(&stamp_file).unwrap();
}

#[test]
fn a_deleted_output_is_made_again() {
    let folder = Folder::new("deleted");
    let (stamp_file, output) = (folder.0.join("stamp"), folder.0.join("output"));
    write(&stamp_file, "s1").unwrap();
    assert!(!fresh(&stamp_file, "s1", std::slice::from_ref(&output)));
}

#[test]
fn files_of_folders_within_folders_are_found_in_order() {
    let folder = Folder::new("walk");
    fs::create_dir_all(folder.0.join("b/c")).unwrap();
    for name in ["b/c/2", "a", "b/1"] {
        fs::write(folder.0.join(name), "").unwrap();
    }
    let expected: Vec<_> = ["a", "b/1", "b/c/2"].map(|name| folder.0.join(name)).into();
    assert_eq!(files_below(&folder.0), expected);
    assert!(files_below(&folder.0.join("missing")).is_empty());
}
