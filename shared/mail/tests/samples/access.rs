//! Messages about one's own access.

use domain::{Days, Mail, Role, membership::OffboardReason, message::Opens, text::Note};

use super::{at, name};

pub(super) fn access() -> Vec<(&'static str, Mail)> {
    let mut all = vec![
        ("", invitation(true, false)),
        ("bare", invitation(false, false)),
        ("", invitation(false, true)),
        ("lead", invitation(true, true)),
    ];
    let acme = || name("Acme & Sons");
    for (form, role) in [("", Role::Member), ("lead", Role::Lead)] {
        all.push((
            form,
            Mail::Welcome {
                org_name: acme(),
                role,
            },
        ));
    }
    for reminder in [false, true] {
        all.push((
            "",
            Mail::InactivityWarning {
                org_name: acme(),
                quiet_days: Days(90),
                grace_until: at("2026-12-06T09:30:00.5Z"),
                reminder,
            },
        ));
    }
    all.push((
        "",
        Mail::AccessEnding {
            org_name: acme(),
            access_until: at("2026-11-30T23:00:00Z"),
        },
    ));
    for (form, why) in [
        ("", OffboardReason::Inactive),
        ("expired", OffboardReason::Expired),
        ("left", OffboardReason::Left),
        ("not_needed", OffboardReason::NotNeeded),
        ("lead", OffboardReason::Lead),
        ("policy", OffboardReason::Policy),
    ] {
        all.push((
            form,
            Mail::AccessEnded {
                org_name: acme(),
                why,
            },
        ));
    }
    for (form, opens, org_name) in [
        ("", Opens::LeadConsole, Some(acme())),
        ("console", Opens::LeadConsole, None),
        ("requests", Opens::MyRequests, None),
    ] {
        all.push((form, Mail::YourLink { opens, org_name }));
    }
    all
}

pub(crate) fn invitation(full: bool, reminder: bool) -> Mail {
    Mail::Invitation {
        org_name: name("Acme & Sons"),
        inviter: full.then(|| "Lena Lind".to_owned()),
        role: if full && reminder {
            Role::Lead
        } else {
            Role::Member
        },
        note: full.then(|| Note::new("Welcome to the team!\nAsk me anything.").unwrap()),
        expires_at: at("2026-12-06T09:30:00Z"),
        access_until: full.then(|| at("2027-06-30T22:00:00Z")),
        reminder,
    }
}
