"""Firehose delivers each record by itself, at once, as it came: no buffer, no compression, no delimiter, whatever its role may do.
It keeps every record for ever besides.

Here a delivery stream to S3 gathers what it gets until its interval has passed or its size is reached, then puts one object, as its
role; a source in Kinesis it reads only where its role may. What is gathered is part of the state that is saved, so a stop loses
nothing of it.

AWS: https://docs.aws.amazon.com/firehose/latest/dev/buffering-hints.html, the names of objects and their prefix, by the arrival of
the oldest record: https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html, who needs what:
https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html.
"""

import base64
import gzip
import logging
import threading
import time
import urllib.parse

from ministack.core.responses import new_uuid, request_scope
from ministack.services import firehose

from .checkpoints import notice
from .expectation import expect, expect_source
from .role_calls import NobodyAnswered, call, calling_as
from .service_acts import may, need, role

_log = logging.getLogger("mends")
_SOURCE_ACTIONS = ("DescribeStream", "GetRecords", "GetShardIterator", "ListShards")
_BUCKET_ACTIONS = ("GetBucketLocation", "ListBucket", "ListBucketMultipartUploads")
_TICK_SECONDS, _PAUSE_SECONDS = 0.2, 5
_not_before = {}


def apply():
    expect_source(__name__, firehose._deliver_to_s3, lacks=["BufferingHints", "CompressionFormat"])
    expect_source(__name__, firehose.ingest_from_kinesis_source, has=['dest["records"].append(', "_deliver_records_to_s3(stream, dest, [(rid, raw)])"])
    expect(__name__, hasattr(firehose._streams, "_data"), "its delivery streams are kept by account, region and name")
    deliver_at_once = firehose._deliver_records_to_s3

    def gather(stream, destination, records):
        if _is_plain(destination["config"]):
            # The record is in destination["records"] already.
            notice({"firehose"})
        else:
            destination["records"].clear()
            deliver_at_once(stream, destination, records)

    firehose._deliver_records_to_s3 = gather
    threading.Thread(target=_work, daemon=True, name="firehose").start()


def _is_plain(configuration):
    """Whether records go to S3 as they are, but for compression and a delimiter; partitions and conversions are MiniStack's own."""
    partitions = (configuration.get("DynamicPartitioningConfiguration") or {}).get("Enabled")
    conversion = (configuration.get("DataFormatConversionConfiguration") or {}).get("Enabled")
    return not partitions and not conversion and all(kind == "AppendDelimiterToRecord" for kind in _processors(configuration))


def _processors(configuration):
    processing = configuration.get("ProcessingConfiguration") or {}
    return [processor.get("Type") for processor in processing.get("Processors") or []] if processing.get("Enabled") else []


def _work():
    while True:
        time.sleep(_TICK_SECONDS)
        for (account, region, name), stream in list(firehose._streams._data.items()):
            for destination in list(stream["destinations"]):
                if destination["type"] in ("ExtendedS3", "S3") and _is_due(destination):
                    try:
                        with request_scope(account, region):
                            _deliver(stream, destination)
                    except Exception:
                        _log.exception("Firehose %s", name)
                        _not_before[destination["id"]] = time.time() + _PAUSE_SECONDS


def _is_due(destination):
    gathered = destination["records"]
    now = time.time()
    if not gathered or not _is_plain(destination["config"]) or _not_before.get(destination["id"], 0) > now:
        return False
    hints = destination["config"].get("BufferingHints") or {}
    # SizeInMBs is in MiB; the interval runs from the first record.
    # They are kept in base64, four letters for three bytes.
    full = sum(len(record["data"]) * 3 // 4 for record in gathered) >= float(hints.get("SizeInMBs", 5)) * 1024 * 1024
    return full or now - gathered[0]["ts"] >= float(hints.get("IntervalInSeconds", 300))


def _deliver(stream, destination):
    """Puts one object of all that is gathered. What could not be put stays, and is tried again after a pause."""
    configuration = destination["config"]
    if not _may_read(stream) or not _may_look(configuration, stream["name"]):
        _not_before[destination["id"]] = time.time() + _PAUSE_SECONDS
        return
    with firehose._lock:
        gathered = list(destination["records"])
    bucket = firehose._s3_bucket_from_arn(configuration["BucketARN"])
    with calling_as(configuration["RoleARN"], stream["name"]):
        refused = _refusal(bucket, _key(stream, configuration, gathered[0]["ts"]), _content(configuration, gathered))
    if refused:
        _log.error("Firehose %s could not deliver %d records to %s, and tries again: %s", stream["name"], len(gathered), bucket, refused)
        _not_before[destination["id"]] = time.time() + _PAUSE_SECONDS
        return
    with firehose._lock:
        del destination["records"][: len(gathered)]
    notice({"firehose"})


def _may_read(stream):
    source = stream.get("kinesis_source")
    if not source:
        return True
    arn = source["KinesisStreamARN"]
    return may(role(source["RoleARN"], stream["name"]), [need(f"kinesis:{action}", arn) for action in _SOURCE_ACTIONS])


def _may_look(configuration, name):
    return may(role(configuration["RoleARN"], name), [need(f"s3:{action}", configuration["BucketARN"]) for action in _BUCKET_ACTIONS])


def _refusal(bucket, key, content):
    try:
        status, _, answer = call("s3", "PUT", f"/{bucket}/{urllib.parse.quote(key)}", {"content-type": "application/octet-stream"}, content)
    except NobodyAnswered as error:
        return str(error)
    return None if status < 300 else f"{status} {answer.decode(errors='replace')[:300]}"


def _key(stream, configuration, first):
    arrival = time.gmtime(first)
    prefix = firehose._evaluate_prefix(configuration.get("Prefix", ""), arrival)
    moment = firehose._java_time("yyyy-MM-dd-HH-mm-ss", arrival)
    extension = configuration.get("FileExtension") or (".gz" if configuration.get("CompressionFormat") == "GZIP" else "")
    return f"{prefix}{stream['name']}-{stream['version']}-{moment}-{new_uuid()}{extension}"


def _content(configuration, gathered):
    delimiter = b"\n" if "AppendDelimiterToRecord" in _processors(configuration) else b""
    content = b"".join(_bytes(record["data"]) + delimiter for record in gathered)
    return gzip.compress(content) if configuration.get("CompressionFormat") == "GZIP" else content


def _bytes(data):
    """PutRecord keeps what it got in Base64, the source in Kinesis as bytes."""
    return base64.b64decode(data) if isinstance(data, str) else bytes(data)
