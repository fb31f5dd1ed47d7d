"""DynamoDB JSON (`{"quantity": {"N": "2"}}`) as it stands in change records, to and from plain structs.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
"""

from __future__ import annotations

from pyspark.sql import Column
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, BooleanType, DataType, LongType, StringType, StructField, StructType


def wrapped(plain: DataType) -> StructType:
    """The type that a value of `plain` has in DynamoDB JSON: numbers are text there."""
    if isinstance(plain, StructType):
        return _one("M", StructType([StructField(field.name, wrapped(field.dataType)) for field in plain.fields]))
    if isinstance(plain, ArrayType):
        return _one("L", ArrayType(wrapped(plain.elementType)))
    if isinstance(plain, LongType):
        return _one("N", StringType())
    if isinstance(plain, BooleanType):
        return _one("BOOL", BooleanType())
    if isinstance(plain, StringType):
        return _one("S", StringType())
    raise TypeError(f"Events have no members of type {plain.simpleString()}")


def unwrap(plain: DataType, value: Column) -> Column:
    """A value of type `wrapped(plain)` as one of type `plain`; null where a number is none."""
    if isinstance(plain, StructType):
        inside = value["M"]
        members = F.struct(*[unwrap(field.dataType, inside[field.name]).alias(field.name) for field in plain.fields])
        return F.when(inside.isNotNull(), members)
    if isinstance(plain, ArrayType):
        return F.transform(value["L"], lambda element: unwrap(plain.elementType, element))
    if isinstance(plain, LongType):
        return value["N"].cast(LongType())
    if isinstance(plain, BooleanType):
        return value["BOOL"]
    return value["S"]


def _one(name: str, inside: DataType) -> StructType:
    return StructType([StructField(name, inside)])
