//! Small JSON files in the data directory, replaced as a whole.

use std::io::{ErrorKind, Result};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads a JSON file; `None` if there is none yet.
///
/// # Errors
///
/// If the file exists and cannot be read or decoded.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Result<Option<T>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a JSON file beside its place and moves it there, so that a killed process leaves the old
/// file or the new one, never half of one.
///
/// # Errors
///
/// If the directory cannot be written.
pub fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<()> {
    let beside = path.with_extension("new");
    std::fs::write(&beside, serde_json::to_vec(value)?)?;
    std::fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::*;

    #[test]
    fn what_was_written_is_read_and_what_was_not_is_none() {
        let data = tempfile::tempdir().unwrap();
        let path = data.path().join("a.json");
        assert_eq!(read_json::<Vec<u8>>(&path).unwrap(), None);
        write_json(&path, &[1, 2]).unwrap();
        write_json(&path, &[3]).unwrap();
        assert_eq!(read_json::<Vec<u8>>(&path).unwrap(), Some(vec![3]));
    }

    #[test]
    fn a_spoiled_file_is_an_error_not_an_empty_one() {
        let data = tempfile::tempdir().unwrap();
        let path = data.path().join("a.json");
        std::fs::write(&path, "{").unwrap();
        assert!(read_json::<Vec<u8>>(&path).is_err());
    }
}
