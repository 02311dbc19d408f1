//! Pure core of the attached-files widget.
