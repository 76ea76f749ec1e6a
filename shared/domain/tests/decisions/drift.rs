//! The differences between a desk and its service desk: each is found, and none invented.

use std::collections::BTreeSet;

use domain::decide::drift::{
    AccountKind, AccountThere, DeskHere, DeskThere, DriftClass, DriftSubject, Finding, Mend,
    OrganizationHere, OrganizationThere, PersonHere, WayIn, drift,
};
use domain::id::ExternalId;
use domain::{EmailAddress, OrgId};

const ORGANIZATIONS: u64 = 400;
const PEOPLE: u64 = 3_000;

/// Both sides of a desk, which agree until something is changed.
#[derive(Clone)]
struct Sides {
    here: DeskHere,
    there: DeskThere,
}

fn org(number: u64) -> OrgId {
    format!("org-{number}").parse().unwrap()
}

fn account(number: u64) -> ExternalId {
    format!("qm:site:{number}").parse().unwrap()
}

fn email(number: u64) -> EmailAddress {
    let home = number % ORGANIZATIONS;
    format!("p{number}@o{home}.example").parse().unwrap()
}

fn person(number: u64) -> DriftSubject {
    DriftSubject::Person(email(number))
}

/// 3,000 people of 400 organisations; every other one is linked, the others are known by address.
fn alike() -> Sides {
    let mut sides = Sides {
        here: DeskHere::default(),
        there: DeskThere {
            listed: Some(BTreeSet::new()),
            complete: true,
            ..DeskThere::default()
        },
    };
    for number in 0..ORGANIZATIONS {
        let here = OrganizationHere {
            name: format!("Organisation {number}"),
            counterpart: (number % 2 == 0).then_some(number),
            domains: BTreeSet::from([format!("o{number}.example")]),
        };
        let there = OrganizationThere {
            name: format!("organisation {number} "),
            ..OrganizationThere::default()
        };
        sides.here.organizations.insert(org(number), here);
        sides.there.organizations.insert(number, there);
    }
    for number in 0..PEOPLE {
        let home = number % ORGANIZATIONS;
        let here = PersonHere {
            access: BTreeSet::from([org(home)]),
            account: (number % 2 == 0).then(|| account(number)),
            ..PersonHere::default()
        };
        sides.here.people.insert(email(number), here);
        let there = AccountThere {
            email: Some(email(number)),
            kind: AccountKind::PortalOnly,
            active: true,
        };
        sides.there.accounts.insert(account(number), there);
        sides.join(home, account(number));
    }
    sides
}

impl Sides {
    fn join(&mut self, organization: u64, account: ExternalId) {
        let organization = self.there.organizations.get_mut(&organization).unwrap();
        organization.members.insert(account);
    }

    fn leave(&mut self, organization: u64, account: &ExternalId) {
        let organization = self.there.organizations.get_mut(&organization).unwrap();
        organization.members.remove(account);
    }

    fn person(&mut self, number: u64) -> &mut PersonHere {
        self.here.people.get_mut(&email(number)).unwrap()
    }

    fn account(&mut self, number: u64) -> &mut AccountThere {
        self.there.accounts.get_mut(&account(number)).unwrap()
    }

    /// Adds an account that nobody here has.
    fn stranger(&mut self, name: &str, email: Option<&str>, kind: AccountKind) -> ExternalId {
        let id: ExternalId = format!("qm:site:{name}").parse().unwrap();
        let account = AccountThere {
            email: email.map(|email| email.parse().unwrap()),
            kind,
            active: true,
        };
        self.there.accounts.insert(id.clone(), account);
        id
    }

    fn list(&mut self, account: ExternalId) {
        self.there.listed.as_mut().unwrap().insert(account);
    }

    /// The classes, subjects and likely causes of all differences.
    fn found(&self) -> BTreeSet<(DriftClass, DriftSubject, Option<WayIn>)> {
        let all = drift(&self.here, &self.there);
        let count = all.len();
        let found: BTreeSet<_> = all
            .into_iter()
            .map(|finding| (finding.class, finding.subject, finding.likely))
            .collect();
        assert_eq!(found.len(), count, "something was found twice");
        found
    }
}

/// Somebody left an organisation: no access, and a trace of it.
fn gone(sides: &mut Sides, number: u64) {
    let home = org(number % ORGANIZATIONS);
    let person = sides.person(number);
    person.access.clear();
    person.left.insert(home);
}

#[test]
fn two_sides_that_agree_have_no_difference() {
    assert_eq!(alike().found(), BTreeSet::new());
}

#[test]
fn every_class_is_found_once_and_nothing_is_invented() {
    use DriftClass as Class;
    let mut sides = alike();
    let mut planted = BTreeSet::new();
    let mut plant = |class, subject| planted.insert((class, subject, None));

    // A stranger in an organisation, and one on the desk's list.
    let stranger = sides.stranger("a", Some("new@o7.example"), AccountKind::PortalOnly);
    sides.join(7, stranger);
    plant(
        Class::OnlyThere,
        DriftSubject::Person("new@o7.example".parse().unwrap()),
    );
    let stranger = sides.stranger("b", Some("guest@visitor.example"), AccountKind::PortalOnly);
    sides.list(stranger);
    plant(
        Class::OnlyThere,
        DriftSubject::Person("guest@visitor.example".parse().unwrap()),
    );
    // Taken out of their organisation there; never made there.
    sides.leave(10, &account(10));
    plant(Class::OnlyHere, person(10));
    sides.leave(11, &account(11));
    sides.there.accounts.remove(&account(11));
    plant(Class::OnlyHere, person(11));
    // Moved to another organisation there.
    sides.leave(12, &account(12));
    sides.join(13, account(12));
    plant(Class::OtherOrganization, person(12));
    // Accounts that are not as they were.
    sides.account(20).kind = AccountKind::Personal;
    plant(Class::OtherKind, person(20));
    sides.account(21).active = false;
    plant(Class::Inactive, person(21));
    sides.account(22).email = Some("other@o22.example".parse().unwrap());
    plant(Class::AddressChanged, person(22));
    sides.account(24).email = None;
    plant(Class::AddressHidden, person(24));
    sides.leave(26, &account(26));
    sides.there.accounts.remove(&account(26));
    plant(Class::AccountGone, person(26));
    // Organisations.
    organizations(&mut sides, &mut plant);
    // Nobody knows whose account this is.
    let hidden = sides.stranger("c", None, AccountKind::PortalOnly);
    sides.join(8, hidden.clone());
    plant(Class::Unjudged, DriftSubject::Account(hidden));
    // Leavers who are back.
    for number in [30, 31, 32] {
        gone(&mut sides, number);
    }
    sides
        .here
        .organizations
        .get_mut(&org(31))
        .unwrap()
        .domains
        .clear();
    sides.leave(32, &account(32));
    sides.list(account(32));
    let back = |number, way| (Class::LeaverIsBack, person(number), Some(way));
    planted.insert(back(30, WayIn::DomainRule));
    planted.insert(back(31, WayIn::Administrator));
    planted.insert(back(32, WayIn::Request));

    assert_eq!(sides.found(), planted);
    let classes: BTreeSet<_> = planted.iter().map(|(class, ..)| *class).collect();
    assert_eq!(classes, BTreeSet::from(DriftClass::ALL));
}

/// Plants the differences of organisations.
fn organizations(sides: &mut Sides, plant: &mut impl FnMut(DriftClass, DriftSubject) -> bool) {
    use DriftClass as Class;
    let there = &mut sides.there.organizations;
    there.remove(&40);
    plant(
        Class::OrganizationMissing,
        DriftSubject::Organization(org(40)),
    );
    let renamed = &mut there.get_mut(&42).unwrap().name;
    "Something else".clone_into(renamed);
    plant(
        Class::OrganizationRenamed,
        DriftSubject::Organization(org(42)),
    );
    let double = OrganizationThere {
        name: "ORGANISATION 44".to_owned(),
        ..OrganizationThere::default()
    };
    there.insert(1_044, double);
    plant(
        Class::OrganizationDoubled,
        DriftSubject::Organization(org(44)),
    );
    there.get_mut(&46).unwrap().scim_managed = true;
    plant(
        Class::OrganizationManaged,
        DriftSubject::Organization(org(46)),
    );
    let unknown = OrganizationThere {
        name: "Nobody's".to_owned(),
        ..OrganizationThere::default()
    };
    there.insert(1_000, unknown);
    plant(Class::OrganizationUnknown, DriftSubject::Counterpart(1_000));
}

#[test]
fn an_incomplete_reading_finds_nobody_missing_and_mends_nothing() {
    let mut sides = alike();
    sides.there.complete = false;
    sides.leave(10, &account(10));
    sides.there.accounts.remove(&account(26));
    sides.there.organizations.remove(&40);
    gone(&mut sides, 30);
    let found = drift(&sides.here, &sides.there);
    let classes: Vec<_> = found.iter().map(|finding| finding.class).collect();
    assert_eq!(classes, [DriftClass::LeaverIsBack, DriftClass::Unjudged]);
    assert!(found.iter().all(|finding| finding.mend == Mend::ByHand));
    assert_eq!(found[1].subject, DriftSubject::Desk);
}

#[test]
fn an_organisation_that_an_identity_provider_feeds_is_one_finding() {
    let mut sides = alike();
    let managed = sides.there.organizations.get_mut(&46).unwrap();
    managed.scim_managed = true;
    managed.members.clear();
    let stranger = sides.stranger("a", Some("new@o46.example"), AccountKind::PortalOnly);
    sides.join(46, stranger);
    let subject = DriftSubject::Organization(org(46));
    let only = BTreeSet::from([(DriftClass::OrganizationManaged, subject, None)]);
    assert_eq!(sides.found(), only);
}

#[test]
fn programs_guests_with_requests_and_open_desks_are_no_findings() {
    let mut sides = alike();
    let program = sides.stranger("bot", None, AccountKind::Program);
    sides.join(7, program.clone());
    sides.list(program);
    let guest = sides.stranger(
        "guest",
        Some("guest@visitor.example"),
        AccountKind::PortalOnly,
    );
    sides.list(guest);
    let known = PersonHere {
        has_requests: true,
        ..PersonHere::default()
    };
    sides
        .here
        .people
        .insert("guest@visitor.example".parse().unwrap(), known);
    assert_eq!(sides.found(), BTreeSet::new());
    sides.stranger("b", Some("other@visitor.example"), AccountKind::PortalOnly);
    sides.there.listed = None;
    assert_eq!(sides.found(), BTreeSet::new());
}

#[test]
fn a_person_with_two_accounts_is_judged_by_that_of_the_portal() {
    let mut sides = alike();
    let address = email(11).to_string();
    sides.stranger("0-personal", Some(&address), AccountKind::Personal);
    assert_eq!(sides.found(), BTreeSet::new());
}

#[test]
fn a_finding_says_what_each_side_has() {
    let mut sides = alike();
    sides.leave(12, &account(12));
    sides.join(13, account(12));
    let [finding]: [Finding; 1] = drift(&sides.here, &sides.there).try_into().unwrap();
    let shown = (
        finding.here.as_str(),
        finding.there.as_str(),
        finding.org,
        finding.mend,
    );
    assert_eq!(
        shown,
        ("org-12", "organisation 13 ", Some(org(13)), Mend::There)
    );
}
