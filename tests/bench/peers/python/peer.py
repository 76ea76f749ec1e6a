"""The Python peer: the work of `request-created`, as one writes it with AWS's own libraries.

Verifies a Standard Webhook with the scheme's library, remembers the delivery with Powertools' idempotency, reads what
the decision needs in one call, and writes the same items as `request-created` does in one transaction. It leaves out
what the comparison is not about: other schemes, mappings, refusals, the first visit of the day.
"""

import json
import os
import uuid
from datetime import datetime, timezone

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.config import Config
from standardwebhooks import Webhook, WebhookVerificationError

DIRECTORY = os.environ["LANYARD_DIRECTORY_TABLE"]
REQUESTS = os.environ["LANYARD_REQUESTS_TABLE"]
JOURNAL = os.environ["LANYARD_JOURNAL_TABLE"]
AUDIT = os.environ["LANYARD_AUDIT_TABLE"]

logger = Logger(service="request-created", level="INFO")
settings = Config(retries={"mode": "standard", "max_attempts": 3}, connect_timeout=1, read_timeout=3)
dynamodb = boto3.client("dynamodb", config=settings)
webhook = Webhook(os.environ["PEER_SECRET"])
to_attribute = TypeSerializer().serialize
to_value = TypeDeserializer().deserialize

deliveries = DynamoDBPersistenceLayer(
    table_name=JOURNAL,
    key_attr="pk",
    sort_key_attr="sk",
    static_pk_value="DELIVERY#python",
    expiry_attr="expires_at",
    boto3_client=dynamodb,
)
remembered = IdempotencyConfig(
    event_key_jmespath="id",
    payload_validation_jmespath="body",
    expires_after_seconds=30 * 24 * 60 * 60,
)


def attributes(item):
    return {name: to_attribute(value) for name, value in item.items()}


def put(table, item):
    return {
        "Put": {
            "TableName": table,
            "Item": attributes(item),
            "ConditionExpression": "attribute_not_exists(pk)",
        }
    }


def load(desk, key, reporter, org):
    """The request, the customer, their organisation and their membership, in one read."""
    keys = {
        DIRECTORY: [
            {"pk": f"CUSTOMER#{reporter}", "sk": "CUSTOMER"},
            {"pk": f"ORG#{org}", "sk": "ORG"},
            {"pk": f"ORG#{org}", "sk": f"MEMBER#{reporter}"},
        ],
        REQUESTS: [{"pk": f"REQUEST#{desk}#{key}", "sk": "REQUEST"}],
    }
    answer = dynamodb.batch_get_item(
        RequestItems={
            table: {"Keys": [attributes(wanted) for wanted in several], "ConsistentRead": True}
            for table, several in keys.items()
        }
    )
    found = {}
    for items in answer["Responses"].values():
        for item in items:
            value = {name: to_value(attribute) for name, attribute in item.items()}
            found[value["pk"], value["sk"]] = value
    return found


@idempotent_function(data_keyword_argument="delivery", persistence_store=deliveries, config=remembered)
def record_request(delivery):
    event = json.loads(delivery["body"])
    request, reporter = event["data"]["request"], event["data"]["reporter"]
    desk, key, email = request["desk"], request["key"], reporter["email"].lower()
    org = email.split("@")[1].split(".")[0]
    found = load(desk, key, email, org)
    if (f"REQUEST#{desk}#{key}", "REQUEST") in found:
        return {"statusCode": 422, "body": json.dumps({"code": "request_exists"})}
    if (f"ORG#{org}", f"MEMBER#{email}") not in found:
        return {"statusCode": 422, "body": json.dumps({"code": "access_denied"})}
    now = datetime.now(timezone.utc)
    instant = now.isoformat().replace("+00:00", "Z")
    dynamodb.transact_write_items(
        TransactItems=items(event["data"], desk, key, email, org, instant),
        ClientRequestToken=str(uuid.uuid4()),
    )
    return {
        "statusCode": 202,
        "headers": {"content-type": "application/json", "cache-control": "no-store"},
        "body": json.dumps({"status": "accepted", "delivery": delivery["id"]}),
    }


def items(data, desk, key, email, org, instant):
    request, reporter = data["request"], data["reporter"]
    partition = f"REQUEST#{desk}#{key}"
    evidence = {"kind": "delivery", "source": "forms", "delivery": key, "function": "request-created"}
    message_id, audit_id = str(uuid.uuid4()), str(uuid.uuid4())
    message = {
        "to": [email],
        "desk": desk,
        "org": org,
        "mail": {
            "kind": "request_received",
            "request": {"id": {"desk": desk, "key": key}, "title": request["summary"], "kind": request["type"]},
            "description": request["description"],
            "fields": request["fields"],
        },
    }
    return [
        put(
            REQUESTS,
            {
                "pk": partition,
                "sk": "REQUEST",
                "id": {"desk": desk, "key": key},
                "kind": request["type"],
                "title": request["summary"],
                "description": request["description"],
                "fields": {name: str(value) for name, value in request["fields"].items()},
                "url": request["url"],
                "reporter": email,
                "org": org,
                "channel": data["channel"],
                "status": {"name": "Open", "category": "open"},
                "created_at": instant,
                "moved_at": instant,
                "version": 1,
            },
        ),
        put(
            REQUESTS,
            {
                "pk": partition,
                "sk": f"VIEWER#{email}",
                "request": {"desk": desk, "key": key},
                "who": {"person": email},
                "as": "reporter",
                "subscribed": True,
                "open": True,
                "title": request["summary"],
                "moved_at": instant,
                "viewer": email,
                "position": f"open#{instant}",
                "version": 1,
            },
        ),
        put(
            AUDIT,
            {
                "pk": f"ORG#{org}#{instant[:7]}",
                "sk": audit_id,
                "at": instant,
                "action": "request_created",
                "actor": {"kind": "source", "source": "forms"},
                "about": {"request": {"desk": desk, "key": key}},
                "subject": partition,
                "entry": audit_id,
                "org": org,
                "evidence": evidence,
                "version": 1,
            },
        ),
        put(
            JOURNAL,
            {
                "pk": f"OUTBOX#{message_id}",
                "sk": "OUTBOX",
                "message_id": message_id,
                "state": "pending",
                "urgency": "request",
                "attempts": 0,
                "queued_at": instant,
                "message": json.dumps(message),
                "recipients": {email: {"is": "waiting"}},
                "unsettled": 1,
                "due_shard": str(int(message_id[0], 16) % 8),
                "due_at": instant,
                "expires_at": int(datetime.now(timezone.utc).timestamp()) + 30 * 24 * 60 * 60,
                "version": 1,
            },
        ),
    ]


def handle(event, context):
    headers, body = event["headers"], event["body"]
    try:
        webhook.verify(body, headers, json_parse=False)
    except WebhookVerificationError:
        logger.warning("signature refused")
        return {"statusCode": 401, "body": json.dumps({"title": "Unauthorized"})}
    remembered.register_lambda_context(context)
    delivery = {"id": headers["webhook-id"], "body": body}
    answer = record_request(delivery=delivery)
    logger.info("delivery answered", extra={"answer.status": answer["statusCode"]})
    return answer
