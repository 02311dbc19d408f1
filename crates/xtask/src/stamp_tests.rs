#![allow(clippy::unwrap_used, reason = "tests may panic")]

use super::*;
use crate::testing::Folder;

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
    let file = folder.path.join("input");
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
    let (stamp_file, output) = (folder.path.join("deep/stamp"), folder.path.join("output"));
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
    let (stamp_file, output) = (folder.path.join("stamp"), folder.path.join("output"));
    write(&stamp_file, "s1").unwrap();
    assert!(!fresh(&stamp_file, "s1", std::slice::from_ref(&output)));
}

#[test]
fn files_of_folders_within_folders_are_found_in_order() {
    let folder = Folder::new("walk");
    fs::create_dir_all(folder.path.join("b/c")).unwrap();
    for name in ["b/c/2", "a", "b/1"] {
        fs::write(folder.path.join(name), "").unwrap();
    }
    let expected: Vec<_> = ["a", "b/1", "b/c/2"].map(|name| folder.path.join(name)).into();
    assert_eq!(files_below(&folder.path), expected);
    assert!(files_below(&folder.path.join("missing")).is_empty());
}
