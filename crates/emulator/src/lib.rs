//! Stand-in for Amazon Connect and S3.
