// The Node peer: the work of `request-created`, as one writes it with AWS's own libraries.
//
// Verifies a Standard Webhook with the scheme's library, remembers the delivery with Powertools' idempotency, reads what
// the decision needs in one call, and writes the same items as `request-created` does in one transaction. It leaves out
// what the comparison is not about: other schemes, mappings, refusals, the first visit of the day.

import { randomUUID } from "node:crypto";

import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, DynamoDBDocumentClient, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { Webhook } from "standardwebhooks";

const DIRECTORY = process.env.LANYARD_DIRECTORY_TABLE;
const REQUESTS = process.env.LANYARD_REQUESTS_TABLE;
const JOURNAL = process.env.LANYARD_JOURNAL_TABLE;
const AUDIT = process.env.LANYARD_AUDIT_TABLE;

const client = new DynamoDBClient({ maxAttempts: 3 });
const dynamodb = DynamoDBDocumentClient.from(client);
const webhook = new Webhook(process.env.PEER_SECRET);

const persistenceStore = new DynamoDBPersistenceLayer({
  tableName: JOURNAL,
  keyAttr: "pk",
  sortKeyAttr: "sk",
  staticPkValue: "DELIVERY#node",
  expiryAttr: "expires_at",
  awsSdkV3Client: client,
});
const config = new IdempotencyConfig({
  eventKeyJmesPath: "id",
  payloadValidationJmesPath: "body",
  expiresAfterSeconds: 30 * 24 * 60 * 60,
});

const put = (TableName, Item) => ({
  Put: { TableName, Item, ConditionExpression: "attribute_not_exists(pk)" },
});

/** The request, the customer, their organisation and their membership, in one read. */
const load = async (desk, key, reporter, org) => {
  const answer = await dynamodb.send(
    new BatchGetCommand({
      RequestItems: {
        [DIRECTORY]: {
          Keys: [
            { pk: `CUSTOMER#${reporter}`, sk: "CUSTOMER" },
            { pk: `ORG#${org}`, sk: "ORG" },
            { pk: `ORG#${org}`, sk: `MEMBER#${reporter}` },
          ],
          ConsistentRead: true,
        },
        [REQUESTS]: { Keys: [{ pk: `REQUEST#${desk}#${key}`, sk: "REQUEST" }], ConsistentRead: true },
      },
    }),
  );
  const found = Object.values(answer.Responses).flat();
  return new Map(found.map((item) => [`${item.pk} ${item.sk}`, item]));
};

const items = (data, desk, key, email, org, instant) => {
  const { request } = data;
  const partition = `REQUEST#${desk}#${key}`;
  const [messageId, auditId] = [randomUUID(), randomUUID()];
  const message = {
    to: [email],
    desk,
    org,
    mail: {
      kind: "request_received",
      request: { id: { desk, key }, title: request.summary, kind: request.type },
      description: request.description,
      fields: request.fields,
    },
  };
  return [
    put(REQUESTS, {
      pk: partition,
      sk: "REQUEST",
      id: { desk, key },
      kind: request.type,
      title: request.summary,
      description: request.description,
      fields: Object.fromEntries(Object.entries(request.fields).map(([name, value]) => [name, String(value)])),
      url: request.url,
      reporter: email,
      org,
      channel: data.channel,
      status: { name: "Open", category: "open" },
      created_at: instant,
      moved_at: instant,
      version: 1,
    }),
    put(REQUESTS, {
      pk: partition,
      sk: `VIEWER#${email}`,
      request: { desk, key },
      who: { person: email },
      as: "reporter",
      subscribed: true,
      open: true,
      title: request.summary,
      moved_at: instant,
      viewer: email,
      position: `open#${instant}`,
      version: 1,
    }),
    put(AUDIT, {
      pk: `ORG#${org}#${instant.slice(0, 7)}`,
      sk: auditId,
      at: instant,
      action: "request_created",
      actor: { kind: "source", source: "forms" },
      about: { request: { desk, key } },
      subject: partition,
      entry: auditId,
      org,
      evidence: { kind: "delivery", source: "forms", delivery: key, function: "request-created" },
      version: 1,
    }),
    put(JOURNAL, {
      pk: `OUTBOX#${messageId}`,
      sk: "OUTBOX",
      message_id: messageId,
      state: "pending",
      urgency: "request",
      attempts: 0,
      queued_at: instant,
      message: JSON.stringify(message),
      recipients: { [email]: { is: "waiting" } },
      unsettled: 1,
      due_shard: String(parseInt(messageId[0], 16) % 8),
      due_at: instant,
      expires_at: Math.floor(Date.now() / 1000) + 30 * 24 * 60 * 60,
      version: 1,
    }),
  ];
};

const recordRequest = makeIdempotent(
  async (delivery) => {
    const event = JSON.parse(delivery.body);
    const { request, reporter } = event.data;
    const { desk, key } = request;
    const email = reporter.email.toLowerCase();
    const org = email.split("@")[1].split(".")[0];
    const found = await load(desk, key, email, org);
    if (found.has(`REQUEST#${desk}#${key} REQUEST`)) {
      return { statusCode: 422, body: JSON.stringify({ code: "request_exists" }) };
    }
    if (!found.has(`ORG#${org} MEMBER#${email}`)) {
      return { statusCode: 422, body: JSON.stringify({ code: "access_denied" }) };
    }
    const instant = new Date().toISOString();
    await dynamodb.send(
      new TransactWriteCommand({
        TransactItems: items(event.data, desk, key, email, org, instant),
        ClientRequestToken: randomUUID(),
      }),
    );
    return {
      statusCode: 202,
      headers: { "content-type": "application/json", "cache-control": "no-store" },
      body: JSON.stringify({ status: "accepted", delivery: delivery.id }),
    };
  },
  { persistenceStore, config },
);

export const handle = async (event, context) => {
  try {
    webhook.verify(event.body, event.headers);
  } catch {
    console.warn(JSON.stringify({ level: "WARN", message: "signature refused" }));
    return { statusCode: 401, body: JSON.stringify({ title: "Unauthorized" }) };
  }
  config.registerLambdaContext(context);
  const answer = await recordRequest({ id: event.headers["webhook-id"], body: event.body });
  console.log(JSON.stringify({ level: "INFO", message: "delivery answered", "answer.status": answer.statusCode }));
  return answer;
};
