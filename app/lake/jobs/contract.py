"""The contracts of stored events, as `npm run spark:schemas` derives them, and the columns that tables make of them."""

from __future__ import annotations

import json
import pkgutil
import re
from collections.abc import Iterator
from typing import NamedTuple

from pyspark.sql import Column
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, StructField, StructType

INSTANT = "yyyy-MM-dd'T'HH:mm:ss.SSSX"


def load(event: str) -> StructType:
    """The members of `click-event` or `order-event`. Instants are text; what Spark has no word for is in each field's metadata."""
    text = pkgutil.get_data(__package__, f"schemas/{event}.json")
    if text is None:
        raise FileNotFoundError(f"There is no contract of {event} beside the jobs; npm run spark:schemas writes it.")
    return StructType.fromJson(json.loads(text))


class Leaf(NamedTuple):
    """A member that is no object itself."""

    path: tuple[str, ...]
    field: StructField
    required: bool
    """Each object on the way has it."""


def leaves(struct: StructType, within: tuple[str, ...] = (), required: bool = True) -> Iterator[Leaf]:
    """Every member of the objects in an event, in the contract's order; a list is one of them."""
    for field in struct.fields:
        path, needed = (*within, field.name), required and bool(field.metadata.get("required"))
        if isinstance(field.dataType, StructType):
            yield from leaves(field.dataType, path, needed)
        else:
            yield Leaf(path, field, needed)


def snake_case(path: tuple[str, ...]) -> str:
    """`price_amount`, the name that Redshift's views give it as well."""
    return re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", "_".join(path))


def columns(struct: StructType, of: Column) -> list[Column]:
    """The typed columns of a table of such events: lists and what is personal are left out."""
    return [
        typed(leaf.field, member(of, leaf.path)).alias(snake_case(leaf.path))
        for leaf in leaves(struct)
        if not isinstance(leaf.field.dataType, ArrayType) and not leaf.field.metadata.get("personal")
    ]


def typed(field: StructField, value: Column) -> Column:
    return F.to_timestamp(value, INSTANT) if field.metadata.get("instant") else value


def member(of: Column, path: tuple[str, ...]) -> Column:
    for name in path:
        of = of[name]
    return of
