"""Every object below a table's location is read, whatever the catalogue says of partitions; columns of JSON are guessed, and those of
Parquet are what the files have.

AWS: of a table with partition keys only what the catalogue lists is read, each partition where it says it lies, unless the table
projects its partitions (https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html). Columns of JSON are those that the
table declares, found whatever their case, and null where a line lacks them
(https://docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html). A column that the files lack is null as well
(https://docs.aws.amazon.com/athena/latest/ug/handling-schema-updates-chapter.html).
"""

import gzip
import json
import os
import urllib.parse
import zlib

from ministack.services import athena, glue

from ..expectation import expect_source
from .hive_types import to_duckdb


DAMAGED = "a file that is cut off or damaged"


def apply():
    expect_source(__name__, athena._rewrite_data_paths, has=["_materialize_table_files(s3_location, workdirs)", "_table_relation(table_data, files)"])
    expect_source(__name__, athena._materialize_table_files, lacks=["_partitions"])
    expect_source(__name__, athena._table_relation, has=["read_json_auto("])
    everything_below, relation = athena._materialize_table_files, athena._table_relation

    def listed_partitions(location, workdirs):
        table = next((one for one in glue._tables.values() if (one.get("StorageDescriptor") or {}).get("Location") == location), None)
        if table is None or not table.get("PartitionKeys") or is_projected(table):
            return everything_below(location, workdirs)
        return [file for partition in partitions_of(table) for file in _moved(everything_below(partition["StorageDescriptor"]["Location"], workdirs), _folder(table, partition))]

    def with_declared_columns(table, files):
        kind, columns = athena._data_format(table), table["StorageDescriptor"].get("Columns")
        if columns and kind == "json":
            return _json_relation(table, files)
        if columns and kind == "parquet":
            return _with_missing(relation(table, files), columns)
        return relation(table, files)

    athena._materialize_table_files = listed_partitions
    athena._table_relation = with_declared_columns


def is_projected(table):
    return str((table.get("Parameters") or {}).get("projection.enabled")).lower() == "true"


def partitions_of(table):
    return glue._partitions.get(f"{table['DatabaseName']}/{table['Name']}", [])


def _folder(table, partition):
    """Where DuckDB looks for the values of partition keys: `day=2026-11-22`."""
    return os.path.join(*(f"{key['Name']}={urllib.parse.quote(value, safe='')}" for key, value in zip(table["PartitionKeys"], partition["Values"])))


def _moved(files, folder):
    """The files of one partition, in a folder that names it, inside the query's own that they are in already."""
    moved = []
    for number, file in enumerate(files):
        target = os.path.join(os.path.dirname(file), folder, f"{number}-{os.path.basename(file)}")
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.rename(file, target)
        moved.append(target)
    return moved


def _with_missing(relation, columns):
    """The same with those of its columns that no file has, as null."""
    import duckdb

    with duckdb.connect(":memory:") as connection:
        there = {name.lower() for name, *_ in connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()}
    missing = [f'CAST(NULL AS {to_duckdb(column["Type"])}) AS "{column["Name"]}"' for column in columns if column["Name"].lower() not in there]
    return f"(SELECT *, {', '.join(missing)} FROM {relation})" if missing else relation


def _json_relation(table, files):
    partitions = athena._path_partition_keys(table, files)
    forgiving = str((table["StorageDescriptor"]["SerdeInfo"].get("Parameters") or {}).get("ignore.malformed.json")).lower() == "true"
    for file in files:
        _fold(file, forgiving)
    columns = ", ".join(f"'{column['Name'].lower()}': '{to_duckdb(column['Type'])}'" for column in table["StorageDescriptor"]["Columns"])
    return f"read_json({athena._sql_list(files)}, format = 'newline_delimited', columns = {{{columns}}}, compression = 'uncompressed', {athena._hive_options(partitions)})"


def _fold(file, forgiving):
    """Writes the lines anew with names in small letters; of a line that is no object nothing is left, if that is forgiven."""
    with open(file, "rb") as source:
        content = source.read()
    try:
        text = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    except (EOFError, OSError, zlib.error):
        text = None
    with open(file, "w") as target:
        if text is None:
            # Who reads it fails, and who asks for other partitions does not.
            target.write(DAMAGED)
            return
        for line in text.decode("utf-8", "replace").splitlines():
            if line.strip():
                target.write(f"{json.dumps(_folded(_object(line, forgiving)))}\n")


def _object(line, forgiving):
    try:
        value = json.loads(line)
    except ValueError:
        value = None
    if isinstance(value, dict):
        return value
    if forgiving:
        return {}
    raise ValueError("HIVE_CURSOR_ERROR: Row is not a valid JSON Object")


def _folded(value):
    if isinstance(value, dict):
        return {name.lower(): _folded(inner) for name, inner in value.items()}
    return [_folded(inner) for inner in value] if isinstance(value, list) else value
