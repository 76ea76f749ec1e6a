//! A site of Jira that answers what a test has it answer.

use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{any, method, path},
};

/// A site on this machine.
pub(crate) struct Site {
    server: MockServer,
}

impl Site {
    /// A site on which an account may do everything but what `without` names.
    pub(crate) async fn start(without: &'static [&'static str]) -> Self {
        let server = MockServer::start().await;
        let site = Self { server };
        site.answer(
            "/rest/api/3/myself",
            json!({ "accountId": "5b10", "displayName": "Robot" }),
        )
        .await;
        let desk = json!({ "id": "3", "projectKey": "SUP", "projectName": "Support" });
        site.answer("/rest/servicedeskapi/servicedesk/3", desk)
            .await;
        let fields = json!({ "requestTypeFields": [
            { "fieldId": "summary", "required": true },
            { "fieldId": "description" },
            { "fieldId": "customfield_7", "required": true },
        ]});
        let form = "/rest/servicedeskapi/servicedesk/3/requesttype/12/field";
        site.answer(form, fields).await;
        let granted = move |request: &Request| {
            let (_, names) = request
                .url
                .query_pairs()
                .find(|(name, _)| name == "permissions")
                .unwrap();
            let permissions: serde_json::Map<String, Value> = names
                .split(',')
                .map(|name| {
                    (
                        name.to_owned(),
                        json!({ "havePermission": !without.contains(&name) }),
                    )
                })
                .collect();
            ResponseTemplate::new(200).set_body_json(json!({ "permissions": permissions }))
        };
        Mock::given(method("GET"))
            .and(path("/rest/api/3/mypermissions"))
            .respond_with(granted)
            .mount(&site.server)
            .await;
        site
    }

    /// A site that answers everything by a function.
    pub(crate) async fn answering(
        answer: impl Fn(&Request) -> ResponseTemplate + Send + Sync + 'static,
    ) -> Self {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        Self { server }
    }

    async fn answer(&self, at: &str, body: Value) {
        Mock::given(method("GET"))
            .and(path(at))
            .respond_with(ResponseTemplate::new(200).set_body_json(body))
            .mount(&self.server)
            .await;
    }

    pub(crate) fn address(&self) -> String {
        self.server.uri()
    }

    /// The methods of the calls that were heard.
    pub(crate) async fn methods(&self) -> Vec<String> {
        let heard = self.server.received_requests().await.unwrap();
        heard.iter().map(|one| one.method.to_string()).collect()
    }
}
