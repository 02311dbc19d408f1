//! A binary built without the feature `aws`.

#[test]
fn aws_mode_names_the_missing_feature() {
    let text = crate::process::refusal("", &["--aws"], &[]);
    assert!(text.contains("built without AWS"), "{text}");
}
