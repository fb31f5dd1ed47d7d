"""The record of a failed batch knows no S3 bucket as its destination, and takes a Kinesis record for one of DynamoDB.

AWS: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html: in a bucket the record has the whole event
in `payload`, under `aws/lambda/<event source mapping>/<shard>/<date>/<time>-<id>`.
"""

import json
import logging
import time
from datetime import datetime, timezone

from ministack.core.responses import new_uuid
from ministack.services import lambda_svc

from .expectation import expect_source
from .role_calls import NobodyAnswered, call, calling_as
from .stream_failures import arrived, sequence_number

_log = logging.getLogger("mends")
_BUCKET = "arn:aws:s3:::"
_SHARD = "shardId-000000000000"


def apply():
    expect_source(__name__, lambda_svc._send_ddb_stream_failure_record, has=['spec.service == "sqs"'], lacks=["s3"])
    send = lambda_svc._send_ddb_stream_failure_record

    def send_anywhere(mapping, function, records, source_arn, result, condition):
        destination = ((mapping.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination") or ""
        if destination.startswith(_BUCKET):
            _put(destination.removeprefix(_BUCKET), mapping, function["config"], records, source_arn, result, condition)
        else:
            send(mapping, function, [_as_of_dynamodb(record) for record in records], source_arn, result, condition)

    lambda_svc._send_ddb_stream_failure_record = send_anywhere


def _put(bucket, mapping, configuration, records, source_arn, result, condition):
    now = datetime.now(timezone.utc)
    key = f"aws/lambda/{mapping['UUID']}/{_SHARD}/{now:%Y/%m/%d}/{now:%Y-%m-%dT%H.%M.%S}-{new_uuid()}"
    content = {
        "requestContext": {
            "requestId": new_uuid(),
            "functionArn": configuration["FunctionArn"],
            "condition": condition,
            "approximateInvokeCount": result.get("calls", 1),
        },
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "version": "1.0",
        "timestamp": _instant(now.timestamp()),
        _batch_info(source_arn): {
            "shardId": _SHARD,
            "startSequenceNumber": sequence_number(records[0]),
            "endSequenceNumber": sequence_number(records[-1]),
            "approximateArrivalOfFirstRecord": _instant(arrived(records[0])),
            "approximateArrivalOfLastRecord": _instant(arrived(records[-1])),
            "batchSize": len(records),
            "streamArn": source_arn,
        },
        "payload": json.dumps({"Records": records}),
    }
    # Lambda puts it as the function, whose role must allow it.
    with calling_as(configuration["Role"], configuration["FunctionName"]):
        _until_stored(bucket, key, json.dumps(content))


def _until_stored(bucket, key, content):
    while True:
        try:
            # AWS asks for s3:ListBucket besides s3:PutObject.
            status, _, answer = call("s3", "HEAD", f"/{bucket}", {}, "")
            if status < 400:
                status, _, answer = call("s3", "PUT", f"/{bucket}/{key}", {"content-type": "application/json"}, content)
            if status < 500:
                break
        except NobodyAnswered as error:
            answer = error
        _log.warning("The record of a failed batch could not be put into %s, and will be again: %s", bucket, answer)
        time.sleep(1)
    if status >= 400:
        _log.error("The record of a failed batch could not be put into %s: %s", bucket, answer)


def _batch_info(source_arn):
    return "KinesisBatchInfo" if ":kinesis:" in source_arn else "DDBStreamBatchInfo"


def _instant(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _as_of_dynamodb(record):
    """MiniStack's sender reads the fields of a DynamoDB record."""
    return {"dynamodb": {"SequenceNumber": sequence_number(record), "ApproximateCreationDateTime": arrived(record)}}
