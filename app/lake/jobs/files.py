"""Files wherever Spark finds them: s3:// on EMR, a folder in a test."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyspark.sql import SparkSession


def matching(spark: SparkSession, patterns: Iterable[str]) -> list[str]:
    """Addresses of the files that patterns like `s3://bucket/clicks/year=2026/*` find; none is no error."""
    found: list[str] = []
    for pattern in patterns:
        path, file_system = _hadoop(spark, pattern)
        found += [status.getPath().toString() for status in file_system.globStatus(path) or [] if status.isFile()]
    return found


def write(spark: SparkSession, address: str, content: bytes) -> None:
    path, file_system = _hadoop(spark, address)
    stream = file_system.create(path, True)
    try:
        stream.write(bytearray(content))
    finally:
        stream.close()


def _hadoop(spark: SparkSession, address: str) -> tuple[Any, Any]:
    """Hadoop's Path and FileSystem for an address: Spark for Python has no words of its own for them."""
    context: Any = spark.sparkContext
    path = context._jvm.org.apache.hadoop.fs.Path(address)
    return path, path.getFileSystem(context._jsc.hadoopConfiguration())
