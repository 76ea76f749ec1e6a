//! Properties: no changed bit and no made-up header ever verifies.

use proptest::prelude::*;

use super::*;

/// The headers of which every bit is signed, or is the signature.
fn covered(scheme: &Scheme, headers: &HeaderMap) -> Vec<HeaderName> {
    headers
        .keys()
        .filter(|name| {
            // A hub signature's sender does not sign its id.
            !matches!(scheme, Scheme::HubSignature { .. }) || name.as_str() == scheme.header()
        })
        .cloned()
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn one_flipped_bit_anywhere_never_verifies(
        which in 0..8usize,
        body in proptest::collection::vec(any::<u8>(), 1..200),
        seed in any::<u8>(),
        place in any::<prop::sample::Index>(),
        bit in 0..8u8,
    ) {
        let scheme = &every_scheme()[which];
        let headers = signed(scheme, seed, NOW, &body);
        prop_assert!(check(scheme, &headers, &body, &[seed]).is_ok());

        // A token proves the sender, not the content.
        if !matches!(scheme, Scheme::SharedToken { .. }) {
            let mut altered = body.clone();
            altered[place.index(body.len())] ^= 1 << bit;
            prop_assert_eq!(
                check(scheme, &headers, &altered, &[seed]),
                Err(VerifyError::Mismatch)
            );
        }
        for name in covered(scheme, &headers) {
            let mut value = headers[&name].as_bytes().to_vec();
            let at = place.index(value.len());
            value[at] ^= 1 << bit;
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                let mut altered = headers.clone();
                altered.insert(name, value);
                prop_assert!(check(scheme, &altered, &body, &[seed]).is_err());
            }
        }
    }

    #[test]
    fn arbitrary_headers_never_panic_and_never_verify(
        which in 0..8usize,
        values in proptest::collection::vec("[ -~]{0,120}|(v1|t|sha256)[=,][0-9a-f]{64}", 1..4),
        body in proptest::collection::vec(any::<u8>(), 0..64),
    ) {
        let scheme = &every_scheme()[which];
        let names: Vec<_> = signed(scheme, 1, NOW, &body).keys().cloned().collect();
        let mut headers = HeaderMap::new();
        for (name, value) in names.into_iter().zip(values) {
            headers.append(name, HeaderValue::from_str(&value).unwrap());
        }
        prop_assert!(check(scheme, &headers, &body, &[1]).is_err());
    }
}
