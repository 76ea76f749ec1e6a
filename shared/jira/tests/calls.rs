//! Each call as it is sent, and its answer as it is read.

use std::collections::BTreeMap;

use jira::{
    AccountId, Failure, IssueKey, NewRequest, OrganizationId, Removal, RequestTypeId,
    ServiceDeskId, UserKind,
};
use serde_json::{Value, json};

use crate::site::{Answer, Site};

const PORTAL: &str = "qm:5a1b:00ff";

fn account(text: &str) -> AccountId {
    text.parse().unwrap()
}

fn issue() -> IssueKey {
    "SUP-12".parse().unwrap()
}

#[tokio::test]
async fn a_new_customer_is_made_without_a_mail_and_known_by_the_answer() {
    let made = json!({ "accountId": PORTAL, "emailAddress": "lena@acme.example", "name": null });
    let site = Site::giving(vec![Answer::json(201, &made)]);
    let user = site
        .client
        .create_customer("lena@acme.example", "Lena")
        .await
        .unwrap();
    assert_eq!(user.account_id.as_str(), PORTAL);
    assert_eq!(user.kind(), UserKind::PortalOnly);
    let heard = &site.heard()[0];
    assert_eq!(heard.method, "POST");
    assert_eq!(
        heard.target,
        "/rest/servicedeskapi/customer?strictConflictStatusCode=true"
    );
    assert_eq!(
        heard.body,
        json!({ "email": "lena@acme.example", "displayName": "Lena" })
    );
}

#[tokio::test]
async fn an_existing_customer_is_already_so() {
    let site = Site::giving(vec![Answer::json(409, &json!({}))]);
    let error = site
        .client
        .create_customer("a@acme.example", "A")
        .await
        .unwrap_err();
    assert_eq!(error.failure, Failure::Already);
}

#[tokio::test]
async fn the_end_of_portal_access_names_the_account_encoded_and_takes_two_answers_for_no_account() {
    for (answer, failure) in [
        (404, Failure::Gone),
        (400, Failure::Gone),
        (403, Failure::Forbidden),
    ] {
        let site = Site::giving(vec![Answer::json(answer, &json!({}))]);
        let error = site
            .client
            .revoke_portal_access(&account(PORTAL))
            .await
            .unwrap_err();
        assert_eq!(error.failure, failure);
        let path = "/rest/servicedeskapi/customer/user/qm%3A5a1b%3A00ff/revoke-portal-only-access";
        assert_eq!(site.calls(), [format!("PUT {path}")]);
    }
}

#[tokio::test]
async fn an_open_desk_keeps_its_list() {
    let site = Site::giving(vec![Answer::json(400, &json!({})), Answer::empty(204)]);
    let remove = async || {
        let desk = ServiceDeskId(3);
        site.client
            .remove_desk_customers(desk, &[account(PORTAL)])
            .await
            .unwrap()
    };
    assert_eq!(remove().await, Removal::DeskIsOpen);
    assert_eq!(remove().await, Removal::Done);
    let heard = &site.heard()[0];
    assert_eq!(
        (heard.method.as_str(), &heard.body),
        ("DELETE", &json!({ "accountIds": [PORTAL] }))
    );
    assert!(heard.head.contains("content-type: application/json"));
    assert!(heard.head.contains("content-length: "));
}

#[tokio::test]
async fn accounts_are_asked_for_in_fifties_with_their_kinds() {
    let site = Site::answering(|heard| {
        let ids = heard.target.split("accountId=").skip(1);
        let values: Vec<Value> = ids
            .map(|id| json!({ "accountId": id.trim_end_matches('&'), "accountType": "app" }))
            .collect();
        Answer::json(200, &json!({ "values": values }))
    });
    let asked: Vec<_> = (0..120).map(|n| account(&format!("a{n}"))).collect();
    let users = site.client.users(&asked).await.unwrap();
    assert_eq!(users.len(), 120);
    assert!(users.iter().all(|user| user.kind() == UserKind::App));
    assert_eq!(site.client.calls(), 3);
}

#[tokio::test]
async fn ids_are_numbers_or_strings_and_go_out_as_jira_takes_them() {
    let organizations = json!({ "isLastPage": true, "values": [
        { "id": "7", "name": "Acme", "scimManaged": true },
        { "id": 8, "name": "Globex", "scimManaged": null },
        { "id": "9", "name": 12 },
    ]});
    let site = Site::giving(vec![
        Answer::json(200, &organizations),
        Answer::empty(204),
        Answer::empty(204),
    ]);
    let listing = site.client.organizations().all().await.unwrap();
    let ids: Vec<u64> = listing.values.iter().map(|one| one.id.0).collect();
    assert_eq!(ids, [7, 8, 9]);
    let scim: Vec<bool> = listing
        .values
        .iter()
        .map(jira::Organization::is_scim_managed)
        .collect();
    assert_eq!(scim, [true, false, false]);

    let seven = OrganizationId(7);
    site.client
        .attach_organization(ServiceDeskId(3), seven)
        .await
        .unwrap();
    site.client
        .add_members(seven, &[account(PORTAL)])
        .await
        .unwrap();
    let heard = site.heard();
    assert_eq!(
        heard[1].target,
        "/rest/servicedeskapi/servicedesk/3/organization"
    );
    assert_eq!(heard[1].body, json!({ "organizationId": 7 }));
    assert_eq!(heard[2].target, "/rest/servicedeskapi/organization/7/user");
}

#[tokio::test]
async fn a_second_organization_of_a_name_is_already_so() {
    let body = json!({ "errorMessage": "Duplicate organisation" });
    let site = Site::giving(vec![Answer::json(400, &body)]);
    let error = site.client.create_organization("Acme").await.unwrap_err();
    assert_eq!(error.failure, Failure::Already);
}

#[tokio::test]
async fn a_property_that_is_not_set_is_none() {
    let site = Site::giving(vec![
        Answer::json(404, &json!({})),
        Answer::json(200, &json!({ "key": "lanyard", "value": { "id": "acme" } })),
        Answer::empty(204),
    ]);
    let read = async || {
        let value = site
            .client
            .organization_property::<Value>(OrganizationId(7), "lanyard");
        value.await.unwrap()
    };
    assert_eq!(read().await, None);
    assert_eq!(read().await, Some(json!({ "id": "acme" })));
    let value = json!({ "id": "acme" });
    let put = site
        .client
        .put_organization_property(OrganizationId(7), "lanyard", value);
    put.await.unwrap();
    assert_eq!(
        site.calls()[2],
        "PUT /rest/servicedeskapi/organization/7/property/lanyard"
    );
}

#[tokio::test]
async fn a_request_is_raised_on_behalf_of_its_reporter() {
    let made = json!({ "issueId": 10_012, "issueKey": "SUP-12",
        "_links": { "web": "https://desk.example/servicedesk/customer/portal/3/SUP-12" } });
    let site = Site::giving(vec![Answer::json(201, &made)]);
    let new = NewRequest {
        desk: ServiceDeskId(3),
        kind: RequestTypeId(12),
        fields: BTreeMap::from([("summary".to_owned(), json!("Printer on fire"))]),
        reporter: Some(account(PORTAL)),
        participants: Vec::new(),
    };
    let request = site.client.create_request(&new).await.unwrap();
    assert_eq!(request.key, issue());
    assert!(request.page().unwrap().ends_with("/portal/3/SUP-12"));
    let body = json!({ "serviceDeskId": "3", "requestTypeId": "12", "raiseOnBehalfOf": PORTAL,
        "requestFieldValues": { "summary": "Printer on fire" } });
    assert_eq!(site.heard()[0].body, body);
}

#[tokio::test]
async fn a_comment_carries_its_writers_id_and_is_found_by_it() {
    let comments = json!({ "startAt": 0, "total": 2, "comments": [
        { "id": "2", "author": { "accountId": "robot" }, "jsdPublic": true,
          "created": "2026-11-30T10:31:00.123+0100", "body": { "type": "doc", "content": [
            { "type": "paragraph", "content": [
                { "type": "text", "text": "Lena:" }, { "type": "hardBreak" },
                { "type": "text", "text": "Hello *all*" } ] } ] },
          "properties": [{ "key": "lanyard", "value": { "id": "c-77" } }] },
        { "id": 1, "author": null, "body": "Agents only",
          "properties": [{ "key": "sd.public.comment", "value": { "internal": true } }] },
    ]});
    let site = Site::giving(vec![
        Answer::json(201, &json!({ "id": "2" })),
        Answer::json(200, &comments),
    ]);
    let id = site
        .client
        .comment(&issue(), "Lena:\nHello *all*", "c-77")
        .await
        .unwrap();
    let listing = site.client.comments(&issue()).await.unwrap();
    assert!(listing.complete);
    let [ours, internal] = &listing.values[..] else {
        panic!("{listing:?}");
    };
    assert_eq!(ours.id, id);
    assert_eq!(ours.text, "Lena:\nHello *all*");
    assert_eq!(ours.mark.as_deref(), Some("c-77"));
    assert_eq!(
        ours.created,
        Some("2026-11-30T09:31:00.123Z".parse().unwrap())
    );
    assert!(ours.public && !internal.public);
    let sent = &site.heard()[0].body;
    assert_eq!(
        sent["body"],
        comments["comments"][0]["body"]
            .as_object()
            .map(|doc| {
                let mut doc = doc.clone();
                doc.insert("version".to_owned(), json!(1));
                Value::from(doc)
            })
            .unwrap()
    );
    assert_eq!(sent["properties"][0]["value"], json!({ "internal": false }));
}

#[tokio::test]
async fn a_transition_is_found_by_the_status_that_it_leads_to() {
    let offered = json!({ "transitions": [
        { "id": 11, "name": "Close", "to": { "name": "Closed", "statusCategory": { "key": "done" } } },
        { "id": "21", "to": null },
    ]});
    let site = Site::giving(vec![Answer::json(200, &offered), Answer::empty(204)]);
    let transitions = site.client.transitions(&issue()).await.unwrap();
    let close = transitions
        .iter()
        .find(|one| one.to.as_ref().is_some_and(jira::Status::is_done));
    site.client
        .transition(&issue(), &close.unwrap().id)
        .await
        .unwrap();
    assert_eq!(
        site.heard()[1].body,
        json!({ "transition": { "id": "11" } })
    );
}

#[tokio::test]
async fn open_issues_are_searched_through_all_pages() {
    let found = |key: &str| {
        json!({ "key": key, "fields": { "status": null, "summary": "X",
        "reporter": { "accountId": PORTAL } } })
    };
    let site = Site::giving(vec![
        Answer::json(
            200,
            &json!({ "issues": [found("SUP-1")], "nextPageToken": "t2" }),
        ),
        Answer::json(200, &json!({ "issues": [found("SUP-2")], "isLast": true })),
    ]);
    let listing = site
        .client
        .open_issues(&account(PORTAL), Some("SUP"))
        .await
        .unwrap();
    let keys: Vec<&str> = listing.values.iter().map(|one| one.key.as_str()).collect();
    assert_eq!((keys, listing.complete), (vec!["SUP-1", "SUP-2"], true));
    let calls = site.calls();
    assert!(
        calls[0].contains("reporter%20%3D%20%22qm%3A5a1b%3A00ff%22"),
        "{}",
        calls[0]
    );
    assert!(calls[1].ends_with("&nextPageToken=t2"));
}

#[tokio::test]
async fn a_handed_over_issue_has_another_reporter_and_organizations() {
    let site = Site::giving(vec![Answer::empty(204)]);
    site.client
        .set_reporter(&issue(), &account(PORTAL))
        .await
        .unwrap();
    let field = "customfield_10002";
    let organizations = [OrganizationId(7)];
    site.client
        .set_organizations(&issue(), field, &organizations)
        .await
        .unwrap();
    let heard = site.heard();
    assert_eq!(
        heard[0].body,
        json!({ "fields": { "reporter": { "id": PORTAL } } })
    );
    assert_eq!(
        heard[1].body,
        json!({ "fields": { "customfield_10002": [7] } })
    );
}

#[tokio::test]
async fn permissions_are_told_one_by_one() {
    let granted = json!({ "permissions": {
        "ADMINISTER": { "havePermission": true }, "USER_PICKER": { "havePermission": "no" } }});
    let site = Site::giving(vec![Answer::json(200, &granted)]);
    let permissions = site
        .client
        .permissions(&["ADMINISTER", "USER_PICKER"], None)
        .await
        .unwrap();
    assert!(permissions["ADMINISTER"] && !permissions["USER_PICKER"]);
    assert_eq!(
        site.calls(),
        ["GET /rest/api/3/mypermissions?permissions=ADMINISTER%2CUSER_PICKER"]
    );
}
