//! The content of a token in bytes: numbers big-endian, texts with their length before them.

use domain::{EmailAddress, RequestRef, RunId, Timestamp, link::Purpose, link::Scope};

use crate::{Nonce, purpose::purpose_number};

/// Builds a token's content.
#[derive(Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    pub(crate) fn u32(&mut self, number: u32) {
        self.0.extend_from_slice(&number.to_be_bytes());
    }

    /// An instant in whole seconds; a fraction is dropped.
    pub(crate) fn seconds(&mut self, instant: Timestamp) {
        let floor = instant.as_nanosecond().div_euclid(1_000_000_000);
        let floor = i64::try_from(floor).expect("a timestamp's seconds fit in 64 bits");
        self.0.extend_from_slice(&floor.to_be_bytes());
    }

    pub(crate) fn nonce(&mut self, nonce: Nonce) {
        self.0.extend_from_slice(nonce.as_bytes());
    }

    pub(crate) fn text(&mut self, text: &str) {
        let length = u8::try_from(text.len()).expect("addresses and ids have at most 254 bytes");
        self.0.push(length);
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(crate) fn purpose(&mut self, purpose: Purpose) {
        self.byte(purpose_number(purpose));
    }

    fn request(&mut self, request: &RequestRef) {
        self.text(request.desk.as_str());
        self.text(request.key.as_str());
    }

    pub(crate) fn scope(&mut self, scope: &Scope) {
        match scope {
            Scope::Own => self.byte(0),
            Scope::Organization { org } => {
                self.byte(1);
                self.text(org.as_str());
            }
            Scope::Request { request } => {
                self.byte(2);
                self.request(request);
            }
            Scope::Approval { request, approval } => {
                self.byte(3);
                self.request(request);
                self.text(approval.as_str());
            }
            Scope::Invitee { org, email } => {
                self.byte(4);
                self.text(org.as_str());
                self.text(email.as_str());
            }
            Scope::Run { run } => {
                self.byte(5);
                // The name of a run is an instant to the nanosecond.
                self.0
                    .extend_from_slice(&run.0.as_nanosecond().to_be_bytes());
            }
            Scope::Draft { draft } => {
                self.byte(6);
                self.text(draft.as_str());
            }
            Scope::Form {
                desk,
                request_type,
                once,
            } => {
                self.byte(7);
                self.text(desk.as_str());
                self.text(request_type.as_str());
                self.byte(u8::from(*once));
            }
        }
    }
}

/// Reads a token's content. Every step gives a value or nothing, for any bytes.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Tells whether everything was read. A token has no room for more.
    pub(crate) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }

    pub(crate) fn seconds(&mut self) -> Option<Timestamp> {
        Timestamp::from_second(i64::from_be_bytes(self.array()?)).ok()
    }

    pub(crate) fn nonce(&mut self) -> Option<Nonce> {
        self.array().map(Nonce::from_bytes)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.byte()?;
        std::str::from_utf8(self.take(usize::from(length))?).ok()
    }

    fn parsed<T: std::str::FromStr>(&mut self) -> Option<T> {
        self.text()?.parse().ok()
    }

    pub(crate) fn email(&mut self) -> Option<EmailAddress> {
        self.parsed()
    }

    pub(crate) fn purpose(&mut self) -> Option<Purpose> {
        Some(match self.byte()? {
            1 => Purpose::AcceptInvitation,
            2 => Purpose::LeadConsole,
            3 => Purpose::Requester,
            4 => Purpose::Approve,
            5 => Purpose::KeepAccess,
            6 => Purpose::Review,
            7 => Purpose::Unsubscribe,
            8 => Purpose::DecideInvitation,
            9 => Purpose::ReleaseSweep,
            10 => Purpose::ConfirmRequest,
            11 => Purpose::NewRequest,
            _ => return None,
        })
    }

    fn request(&mut self) -> Option<RequestRef> {
        Some(RequestRef {
            desk: self.parsed()?,
            // Accepts keys that only an older version accepted, too.
            key: self.text()?.to_owned().try_into().ok()?,
        })
    }

    pub(crate) fn scope(&mut self) -> Option<Scope> {
        Some(match self.byte()? {
            0 => Scope::Own,
            1 => Scope::Organization {
                org: self.parsed()?,
            },
            2 => Scope::Request {
                request: self.request()?,
            },
            3 => Scope::Approval {
                request: self.request()?,
                approval: self.parsed()?,
            },
            4 => Scope::Invitee {
                org: self.parsed()?,
                email: self.parsed()?,
            },
            5 => Scope::Run {
                run: RunId(Timestamp::from_nanosecond(i128::from_be_bytes(self.array()?)).ok()?),
            },
            6 => Scope::Draft {
                draft: self.parsed()?,
            },
            7 => Scope::Form {
                desk: self.parsed()?,
                request_type: self.parsed()?,
                once: match self.byte()? {
                    0 => false,
                    1 => true,
                    _ => return None,
                },
            },
            _ => return None,
        })
    }
}
