"""DynamoDB JSON (`{"quantity": {"N": "2"}}`) as it stands in change records, to and from plain structs.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
"""

from pyspark.sql import Column
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, BooleanType, DataType, LongType, StringType, StructField, StructType


def wrapped(plain: DataType) -> StructType:
    """The type that a value of `plain` has in DynamoDB JSON: numbers are text there."""
    match plain:
        case StructType():
            return _one("M", StructType([StructField(field.name, wrapped(field.dataType)) for field in plain.fields]))
        case ArrayType():
            return _one("L", ArrayType(wrapped(plain.elementType)))
        case LongType():
            return _one("N", StringType())
        case BooleanType():
            return _one("BOOL", BooleanType())
        case StringType():
            return _one("S", StringType())
        case _:
            raise TypeError(f"Events have no members of type {plain.simpleString()}")


def unwrap(plain: DataType, value: Column) -> Column:
    """A value of type `wrapped(plain)` as one of type `plain`; null where a number is none."""
    match plain:
        case StructType():
            inside = value["M"]
            members = F.struct(*[unwrap(field.dataType, inside[field.name]).alias(field.name) for field in plain.fields])
            return F.when(inside.isNotNull(), members)
        case ArrayType():
            return F.transform(value["L"], lambda element: unwrap(plain.elementType, element))
        case LongType():
            return value["N"].cast(LongType())
        case BooleanType():
            return value["BOOL"]
        case _:
            return value["S"]


def _one(name: str, inside: DataType) -> StructType:
    return StructType([StructField(name, inside)])
