"""What lies in the raw zone: its files, whether each is whole, and what days it speaks of.

Firehose writes gzip JSON lines by the hour of arrival. Spark itself ends a job on a file that is cut off, and reads one that is no
gzip as if it were text; so each file is looked through before it is trusted.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from pyspark.sql import SparkSession

from .files import matching

CUT_OFF = "the file is cut off or damaged"
NOT_GZIP = "the file is not gzip"

_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20


class RawFile(NamedTuple):
    path: str
    lines: int
    """Of a file that is not whole those before the fault; it is what `salvage` gives."""
    fault: str | None
    """`CUT_OFF`, `NOT_GZIP`, or None for one that is whole."""
    days: tuple[str, ...]
    """Days (`2026-11-22`) that its events are of, as far as the text tells."""


def survey(spark: SparkSession, patterns: Iterable[str], event_day: str) -> list[RawFile]:
    """Looks through every file that the patterns find.

    :param event_day: a regular expression whose group is the day of an event
    """
    paths = matching(spark, patterns)
    if not paths:
        return []
    files = spark.sparkContext.binaryFiles(",".join(paths))
    # An empty file is whole: it has nothing to say.
    return sorted(files.map(lambda file: look_through(file[0], file[1], event_day)).collect())


def arrivals(prefix: str, first: date, last: date) -> list[str]:
    """Patterns of all files that arrived from the first day to the last."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [f"{prefix}/year={day:%Y}/month={day:%m}/day={day:%d}/hour=*/*" for day in days]


def look_through(path: str, content: bytes, event_day: str) -> RawFile:
    lines, days, last = 0, set[str](), b""
    fault: str | None = None
    try:
        for text in pieces(content):
            lines += text.count(b"\n")
            # What stands on both sides of a cut between two pieces is of a day that others are of as well.
            days.update(found.decode() for found in re.findall(event_day.encode(), text))
            last = text[-1:] or last
    except (EOFError, ValueError) as error:
        fault = str(error)
    unended = fault is None and last not in (b"", b"\n")
    return RawFile(path, lines + unended, fault, tuple(sorted(days)))


def pieces(content: bytes) -> Iterator[bytes]:
    """The text of a gzip file, as far as there is one.

    :raises EOFError: where it is cut off or damaged
    :raises ValueError: where it is no gzip
    """
    if content and not content.startswith(_GZIP):
        raise ValueError(NOT_GZIP)
    while content:
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            for at in range(0, len(content), _CHUNK):
                yield member.decompress(content[at : at + _CHUNK])
                if member.eof:
                    content = member.unused_data + content[at + _CHUNK :]
                    break
            else:
                raise EOFError(CUT_OFF)
        except zlib.error as error:
            raise EOFError(CUT_OFF) from error


def salvage(content: bytes) -> list[str]:
    """The whole lines of a file before the place where it is cut off."""
    text = b""
    try:
        for piece in pieces(content):
            text += piece
    except (EOFError, ValueError):
        text = text[: text.rfind(b"\n") + 1]
    return text.decode("utf-8", "replace").splitlines()

