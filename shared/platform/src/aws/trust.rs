//! The trusted root certificates.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};

use super::ClientError;
use crate::config::Roots;

/// The five roots of Amazon Trust Services, under which the endpoints of AWS are certified. All five,
/// as Amazon asks of whoever brings a trust store along ("Trust store and pinning recommendations" in
/// the repository of Amazon Trust Services).
///
/// Reading the hundred and forty of a system takes longer than all the rest of a function's start.
const AMAZON: &[u8] = include_bytes!("amazon-trust-services.pem");

/// The trusted roots in the TLS library's form.
pub(super) fn tls(roots: &Roots) -> Result<Arc<ClientConfig>, ClientError> {
    let pem = |pem| connections::from_pem(pem).map_err(ClientError::Tls);
    let roots = match roots {
        Roots::Named(path) => pem(&std::fs::read(path).map_err(ClientError::Roots)?)?,
        Roots::Amazon => pem(AMAZON)?,
        Roots::System => system(),
    };
    connections::over(roots).map_err(ClientError::Tls)
}

/// The system's roots. One that cannot be read is left out, as everybody does who reads them.
fn system() -> RootCertStore {
    let mut store = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    store.add_parsable_certificates(found.certs);
    store
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::collections::BTreeSet;

    use base64::{Engine, engine::general_purpose::STANDARD};
    use sha2::{Digest, Sha256};

    use super::*;

    /// SHA-256 of each root, as the repository of Amazon Trust Services lists them: Amazon Root CA 1
    /// to 4, and Starfield Services Root Certificate Authority - G2.
    const FINGERPRINTS: [&str; 5] = [
        "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e",
        "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4",
        "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4",
        "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092",
        "568d6905a2c88708a4b3025190edcfedb1974a606a13c6e5290fcb2ae63edab5",
    ];

    #[test]
    fn the_roots_that_are_brought_along_are_amazons_five_and_no_others() {
        let text = std::str::from_utf8(AMAZON).unwrap();
        let found: BTreeSet<String> = text
            .split("-----BEGIN CERTIFICATE-----")
            .skip(1)
            .map(|rest| {
                let (body, _) = rest.split_once("-----END CERTIFICATE-----").unwrap();
                let body: String = body.split_whitespace().collect();
                hex::encode(Sha256::digest(STANDARD.decode(body).unwrap()))
            })
            .collect();
        assert_eq!(found, FINGERPRINTS.map(str::to_owned).into());
    }
}
