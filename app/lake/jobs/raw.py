"""Lines of the raw zone, each judged by its contract: what is good goes on, what is not is kept with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

from .contract import leaves, member, typed
from .survey import RawFile, salvage

NOT_JSON = "not JSON"
NOT_AN_EVENT = "a member has another type than the contract says"
INCOMPLETE = "a member that the contract requires is missing"
UNKNOWN_VALUE = "a member has a value that this release does not know"
IMPOSSIBLE_TIME = "its time is long before or after it arrived"

BAD = "_bad"
LINES = "line STRING, file STRING"


def lines(spark: SparkSession, files: Sequence[RawFile]) -> DataFrame:
    """`line`, `file` and `arrived`, the beginning of the hour; of files that are cut off the whole lines before the cut."""
    whole = [file.path for file in files if file.fault is None and file.lines > 0]
    broken = [file.path for file in files if file.fault is not None]
    found = spark.createDataFrame([], LINES)
    if whole:
        found = spark.read.text(whole).select(F.col("value").alias("line"), F.input_file_name().alias("file"))
    if broken:
        saved = spark.sparkContext.binaryFiles(",".join(broken)).flatMap(lambda file: [(line, file[0]) for line in salvage(file[1])])
        found = found.unionByName(spark.createDataFrame(saved, LINES))
    return found.withColumn("arrived", _hour_of(F.col("file")))


def _hour_of(file: Column) -> Column:
    part = {name: F.regexp_extract(file, f"/{name}=([0-9]+)/", 1) for name in ("year", "month", "day", "hour")}
    return F.to_timestamp(F.concat_ws("-", *part.values()), "yyyy-MM-dd-HH")


def parsed(found: DataFrame, schema: StructType) -> DataFrame:
    """Adds `event`: the line as the schema has it, with what could not be read in its member `_bad`. Members that it does not name are left out."""
    with_bad = StructType([*schema.fields, StructField(BAD, StringType())])
    return found.withColumn("event", F.from_json("line", with_bad, {"mode": "PERMISSIVE", "columnNameOfCorruptRecord": BAD}))


def fault_of(line: Column, event: Column, contract: StructType, time: Column, arrived: Column, *, days_late: int) -> Column:
    """Why a line is none of the contract's events; null for one that is.

    :param event: of the contract's type, null where the line is no such object
    :param time: of the event. A page may have been away for days, and a clock be some minutes ahead
    """
    needed = [member(event, leaf.path) for leaf in leaves(contract) if leaf.required]
    chosen = [(leaf.field.metadata["enum"], member(event, leaf.path)) for leaf in leaves(contract) if "enum" in leaf.field.metadata]
    instants = [(typed(leaf.field, member(event, leaf.path)), member(event, leaf.path)) for leaf in leaves(contract) if leaf.field.metadata.get("instant")]
    hours_late, hours_early = days_late * 24, 2
    return (
        F.when(F.get_json_object(line, "$").isNull(), NOT_JSON)
        .when(event.isNull(), NOT_AN_EVENT)
        .when(_any(value.isNull() for value in needed), INCOMPLETE)
        .when(_any(~value.isin(*values) for values, value in chosen), UNKNOWN_VALUE)
        .when(_any(instant.isNull() & text.isNotNull() for instant, text in instants), NOT_AN_EVENT)
        .when(~time.between(arrived - F.expr(f"INTERVAL {hours_late} HOURS"), arrived + F.expr(f"INTERVAL {hours_early} HOURS")), IMPOSSIBLE_TIME)
    )


def _any(conditions: Iterable[Column]) -> Column:
    return reduce(lambda one, other: one | other, (F.coalesce(condition, F.lit(False)) for condition in conditions), F.lit(False))
