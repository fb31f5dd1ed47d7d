"""The lake's nightly job: raw clicks and order changes of a day into tables, and what the day came to.

    spark-submit --py-files jobs.zip process_day.py --day 2026-11-22 --run <name> \\
      --clicks s3://<raw>/clicks --orders s3://<raw>/orders --processed s3://<processed>

What arrived on that day and is of an earlier one has that day made anew as well. A run writes into folders of its own and a summary
(`runs/<run>/summary.json`); whoever checks the summary publishes them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import reduce
from types import ModuleType

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs import clicks, orders, raw, results
from jobs.contract import leaves, snake_case
from jobs.storage import Zone
from jobs.survey import RawFile, arrivals, survey

SORTED_BY = {"clicks": ("session_id", "event_time", "event_id"), "orders": ("order_id",), "order_lines": ("order_id", "product_id")}


class Arguments(argparse.Namespace):
    day: date
    run: str
    clicks: str
    orders: str
    processed: str
    most_days: int


def arguments(words: Sequence[str]) -> Arguments:
    parser = argparse.ArgumentParser(description="Makes the lake's tables of a day.")
    parser.add_argument("--day", required=True, type=date.fromisoformat, help="of arrival, in UTC: 2026-11-22")
    parser.add_argument("--run", required=True, help="name of this run; it names the folders")
    for name in ("clicks", "orders", "processed"):
        parser.add_argument(f"--{name}", required=True, type=lambda uri: uri.rstrip("/"), help=f"s3:// address of {name}")
    parser.add_argument("--most-days", type=int, default=40, help="a run that would make more days anew is refused (default: 40)")
    return parser.parse_args(words, namespace=Arguments())


class Source:
    """Raw lines of one kind of event, as far as they concern the days that are made."""

    def __init__(self, spark: SparkSession, kind: ModuleType, prefix: str, day: date) -> None:
        self.spark, self.kind, self.prefix, self.day = spark, kind, prefix, day
        self.today = survey(spark, arrivals(prefix, day, day), kind.EVENT_DAY)

    def late_days(self) -> set[str]:
        """Earlier days that something of this day's arrivals is of, and that are still made anew."""
        oldest = (self.day - timedelta(days=self.kind.DAYS_LATE)).isoformat()
        return {found for file in self.today for found in file.days if oldest <= found < self.day.isoformat()}

    def files(self, days: Sequence[str]) -> list[RawFile]:
        """All of this day's arrivals, and of the days before and after those that speak of one that is made."""
        first = date.fromisoformat(min(days)) - timedelta(days=1)
        last = self.day + timedelta(days=self.kind.DAYS_LATE)
        around = [*arrivals(self.prefix, first, self.day - timedelta(days=1)), *arrivals(self.prefix, self.day + timedelta(days=1), last)]
        others = survey(self.spark, around, self.kind.EVENT_DAY)
        return [*self.today, *(file for file in others if set(file.days) & set(days))]


def process(spark: SparkSession, asked: Arguments) -> dict[str, object]:
    """:returns: the summary, which is written as well"""
    zone = Zone(spark, asked.processed, asked.run)
    sources = {"clicks": Source(spark, clicks, asked.clicks, asked.day), "orders": Source(spark, orders, asked.orders, asked.day)}
    late = sorted(set().union(*(source.late_days() for source in sources.values())))
    if len(late) >= asked.most_days:
        raise SystemExit(f"{len(late)} earlier days ({late[0]} to {late[-1]}) have late events: give --most-days {len(late) + 1} if they are to be made anew in one run.")
    days = [*late, asked.day.isoformat()]
    say(f"Days that are made: {', '.join(days)}")

    summary: dict[str, object] = {"run": asked.run, "day": asked.day.isoformat(), "days": days}
    summary["clicks"] = bring(zone, sources["clicks"], days, lambda good: {"clicks": clicks.table(good, days)})
    summary["orders"] = bring(zone, sources["orders"], days, lambda good: order_tables(good, days))
    summary["tables"] = {day: {**written_of(zone, day), **results_of(zone, day)} for day in days}
    say(f"Summary: {zone.put('summary', summary)}")
    return summary


def order_tables(good: DataFrame, days: Sequence[str]) -> dict[str, DataFrame]:
    newest = orders.newest(good, days).persist()
    return {"orders": orders.table(newest), "order_lines": orders.lines_table(newest)}


def bring(zone: Zone, source: Source, days: Sequence[str], tables: Callable[[DataFrame], dict[str, DataFrame]]) -> dict[str, object]:
    """Writes the tables of one kind of event, puts aside what is none, and says how much there was of each."""
    files = source.files(days)
    name = source.kind.__name__.rpartition(".")[2]
    surveyed = sum(file.lines for file in files)
    say(f"{name}: {len(files)} files with {surveyed} lines")
    # Kept, or Spark would parse a line once for each member that a filter on its fault looks at: seven times the time.
    judged = source.kind.judged(raw.lines(zone.spark, files)).persist()
    good = judged.where(F.col("fault").isNull())
    for table, rows in tables(good).items():
        for day in days:
            zone.write(table, day, rows, SORTED_BY[table], surveyed)
            say(f"{table} of {day} written")
    faults = put_aside(zone, judged, name, source.day)
    [counted] = judged.agg(F.count("*").alias("read"), F.count("fault").alias("faulty")).collect()
    judged.unpersist()
    broken = [{"file": file.path, "fault": file.fault} for file in files if file.fault]
    return {"files": len(files), "brokenFiles": broken, "lines": surveyed, **counted.asDict(), "quarantined": faults}


def put_aside(zone: Zone, judged: DataFrame, name: str, day: date) -> dict[str, int]:
    """Lines that arrived on this day and are no such event, with their reasons. :returns: how many, by reason"""
    bad = judged.where(F.col("fault").isNotNull() & (F.to_date("arrived") == F.lit(day)))
    faults = {row["fault"]: row["count"] for row in bad.groupBy("fault").count().collect()}
    if faults:
        bad.select("fault", "file", "line").coalesce(1).write.mode("overwrite").json(f"{zone.processed}/quarantine/{name}/day={day}/run={zone.run}", compression="gzip")
    say(f"{name}: {sum(faults.values())} lines put aside")
    return faults


def written_of(zone: Zone, day: str) -> dict[str, dict[str, int]]:
    """What lies in the tables of a day now: rows, distinct ids, and nulls where the contract allows none."""
    return {table: counts(zone.read(table, day), key, kind) for table, key, kind in (("clicks", "event_id", clicks), ("orders", "order_id", orders))}


def counts(rows: DataFrame, key: str, kind: ModuleType) -> dict[str, int]:
    needed = [name for leaf in leaves(kind.CONTRACT) if leaf.required and (name := snake_case(leaf.path)) in rows.columns]
    nulls = reduce(lambda total, name: total + F.col(name).isNull().cast("long"), needed, F.lit(0))
    [row] = rows.agg(F.count("*").alias("rows"), F.countDistinct(key).alias("distinct"), F.coalesce(F.sum(nulls), F.lit(0)).alias("nulls")).collect()
    return row.asDict()


def results_of(zone: Zone, day: str) -> dict[str, dict[str, int]]:
    of_clicks, of_orders, lines = (zone.read(table, day) for table in ("clicks", "orders", "order_lines"))
    day_sessions = results.sessions(of_clicks).persist()
    made = {
        "sessions": (day_sessions, ("session_id",)),
        "figures": (results.figures(day_sessions, of_orders), ("currency",)),
        "vendors": (results.vendors(lines), ("vendor", "currency")),
        "product_hours": (results.product_hours(of_clicks, lines), ("product_id", "hour")),
        "similar_items": (results.similar_items(of_clicks), ("product_id", "place")),
    }
    for table, (rows, order) in made.items():
        zone.write(table, day, rows, order)
    say(f"Results of {day} written")
    return {table: {"rows": zone.read(table, day).count()} for table in ("order_lines", *made)}


def say(what: str) -> None:
    print(what, flush=True)


def session() -> SparkSession:
    return (
        SparkSession.builder.appName("process-day")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MILLIS")
        .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        .getOrCreate()
    )


if __name__ == "__main__":
    process(session(), arguments(sys.argv[1:]))
