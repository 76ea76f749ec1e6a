//! TLS with `ring` over given root certificates.

use std::sync::Arc;

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

/// The reason why there is no TLS.
#[derive(Debug, thiserror::Error)]
#[error("no usable root certificates")]
pub struct TlsError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// TLS that trusts these roots.
///
/// # Errors
/// If the library lacks a protocol version that it asks for.
pub fn over(roots: RootCertStore) -> Result<Arc<ClientConfig>, TlsError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| TlsError(error.into()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// The certificates of a PEM file.
///
/// # Errors
/// If it holds none, or one that cannot be read.
pub fn from_pem(pem: &[u8]) -> Result<RootCertStore, TlsError> {
    let mut store = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|error| TlsError(error.into()))?;
        let added = store.add(certificate);
        added.map_err(|error| TlsError(error.into()))?;
    }
    if store.is_empty() {
        return Err(TlsError("no certificate in it".into()));
    }
    Ok(store)
}
