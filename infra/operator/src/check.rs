//! Checks across entries: the parts of a world have to fit together.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    desk::{Desk, FieldKind},
    policy::DomainJoin,
};

use crate::{OrganizationSettings, World, jira, policy, problem::Problems};

/// Notes everything that does not fit.
pub(crate) fn world(world: &World, problems: &mut Problems) {
    for desk in world.desks.values() {
        desk_alone(desk, problems);
    }
    let mut owners = BTreeMap::new();
    for (id, org) in &world.organizations {
        let path = format!("organization.{id}");
        organization_alone(org, &path, problems);
        if !world.desks.contains_key(&org.desk) {
            problems.note(format!("{path}.desk"), format!("no [desk.{}]", org.desk));
        }
        let desk = world.desks.get(&org.desk);
        if org.counterpart.is_some() && desk.is_some_and(|desk| desk.jira.is_none()) {
            let wrong = format!("no [desk.{}.jira]", org.desk);
            problems.note(format!("{path}.jira"), wrong);
        }
        for domain in &org.domains {
            if let Some(owner) = owners.insert(domain, id) {
                problems.note(
                    format!("{path}.domains"),
                    format!("{domain} belongs to organization {owner} already"),
                );
            }
        }
    }
    for (id, source) in &world.sources {
        if let Some(desk) = &source.desk
            && !world.desks.contains_key(desk)
        {
            problems.note(format!("source.{id}.desk"), format!("no [desk.{desk}]"));
        }
        let mut mapped = source.mapping.desks().into_iter();
        if let Some(desk) = mapped.find(|desk| !world.desks.contains_key(*desk)) {
            let path = format!("source.{id}.mapping.projects");
            problems.note(path, format!("no [desk.{desk}]"));
        }
    }
}

fn organization_alone(org: &OrganizationSettings, path: &str, problems: &mut Problems) {
    let policy = &org.policy;
    policy::check(policy, &format!("{path}.policy"), problems);
    let leads: BTreeSet<_> = org.leads.iter().map(|lead| &lead.email).collect();
    if leads.is_empty() {
        problems.note(format!("{path}.leads"), "every organization has a lead");
    }
    if leads.len() < org.leads.len() {
        problems.note(format!("{path}.leads"), "names somebody twice");
    }
    if u32::try_from(leads.len()).unwrap_or(u32::MAX) > policy.seat_cap {
        problems.note(
            format!("{path}.policy.seat_cap"),
            "leaves no seat for each of the leads",
        );
    }
    if policy.domain_join == DomainJoin::OnRequest && org.domains.is_empty() {
        problems.note(
            format!("{path}.policy.domain_join"),
            "says `on_request`, but no domain belongs to the organization",
        );
    }
}

fn desk_alone(desk: &Desk, problems: &mut Problems) {
    let path = format!("desk.{}", desk.id);
    if desk.administrators.is_empty() {
        problems.note(
            format!("{path}.administrators"),
            "somebody has to decide exceptions",
        );
    }
    jira::check(desk, problems);
    let mut names = BTreeSet::new();
    for (index, transition) in desk.transitions.iter().enumerate() {
        let path = format!("{path}.transition[{index}]");
        if !names.insert(&transition.name) {
            problems.note(format!("{path}.name"), "stands on an earlier button");
        }
        if transition.from.is_empty() {
            problems.note(format!("{path}.from"), "names no state that it begins in");
        }
    }
    let mut types = BTreeSet::new();
    for (index, request_type) in desk.request_types.iter().enumerate() {
        let path = format!("{path}.request_type[{index}]");
        if !types.insert(&request_type.id) {
            problems.note(format!("{path}.id"), "stands for an earlier request type");
        }
        let mut fields = BTreeSet::new();
        for (index, field) in request_type.fields.iter().enumerate() {
            let path = format!("{path}.field[{index}]");
            if !fields.insert(&field.id) {
                problems.note(format!("{path}.id"), "stands for an earlier field");
            }
            let chooses = matches!(field.kind, FieldKind::Choice | FieldKind::Choices);
            if chooses == field.choices.is_empty() {
                let wrong = if chooses {
                    "a choice needs something to choose from"
                } else {
                    "only a choice has choices"
                };
                problems.note(format!("{path}.choices"), wrong);
            }
        }
    }
}
