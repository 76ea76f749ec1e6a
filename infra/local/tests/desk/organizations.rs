//! Organisations: members, properties, desks.

use local::jira::account::Right;
use reqwest::Method;
use serde_json::json;

use super::{CREATED, DONE, Desk, FORBIDDEN, MISSING, OK, REFUSED, accounts};

const ALL: &str = "/rest/servicedeskapi/organization";
const OF_DESK: &str = "/rest/servicedeskapi/servicedesk/3/organization";

#[tokio::test]
async fn creating_a_known_name_gives_the_organisation_that_has_it() {
    let desk = Desk::start().await;
    let acme = desk.organization("Acme").await;
    assert_eq!(desk.organization("Acme").await, acme);
    // Another case is another organisation.
    assert_ne!(desk.organization("ACME").await, acme);
    let names = [String::new(), "x".repeat(201)];
    for name in names {
        assert_eq!(desk.post(ALL, json!({"name": name})).await.0, REFUSED);
    }
    let (status, one) = desk.get(&format!("{ALL}/{acme}")).await;
    assert_eq!(
        (status, &one["name"], &one["scimManaged"]),
        (OK, &json!("Acme"), &json!(false))
    );
    assert_eq!(desk.get(&format!("{ALL}/999")).await.0, MISSING);
}

#[tokio::test]
async fn an_organisation_is_a_number_in_bodies_and_text_in_answers() {
    let desk = Desk::start().await;
    let acme = desk.organization("Acme").await;
    let number: u64 = acme.parse().unwrap();
    assert_eq!(
        desk.post(OF_DESK, json!({"organizationId": acme})).await.0,
        REFUSED
    );
    for _ in 0..2 {
        assert_eq!(
            desk.post(OF_DESK, json!({"organizationId": number}))
                .await
                .0,
            DONE
        );
    }
    let (_, page) = desk.get(OF_DESK).await;
    assert_eq!(page["values"][0]["id"], acme.as_str());
    for _ in 0..2 {
        assert_eq!(
            desk.delete(OF_DESK, json!({"organizationId": number}))
                .await
                .0,
            DONE
        );
    }
    assert_eq!(desk.get(OF_DESK).await.1["size"], 0);
    assert_eq!(
        desk.post(OF_DESK, json!({"organizationId": 999})).await.0,
        MISSING
    );
}

#[tokio::test]
async fn members_are_in_the_order_of_their_accounts() {
    let desk = Desk::start().await;
    let acme = desk.organization("Acme").await;
    let members = format!("{ALL}/{acme}/user");
    let (mia, noa) = (
        desk.customer("mia@acme.example").await,
        desk.customer("noa@acme.example").await,
    );
    assert_eq!(
        desk.post(&members, json!({"accountIds": [noa, mia]}))
            .await
            .0,
        DONE
    );
    assert_eq!(
        accounts(&desk.get(&members).await.1),
        [mia.as_str(), noa.as_str()]
    );
    assert_eq!(
        desk.post(&members, json!({"accountIds": ["qm:nobody:1"]}))
            .await
            .0,
        REFUSED
    );
    assert_eq!(
        desk.delete(&members, json!({"accountIds": [mia]})).await.0,
        DONE
    );
    assert_eq!(
        desk.delete(&members, json!({"accountIds": [mia]})).await.0,
        DONE
    );
    assert_eq!(accounts(&desk.get(&members).await.1), [noa.as_str()]);
}

#[tokio::test]
async fn an_organisation_that_is_fed_by_scim_is_not_written() {
    let desk = Desk::start().await;
    let acme = desk.organization("Acme").await;
    let mia = desk.customer("mia@acme.example").await;
    let id = acme.parse().unwrap();
    desk.jira
        .change(|site| site.organizations.get_mut(&id).unwrap().scim_managed = true);
    let members = format!("{ALL}/{acme}/user");
    let ids = json!({"accountIds": [mia]});
    assert_eq!(desk.post(&members, ids.clone()).await.0, REFUSED);
    assert_eq!(desk.delete(&members, ids).await.0, REFUSED);
    assert_eq!(
        desk.put(&format!("{ALL}/{acme}/property/lanyard"), json!(1))
            .await
            .0,
        REFUSED
    );
    assert_eq!(
        desk.get(&format!("{ALL}/{acme}")).await.1["scimManaged"],
        true
    );
}

#[tokio::test]
async fn a_property_is_created_and_then_replaced() {
    let desk = Desk::start().await;
    let acme = desk.organization("Acme").await;
    let property = format!("{ALL}/{acme}/property/lanyard");
    assert_eq!(desk.get(&property).await.0, MISSING);
    assert_eq!(
        desk.put(&property, json!({"organization": "acme"})).await.0,
        CREATED
    );
    assert_eq!(
        desk.put(&property, json!({"organization": "acme"})).await.0,
        OK
    );
    let (_, read) = desk.get(&property).await;
    assert_eq!(
        read,
        json!({"key": "lanyard", "value": {"organization": "acme"}})
    );
    assert_eq!(
        desk.get(&format!("{ALL}/{acme}/property")).await.1["keys"][0]["key"],
        "lanyard"
    );
    assert_eq!(
        desk.put(&property, json!("x".repeat(33_000))).await.0,
        REFUSED
    );
    assert_eq!(desk.call(Method::DELETE, &property, None).await.0, DONE);
    assert_eq!(desk.call(Method::DELETE, &property, None).await.0, MISSING);
}

#[tokio::test]
async fn a_customer_sees_their_own_organisations_and_no_refusal_about_others() {
    let desk = Desk::start().await;
    desk.organization("Acme").await;
    let (email, token) = desk.as_somebody(&[]);
    let caller = (email.as_str(), token.as_str());
    let (status, page) = desk.call_as(caller, Method::GET, ALL, None).await;
    assert_eq!((status, &page["size"]), (OK, &json!(0)));
    let new = json!({"name": "Mine"});
    assert_eq!(
        desk.call_as(caller, Method::POST, ALL, Some(new)).await.0,
        FORBIDDEN
    );
}

#[tokio::test]
async fn the_list_can_be_narrowed_to_an_account() {
    let desk = Desk::start().await;
    let (acme, _) = (
        desk.organization("Acme").await,
        desk.organization("Globex").await,
    );
    let mia = desk.customer("mia@acme.example").await;
    desk.post(&format!("{ALL}/{acme}/user"), json!({"accountIds": [mia]}))
        .await;
    let (_, page) = desk.get(&format!("{ALL}?accountId={mia}")).await;
    assert_eq!(
        (&page["size"], &page["values"][0]["id"]),
        (&json!(1), &json!(acme))
    );
    assert_eq!(
        desk.get(&format!("{ALL}?accountId=qm:nobody:1")).await.0,
        MISSING
    );
}

#[tokio::test]
async fn deleting_needs_an_administrator_and_detaches() {
    let desk = Desk::start().await;
    let acme = desk.organization("Acme").await;
    let number: u64 = acme.parse().unwrap();
    desk.post(OF_DESK, json!({"organizationId": number})).await;
    let (email, token) = desk.as_somebody(&[Right::Agent]);
    let path = format!("{ALL}/{acme}");
    assert_eq!(
        desk.call_as((&email, &token), Method::DELETE, &path, None)
            .await
            .0,
        FORBIDDEN
    );
    assert_eq!(desk.call(Method::DELETE, &path, None).await.0, DONE);
    assert_eq!(desk.get(OF_DESK).await.1["size"], 0);
    assert_eq!(desk.call(Method::DELETE, &path, None).await.0, MISSING);
}
