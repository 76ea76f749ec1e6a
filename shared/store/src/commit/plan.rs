//! From an outcome to the writes of one transaction.

use std::collections::BTreeMap;

use domain::{
    Change, Membership, Message, Outcome, Request, Timestamp, Version,
    message::MAX_RECIPIENTS,
    request::{Alias, Awaited, Record},
    sweep::{RunState, SweepRun},
};
use uuid::Uuid;

use super::Once;
use crate::{
    CommitError, Store, StoreError, accounts, delivery, desk, draft,
    item::{self, Item},
    keys::Key,
    list, mailbox, outbox, parked, run,
    tables::Table,
    transaction::{Act, Condition, Role, Write},
};

/// The writes of one commit.
pub(super) struct Plan {
    pub(super) writes: Vec<Write>,
    pub(super) message_ids: Vec<Uuid>,
}

pub(super) fn plan(
    store: &Store,
    outcome: &Outcome,
    once: &Once,
    now: Timestamp,
    new_id: &(dyn Fn() -> Uuid + Sync),
) -> Result<Plan, CommitError> {
    let mut writes = Vec::new();
    // First, so that its reason comes first when the transaction is cancelled.
    writes.extend(once_write(once, now)?);
    for change in &outcome.changes {
        change_writes(store, change, now, &mut writes)?;
    }
    for mark in outcome.marks() {
        writes.push(mailbox::write(store, &mark));
    }
    for entry in &outcome.audit {
        let item = item::audit(entry, new_id())?;
        writes.push(Write::put(
            Table::Audit,
            "audit entry",
            item,
            Condition::Absent,
        ));
    }
    let mut message_ids = Vec::new();
    for message in &outcome.messages {
        for part in parts(message) {
            let id = new_id();
            message_ids.push(id);
            let item = outbox::new_item(id, &part, now)?;
            writes.push(Write::put(
                Table::Journal,
                "message",
                item,
                Condition::Absent,
            ));
        }
    }
    for work in desk::each_look_once(&outcome.work) {
        let item = desk::new_item(work, new_id(), now)?;
        let put = Write::put(Table::Journal, "work at a desk", item, Condition::Nothing);
        writes.push(put);
    }
    Ok(Plan {
        writes: each_item_once(writes)?,
        message_ids,
    })
}

/// Cuts a message into parts of as many recipients as one item takes.
fn parts(message: &Message) -> impl Iterator<Item = Message> {
    message.to.chunks(MAX_RECIPIENTS).map(|to| Message {
        to: to.to_vec(),
        desk: message.desk.clone(),
        org: message.org.clone(),
        mail: message.mail.clone(),
    })
}

fn once_write(once: &Once, now: Timestamp) -> Result<Option<Write>, StoreError> {
    let (kind, item) = match once {
        Once::Delivery {
            source,
            id,
            payload_sha256,
            answer,
        } => (
            "delivery",
            delivery::new_item(source, id, payload_sha256, Some(answer), now),
        ),
        Once::Row { list, index, row } => ("row", list::row_item(list, *index, row, now)?),
        Once::Link { nonce, expires_at } => {
            let mut item: Item = Key::link(nonce).attributes();
            item::set_expiry(&mut item, *expires_at);
            ("link", item)
        }
        Once::Notice { name, until } => {
            let mut item: Item = Key::notice(name).attributes();
            item::set_expiry(&mut item, *until);
            ("notice", item)
        }
        Once::Nothing => return Ok(None),
    };
    let write = Write::put(Table::Journal, kind, item, Condition::AbsentOrExpired(now));
    Ok(Some(write.with_role(Role::Once)))
}

fn change_writes(
    store: &Store,
    change: &Change,
    now: Timestamp,
    writes: &mut Vec<Write>,
) -> Result<(), StoreError> {
    let kind = change.kind();
    let put = |table, item, read| Write::put(table, kind, item, Condition::of(read));
    match change {
        Change::Organization(org) => {
            let item = item::organization(org)?;
            writes.push(put(Table::Directory, item, org.version));
        }
        Change::Membership(membership) => writes.push(put(
            Table::Directory,
            item::membership(membership)?,
            membership.version,
        )),
        Change::Forget { membership, left } => forget(store, membership, *left, now, writes),
        Change::Customer(customer) => {
            let item =
                item::encode_next(&Key::customer(&customer.email), customer, customer.version)?;
            writes.push(put(Table::Directory, item, customer.version));
        }
        Change::CustomerUnchanged { email, version } => writes.push(Write::check(
            Table::Directory,
            kind,
            Key::customer(email),
            *version,
        )),
        Change::Request(request) => writes_of_request(request, now, writes)?,
        Change::Awaited(awaited) => writes_of_awaited(awaited, writes)?,
        Change::AbandonAwaited(awaited) => abandon(awaited, now, writes)?,
        Change::Alias(alias) => writes_of_alias(alias, writes)?,
        Change::Comment(comment) => writes.push(
            Write::put(
                Table::Requests,
                kind,
                item::comment(comment)?,
                Condition::Absent,
            )
            .with_role(Role::Comment),
        ),
        Change::Viewer(viewer) => {
            writes.push(put(Table::Requests, item::viewer(viewer)?, viewer.version));
        }
        Change::RemoveViewer(viewer) => writes.push(Write::delete(
            Table::Requests,
            kind,
            Key::viewer(&viewer.request, &viewer.who),
            Condition::of(viewer.version),
        )),
        Change::Run(run) => writes_of_run(run, writes)?,
        Change::Draft(draft) => {
            writes.push(put(Table::Journal, draft::item(draft)?, Version::NEW));
        }
        Change::DropDraft(id) => writes.push(Write::delete(
            Table::Journal,
            kind,
            Key::draft(id),
            Condition::Nothing,
        )),
        Change::Account(account) => {
            writes.push(put(
                Table::Directory,
                accounts::item(account)?,
                account.version,
            ));
        }
        Change::ForgetAccount(account) => writes.push(Write::delete(
            Table::Directory,
            kind,
            Key::account(&account.source, &account.id),
            Condition::of(account.version),
        )),
    }
    Ok(())
}

/// Deletes a membership. Of a leaver a trace stays, which the domain rules need.
fn forget(
    store: &Store,
    membership: &Membership,
    left: bool,
    now: Timestamp,
    writes: &mut Vec<Write>,
) {
    writes.push(Write::delete(
        Table::Directory,
        "membership reduced",
        Key::membership(&membership.org, &membership.email),
        Condition::of(membership.version),
    ));
    if left {
        let key = Key::left(&membership.org, &store.pseudonym(&membership.email));
        let mut trace = key.attributes();
        trace.insert(item::VERSION.to_owned(), item::number(1));
        item::set(&mut trace, "since", crate::keys::instant(now));
        writes.push(Write::put(
            Table::Directory,
            "trace of a leaver",
            trace,
            // A person may leave twice.
            Condition::Nothing,
        ));
    }
}

fn writes_of_request(
    request: &Request,
    now: Timestamp,
    writes: &mut Vec<Write>,
) -> Result<(), StoreError> {
    let record = Record::Known(Box::new(request.clone()));
    let item = item::encode_next(&Key::request(&request.id), &record, request.version)?;
    writes.push(Write::put(
        Table::Requests,
        "request",
        item,
        Condition::of(request.version),
    ));
    // A request that is recorded now, over an item that was there before, replaces early updates:
    // nothing waits any more. If the pointer stayed, the sweep would find a request in its place
    // and drop it (`Store::drop_early_pointer`).
    if !request.version.is_new() && request.created_at == now {
        writes.push(pointer_gone(&request.id));
    }
    Ok(())
}

fn pointer_gone(request: &domain::RequestRef) -> Write {
    Write::delete(
        Table::Journal,
        "deadline of early updates",
        Key::awaited(request),
        Condition::Nothing,
    )
}

fn writes_of_awaited(awaited: &Awaited, writes: &mut Vec<Write>) -> Result<(), StoreError> {
    let record = Record::Awaited(awaited.clone());
    let item = item::encode_next(&Key::request(&awaited.id), &record, awaited.version)?;
    writes.push(Write::put(
        Table::Requests,
        "early update",
        item,
        Condition::of(awaited.version),
    ));
    // The deadline is that of the first update; later ones do not move it.
    if awaited.version.is_new() {
        let key = Key::awaited(&awaited.id);
        let mut pointer = key.attributes();
        pointer.insert(item::VERSION.to_owned(), item::number(1));
        item::set_due(&mut pointer, &key, awaited.until);
        writes.push(Write::put(
            Table::Journal,
            "deadline of early updates",
            pointer,
            Condition::Nothing,
        ));
    }
    Ok(())
}

/// Another key of a request. What waited under it waits no more.
fn writes_of_alias(alias: &Alias, writes: &mut Vec<Write>) -> Result<(), StoreError> {
    let record = Record::Alias(alias.clone());
    let item = item::encode_next(&Key::request(&alias.id), &record, alias.version)?;
    writes.push(Write::put(
        Table::Requests,
        "alias",
        item,
        Condition::of(alias.version),
    ));
    if !alias.version.is_new() {
        writes.push(pointer_gone(&alias.id));
    }
    Ok(())
}

/// Parks updates that waited in vain, so that an administrator can see and replay them.
fn abandon(awaited: &Awaited, now: Timestamp, writes: &mut Vec<Write>) -> Result<(), StoreError> {
    writes.push(Write::delete(
        Table::Requests,
        "early update given up",
        Key::request(&awaited.id),
        Condition::of(awaited.version),
    ));
    writes.push(pointer_gone(&awaited.id));
    for update in &awaited.updates {
        let item = parked::early_update_item(update, now)?;
        writes.push(Write::put(
            Table::Journal,
            "parked delivery",
            item,
            Condition::Nothing,
        ));
    }
    Ok(())
}

/// Keeps one run open at a time: the run's first version writes the pointer to it, its last version
/// deletes the pointer.
fn writes_of_run(sweep: &SweepRun, writes: &mut Vec<Write>) -> Result<(), StoreError> {
    writes.push(Write::put(
        Table::Journal,
        "sweep run",
        run::item(sweep)?,
        Condition::of(sweep.version),
    ));
    let open = match sweep.state {
        RunState::Running | RunState::Held | RunState::Released { .. } => true,
        RunState::Finished { .. } => false,
    };
    let begins = sweep.version == Version::NEW;
    if open && begins {
        writes.push(Write::put(
            Table::Journal,
            "open run",
            run::pointer(sweep.id),
            Condition::Absent,
        ));
    } else if !open && !begins {
        writes.push(Write::delete(
            Table::Journal,
            "open run",
            Key::open_run(),
            Condition::AbsentOr(run::RUN, crate::keys::instant(sweep.id.0)),
        ));
    }
    Ok(())
}

/// Removes repetitions, because a transaction takes each item once. A check that an item is
/// unchanged is part of writing it under the condition of the same version. Of two comments under
/// one key the first stays.
fn each_item_once(writes: Vec<Write>) -> Result<Vec<Write>, CommitError> {
    let mut places: BTreeMap<(Table, Key), usize> = BTreeMap::new();
    let mut kept: Vec<Write> = Vec::with_capacity(writes.len());
    for write in writes {
        let place = (write.table, write.key.clone());
        let Some(&index) = places.get(&place) else {
            places.insert(place, kept.len());
            kept.push(write);
            continue;
        };
        let earlier = &mut kept[index];
        match (&earlier.act, &write.act) {
            (_, Act::Check) => {}
            (Act::Check, _) => *earlier = write,
            _ if earlier.role == Role::Comment && write.role == Role::Comment => {}
            _ => return Err(CommitError::WrittenTwice { kind: write.kind }),
        }
    }
    Ok(kept)
}
