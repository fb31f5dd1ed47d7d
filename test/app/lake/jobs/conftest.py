"""A small Spark for all tests, and a raw zone that a test fills."""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

from jobs.process_day import arguments, process, session

Event = dict[str, Any]
DAY = "2026-11-22"


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2").config("spark.driver.bindAddress", "127.0.0.1").config(
        "spark.driver.host", "127.0.0.1"
    ).config("spark.local.dir", str(tmp_path_factory.mktemp("spark"))).config(
        # A test's few rows are read sooner than code for them is made.
        "spark.sql.codegen.wholeStage", "false"
    ).config("spark.sql.codegen.factoryMode", "NO_CODEGEN").config("spark.sql.adaptive.enabled", "false").getOrCreate()
    running = session()
    running.sparkContext.setLogLevel("ERROR")
    yield running
    running.stop()


class Lake:
    """A raw and a processed zone in a folder."""

    summary: dict[str, Any]

    def __init__(self, spark: SparkSession, folder: Path) -> None:
        self.spark, self.folder = spark, folder
        self.files = 0

    def arrive(self, kind: str, events: list[Event | str], at: str = f"{DAY}T12", *, name: str | None = None, content: Callable[[bytes], bytes] = gzip.compress) -> None:
        """One file of Firehose's, with events as JSON and texts as they are."""
        text = "".join(f"{event if isinstance(event, str) else json.dumps(event)}\n" for event in events)
        day, hour = at.split("T")
        year, month, of_month = day.split("-")
        folder = self.folder / kind / f"year={year}" / f"month={month}" / f"day={of_month}" / f"hour={hour}"
        folder.mkdir(parents=True, exist_ok=True)
        self.files += 1
        (folder / f"{name or self.files}.gz").write_bytes(content(text.encode()))

    def run(self, day: str = DAY, run: str = "run-1", most_days: int = 40) -> None:
        words = ["--day", day, "--run", run, "--clicks", f"{self.folder}/clicks", "--orders", f"{self.folder}/orders", "--processed", f"{self.folder}/processed"]
        self.summary = process(self.spark, arguments([*words, "--most-days", str(most_days)]))

    def rows(self, table: str, day: str = DAY, run: str = "run-1") -> list[Event]:
        return [row.asDict() for row in self.spark.read.parquet(f"{self.folder}/processed/{table}/day={day}/run={run}").collect()]

    def ids(self, table: str, day: str = DAY) -> set[str]:
        return {row["event_id"] for row in self.rows(table, day)}


@pytest.fixture(scope="session")
def lakes(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Lake]:
    return lambda: Lake(spark, tmp_path_factory.mktemp("lake"))
