"""DynamoDB's Kinesis destination.

1. A table's `KinesisStreamSpecification` is dropped, so that a template's table tells its stream nothing.
2. A record is one of DynamoDB Streams. AWS writes another form, with the name of the table, the time in milliseconds and no
   sequence number: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds_using.html
3. A write that changes nothing is written all the same.
4. What is written so comes to no Firehose that reads the stream.
"""

import time

from ministack.services import dynamodb, firehose, kinesis
from ministack.services.cloudformation import provisioners

from .expectation import expect, expect_source
from .resource_handlers import after_provisioning

_TYPE = "AWS::DynamoDB::Table"


def apply():
    expect_source(__name__, provisioners._ddb_create, lacks=["KinesisStreamSpecification"])
    expect_source(__name__, dynamodb._fan_out_to_kinesis, has=["json.dumps(record", "put_record_internal(dest"], lacks=["recordFormat"])
    for name in ("_enable_kinesis_streaming_destination", "_disable_kinesis_streaming_destination"):
        expect(__name__, callable(getattr(dynamodb, name, None)), f"DynamoDB has {name}")
    after_provisioning(_TYPE, _connect)
    deliver = dynamodb._fan_out_to_kinesis

    def deliver_as_documented(table, record):
        change = record["dynamodb"]
        if record["eventName"] == "MODIFY" and change.get("OldImage") == change.get("NewImage"):
            return
        deliver(table, _documented(table, record))

    dynamodb._fan_out_to_kinesis = deliver_as_documented
    _tell_firehose()


def _tell_firehose():
    expect_source(__name__, kinesis.put_record_internal, lacks=["firehose"])
    put = kinesis.put_record_internal

    def put_and_tell(stream_arn, partition_key, data):
        there = put(stream_arn, partition_key, data)
        if there:
            firehose.ingest_from_kinesis_source(stream_arn, [(partition_key, data)])
        return there

    kinesis.put_record_internal = put_and_tell


def _documented(table, record):
    change = {name: value for name, value in record["dynamodb"].items() if name not in ("SequenceNumber", "StreamViewType")}
    return {
        "awsRegion": record.get("awsRegion"),
        "eventID": record.get("eventID"),
        "eventName": record["eventName"],
        "userIdentity": record.get("userIdentity"),
        "recordFormat": "application/json",
        "tableName": table,
        "dynamodb": {**change, "ApproximateCreationDateTime": int(time.time() * 1000)},
        "eventSource": "aws:dynamodb",
    }


def _connect(name, attributes, properties):
    wanted = (properties.get("KinesisStreamSpecification") or {}).get("StreamArn")
    active = [found["StreamArn"] for found in dynamodb._kinesis_destinations.get(name, []) if found["DestinationStatus"] == "ACTIVE"]
    for arn in active:
        if arn != wanted:
            _call(dynamodb._disable_kinesis_streaming_destination, name, arn)
    if wanted and wanted not in active:
        _call(dynamodb._enable_kinesis_streaming_destination, name, wanted)
    return attributes


def _call(operation, table, stream_arn):
    status, _, body = operation({"TableName": table, "StreamArn": stream_arn})
    if status >= 400:
        raise ValueError(f"{_TYPE} {table}: {body!r}")
