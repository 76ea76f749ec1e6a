"""Asks a second engine what the embedded one was asked, and compares answers and items.

In: the tape of a story, a line of JSON for each call to DynamoDB in the order in which they were
answered, and a last one with the items of each table at the end. Out: what differs; the exit code
says whether anything does.

The second engine is moto's DynamoDB, in this process, on loopback, on a free port; of moto's other
services none is asked.
"""

import http.client
import json
import logging
import sys

from moto.server import ThreadedMotoServer

# What each engine has its own of: what a call costs, and ids.
OWN = {"ConsumedCapacity", "TableArn", "TableId", "CreationDateTime", "ItemCollectionMetrics"}
# A fault of the bundle's own making, or a call that is made to the stream and not to a table.
NOT_ASKED = {"ListStreams", "DescribeStream", "GetShardIterator", "GetRecords", "ListTables"}


def ask(port, action, asked):
    """One call, as the SDK sends it. The status and the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {
        "x-amz-target": f"DynamoDB_20120810.{action}",
        "content-type": "application/x-amz-json-1.0",
        "authorization": "AWS4-HMAC-SHA256 Credential=x/20261122/us-east-1/dynamodb/aws4_request, "
        "SignedHeaders=host, Signature=x",
    }
    connection.request("POST", "/", json.dumps(asked), headers)
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    return answer.status, json.loads(text or b"{}")


def plain(value, name=None):
    """A value without what each engine has its own of, and sets and unordered lists in order."""
    if isinstance(value, dict):
        members = {key: plain(inner, key) for key, inner in value.items() if key not in OWN}
        return {key: inner for key, inner in members.items() if inner is not None}
    if isinstance(value, list):
        values = [plain(inner) for inner in value]
        # A batch comes back in any order, and so does a set.
        unordered = name in {"SS", "NS", "BS"} or name not in {"Items", "L", "CancellationReasons"}
        return sorted(values, key=lambda one: json.dumps(one, sort_keys=True)) if unordered else values
    return value


def refused(status, answer):
    """What an engine says when it does not do what it was asked: the kind, and a code for each part."""
    kind = answer.get("__type", "").split("#")[-1]
    codes = [reason.get("Code") for reason in answer.get("CancellationReasons", [])]
    return status // 100, kind, codes


def differs(call, status, answer):
    """How the second engine's answer is not the first one's; nothing where it is."""
    first, second = (call["status"], call["answer"]), (status, answer)
    if first[0] >= 400 or second[0] >= 400:
        mine, other = refused(*first), refused(*second)
        return None if mine == other else f"{mine} or {other}"
    mine, other = plain(first[1]), plain(second[1])
    # A page that is full may be the last. DynamoDB names where to go on all the same, moto does not.
    if mine.get("Count") == call["asked"].get("Limit") and "LastEvaluatedKey" not in other:
        mine.pop("LastEvaluatedKey", None)
    return None if mine == other else f"{json.dumps(mine)[:600]} or {json.dumps(other)[:600]}"


def items(port, table):
    """All items of a table."""
    found, start = [], None
    while True:
        asked = {"TableName": table} | ({"ExclusiveStartKey": start} if start else {})
        status, answer = ask(port, "Scan", asked)
        assert status == 200, answer
        found += answer["Items"]
        start = answer.get("LastEvaluatedKey")
        if not start:
            return found


def keyed(found, now):
    """Items by their keys, without those whose time is over: an engine deletes them when it likes."""
    lasting = [one for one in found if int(one.get("expires_at", {}).get("N", now + 1)) > now]
    return {(item["pk"]["S"], item["sk"]["S"]): plain(item) for item in lasting}


def main(tape):
    """Plays a tape."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    with open(tape, encoding="utf-8") as lines:
        calls = [json.loads(line) for line in lines]
    end = calls.pop()
    assert "tables" in end, "the tape has no end"
    for definition in end["definitions"]:
        status, answer = ask(port, "CreateTable", definition)
        assert status == 200, answer
    wrong, played = [], {}
    for number, call in enumerate(calls):
        action = call["action"]
        if action in NOT_ASKED:
            continue
        played[action] = played.get(action, 0) + 1
        status, answer = ask(port, action, call["asked"])
        how = differs(call, status, answer)
        if how:
            wrong.append(f"call {number}, {action}: {how}")
    compared = 0
    for table, mine in end["tables"].items():
        mine, other = keyed(mine, end["now"]), keyed(items(port, table), end["now"])
        compared += len(mine)
        for key in sorted(mine.keys() | other.keys()):
            if mine.get(key) != other.get(key):
                wrong.append(f"{table} {key[0]} {key[1]}: {mine.get(key)} or {other.get(key)}")
    server.stop()
    for line in wrong[:40]:
        print(line)
    calls = ", ".join(f"{count} {action}" for action, count in sorted(played.items()))
    print(f"engines: {calls}; {compared} items; {len(wrong)} differences")
    return 1 if wrong or not compared else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
