"""A crawler takes its time and finds nothing.

AWS: https://docs.aws.amazon.com/glue/latest/dg/crawler-prerequisites.html. Here it looks into at most 60 files of a table. Of a table
of the catalogue it lists the partitions that there are and says which columns the files have besides; it takes none away. Below a
location of S3 it makes a table of each folder whose folders are alike: `year=2026`, or all of the same kind. It acts as its role.
"""

import contextvars
import gzip
import json
import os
import re
import tempfile
import threading
import time
import urllib.parse

from ministack.core.responses import error_response_json, get_account_id, get_region, json_response, new_uuid
from ministack.services import athena, glue, s3

from .athena.hive_types import from_duckdb
from .catalogue_acts import of_catalogue, of_files
from .expectation import expect_source
from .service_acts import need, refusals, role, service

_MOST_FILES = 60
_LOG_GROUP = "/aws-glue/crawlers"
_SERDES = {
    "json": ("org.apache.hadoop.mapred.TextInputFormat", "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat", "org.openx.data.jsonserde.JsonSerDe"),
    "parquet": (
        "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
    ),
}
_READERS = {"json": "read_json_auto({files}, union_by_name = true, sample_size = -1)", "parquet": "read_parquet({files}, union_by_name = true)"}


def apply():
    expect_source(__name__, glue._start_crawler, has=["_finish_crawl", "CRAWLER_RUN_SECONDS"])
    glue._start_crawler = _start_crawler


def _start_crawler(data):
    name = data.get("Name")
    crawler = glue._crawlers.get(name)
    if crawler is None:
        return error_response_json("EntityNotFoundException", f"Crawler {name} not found", 400)
    if crawler["State"] == "RUNNING":
        return error_response_json("CrawlerRunningException", f"Crawler with name {name} has already started", 400)
    crawler["State"] = "RUNNING"
    threading.Thread(target=contextvars.copy_context().run, args=(_crawl, crawler), daemon=True).start()
    return json_response({})


def _crawl(crawler):
    began = time.time()
    try:
        _begin(crawler)
        for target in (crawler.get("Targets") or {}).get("CatalogTargets") or []:
            for table in target["Tables"]:
                _crawl_table(crawler, target["DatabaseName"], table)
        for target in (crawler.get("Targets") or {}).get("S3Targets") or []:
            for prefix, keys in _tables_below(*_place(target["Path"])):
                _must(_as(crawler), of_files(target["Path"]))
                _crawl_folder(crawler, _place(target["Path"])[0], prefix, keys)
        ended = {"Status": "SUCCEEDED"}
    except Exception as error:
        ended = {"Status": "FAILED", "ErrorMessage": str(error)[:2_048]}
    crawler["CrawlElapsedTime"] = int((time.time() - began) * 1_000)
    crawler["LastCrawl"] = {**ended, "LogGroup": _LOG_GROUP, "LogStream": crawler["Name"], "MessagePrefix": new_uuid(), "StartTime": began}
    crawler["State"] = "READY"


def _begin(crawler):
    _must(service("glue.amazonaws.com"), [need("sts:AssumeRole", crawler["Role"])])
    stream = f"arn:aws:logs:{get_region()}:{get_account_id()}:log-group:{_LOG_GROUP}:log-stream:{crawler['Name']}"
    _must(_as(crawler), [need("logs:CreateLogStream", stream), need("logs:PutLogEvents", stream)])


def _as(crawler):
    return role(crawler["Role"], "AWSGlueCrawler")


def _must(who, needs):
    refused = refusals(who, needs)
    if refused:
        raise PermissionError(refused[0])


def _crawl_table(crawler, database, name):
    _must(_as(crawler), [*of_catalogue("GetDatabase", database), *of_catalogue("GetTable", database, name)])
    table = glue._tables.get(f"{database}/{name}")
    if table is None:
        raise ValueError(f"Table {name} not found in {database}")
    storage = table["StorageDescriptor"]
    _must(_as(crawler), [*of_files(storage["Location"]), *of_catalogue("BatchGetPartition", database, name), *of_catalogue("BatchCreatePartition", database, name)])
    bucket, prefix = _place(storage["Location"])
    keys = _keys(bucket, prefix)
    _list_partitions(database, name, storage, prefix, keys, len(table.get("PartitionKeys") or []))
    if not keys:
        return
    known = {column["Name"].lower() for column in storage["Columns"] + (table.get("PartitionKeys") or [])}
    further = [column for column in _columns(bucket, keys)[1] if column["Name"] not in known]
    if further and (crawler.get("SchemaChangePolicy") or {}).get("UpdateBehavior") == "LOG":
        glue.logger.warning("Crawler %s: the files of %s.%s have columns that the table has not: %s", crawler["Name"], database, name, further)
    elif further:
        storage["Columns"] += further


def _crawl_folder(crawler, bucket, prefix, keys):
    database = crawler["DatabaseName"]
    name = re.sub(r"[^a-z0-9_]", "_", f"{crawler.get('TablePrefix') or ''}{prefix.rstrip('/').rsplit('/', 1)[-1] or bucket}".lower())
    folders = keys[0][len(prefix) :].split("/")[:-1]
    partition_keys = [folder.split("=", 1)[0].lower() if "=" in folder else f"partition_{place}" for place, folder in enumerate(folders)]
    if f"{database}/{name}" in glue._tables:
        _crawl_table(crawler, database, name)
        return
    kind, columns = _columns(bucket, keys)
    inputs, outputs, serde = _SERDES[kind]
    storage = {
        "Columns": [column for column in columns if column["Name"] not in partition_keys],
        "Location": f"s3://{bucket}/{prefix}",
        "InputFormat": inputs,
        "OutputFormat": outputs,
        "Compressed": keys[0].endswith(".gz"),
        "SerdeInfo": {"SerializationLibrary": serde, "Parameters": {}},
    }
    table = {
        "Name": name,
        "TableType": "EXTERNAL_TABLE",
        "StorageDescriptor": storage,
        "PartitionKeys": [{"Name": key, "Type": "string"} for key in partition_keys],
        "Parameters": {"classification": kind, "UPDATED_BY_CRAWLER": crawler["Name"], "objectCount": str(len(keys))},
    }
    glue._create_table({"DatabaseName": database, "TableInput": table})
    _list_partitions(database, name, storage, prefix, keys, len(partition_keys))


def _list_partitions(database, name, storage, prefix, keys, levels):
    if levels == 0:
        return
    listed = {tuple(partition["Values"]) for partition in glue._partitions.get(f"{database}/{name}", [])}
    found = {}
    for key in keys:
        folders = key[len(prefix) :].split("/")[:levels]
        values = tuple(urllib.parse.unquote(folder.split("=", 1)[-1]) for folder in folders)
        if len(key[len(prefix) :].split("/")) > levels and values not in listed:
            found[values] = f"{storage['Location'].rstrip('/')}/{'/'.join(folders)}/"
    further = [{"Values": list(values), "StorageDescriptor": {**storage, "Location": location}} for values, location in found.items()]
    if further:
        glue._batch_create_partition({"DatabaseName": database, "TableName": name, "PartitionInputList": further})


def _columns(bucket, keys):
    """The format of these files, and the columns that they have together."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="ministack-crawl-") as folder:
        contents = [s3._get_object_data(bucket, key) or b"" for key in keys[:: max(1, len(keys) // _MOST_FILES)][:_MOST_FILES]]
        kind = "parquet" if contents[0].startswith(b"PAR1") else "json"
        files = [_put(folder, f"{number}.{kind}", content) for number, content in enumerate(contents)]
        with duckdb.connect(":memory:") as connection:
            described = connection.execute(f"DESCRIBE SELECT * FROM {_READERS[kind].format(files=files)}").fetchall()
    # Glue's own classifier makes no dates of JSON's texts.
    types = [(name.lower(), from_duckdb(of, dates=kind != "json")) for name, of, *_ in described]
    return kind, [{"Name": name, "Type": of} for name, of in types]


def _put(folder, name, content):
    file = os.path.join(folder, name)
    text = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    if name.endswith(".json"):
        text = b"\n".join(line for line in text.splitlines() if _is_object(line))
    with open(file, "wb") as target:
        target.write(text)
    return file


def _is_object(line):
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _tables_below(bucket, prefix):
    """Folders whose folders are alike, each with its objects."""

    def grouped(below, keys):
        folders = {key[len(below) :].split("/")[0] for key in keys if "/" in key[len(below) :]}
        lies_here = any("/" not in key[len(below) :] for key in keys)
        if not keys:
            return []
        if lies_here or all("=" in folder or folder.isdigit() for folder in folders):
            return [(below, keys)]
        return [table for folder in sorted(folders) for table in grouped(f"{below}{folder}/", [key for key in keys if key.startswith(f"{below}{folder}/")])]

    return grouped(prefix, _keys(bucket, prefix))


def _keys(bucket, prefix):
    objects = (s3._buckets.get(bucket) or {"objects": {}})["objects"]
    return sorted(key for key in list(objects) if key.startswith(prefix) and not key.endswith("/") and not athena._hidden(key[len(prefix) :]))


def _place(location):
    """Bucket and prefix, which ends in a slash."""
    bucket, _, prefix = location.removeprefix("s3://").partition("/")
    if bucket not in s3._buckets:
        raise ValueError(f"The S3 location: {location} does not exist")
    return bucket, f"{prefix.rstrip('/')}/" if prefix.strip("/") else ""
