"""Where a run writes: a folder of its own for each table and day, so that what is published stays whole whatever becomes of the run."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from . import files

ROWS_A_FILE = 2_000_000
"""Some 100 MB of clicks: Athena reads fewer, larger files faster."""


@dataclass(frozen=True)
class Zone:
    """The processed zone, as one run sees it."""

    spark: SparkSession
    processed: str
    run: str

    def folder(self, table: str, day: str) -> str:
        return f"{self.processed}/{table}/day={day}/run={self.run}"

    def write(self, table: str, day: str, rows: DataFrame, order: tuple[str, ...], count: int | None = None) -> None:
        """Writes one day of a table, sorted within its files. `day` itself is the name of the folder."""
        parts = 1 if count is None else max(1, math.ceil(count / ROWS_A_FILE))
        of_day = rows.where(F.col("day") == day).drop("day")
        spread = of_day.repartition(parts, *order[:1]) if parts > 1 else of_day.coalesce(1)
        spread.sortWithinPartitions(*order).write.mode("overwrite").parquet(self.folder(table, day))

    def read(self, table: str, day: str) -> DataFrame:
        return self.spark.read.parquet(self.folder(table, day)).withColumn("day", F.lit(day))

    def put(self, name: str, value: Mapping[str, object]) -> str:
        """Writes a small JSON file. :returns: where"""
        place = f"{self.processed}/runs/{self.run}/{name}.json"
        files.write(self.spark, place, json.dumps(value, indent=1).encode())
        return place
