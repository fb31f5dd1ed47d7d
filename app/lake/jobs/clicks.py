"""Clicks of some days: raw lines into one row a click."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from . import contract, raw

CONTRACT = contract.load("click-event")
EVENT_DAY = r'"eventTime"\s*:\s*"(\d{4}-\d{2}-\d{2})'

DAYS_LATE = 8
"""How long after it happened a click may arrive: the API takes a page's clicks for seven days, and a stream keeps them for some hours."""


def judged(lines: DataFrame) -> DataFrame:
    """Adds `event` and `fault`, of which one is null."""
    found = raw.parsed(lines, CONTRACT)
    event = F.when(F.col(f"event.{raw.BAD}").isNull(), F.col("event"))
    time = F.to_timestamp(F.col("event.eventTime"), contract.INSTANT)
    return found.withColumn("fault", raw.fault_of(F.col("line"), event, CONTRACT, time, F.col("arrived"), days_late=DAYS_LATE))


def table(good: DataFrame, days: Sequence[str]) -> DataFrame:
    """One row a click of these days, however often it came: as it came first. `day` is the click's own."""
    typed = good.select(*contract.columns(CONTRACT, F.col("event")))
    of_days = typed.withColumn("day", F.date_format("event_time", "yyyy-MM-dd")).where(F.col("day").isin(*days))
    others = [F.col(name) for name in of_days.columns if name != "receive_time"]
    first = F.min(F.struct(F.col("receive_time"), *others)).alias("first")
    return of_days.groupBy("event_id").agg(first).select(*[F.col(f"first.{name}").alias(name) for name in of_days.columns])
