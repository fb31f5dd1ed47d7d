"""Orders of some days: change records of the orders table into one row an order, as it stood last."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, StringType, StructField, StructType

from . import contract, raw
from .dynamodb_json import unwrap, wrapped

CONTRACT = contract.load("order-event")
EVENT_DAY = r'"createdAt"\s*:\s*\{\s*"S"\s*:\s*"(\d{4}-\d{2}-\d{2})'

DAYS_LATE = 31
"""How long after it was placed an order may still change, and its day is made anew."""

_image = wrapped(CONTRACT)["M"].dataType
CHANGE = StructType(
    [
        StructField("eventName", StringType()),
        StructField("dynamodb", StructType([StructField("NewImage", _image), StructField("OldImage", _image)])),
    ]
)
"""A change record: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds_gettingstarted.html."""


def judged(lines: DataFrame) -> DataFrame:
    """Adds `event`, the order after the change or, when it was removed, before it; `removed`; and `fault`, null for a good one."""
    found = raw.parsed(lines, CHANGE)
    change = F.when(F.col(f"event.{raw.BAD}").isNull(), F.col("event.dynamodb"))
    image = F.coalesce(change["NewImage"], change["OldImage"])
    order = unwrap(CONTRACT, F.when(image.isNotNull(), F.struct(image.alias("M"))))
    with_order = found.withColumn("removed", F.col("event.eventName") == "REMOVE").withColumn("event", order)
    time = F.to_timestamp(F.col("event.createdAt"), contract.INSTANT)
    # However long ago an order was placed, a change of it is no fault.
    return with_order.withColumn("fault", raw.fault_of(F.col("line"), F.col("event"), CONTRACT, time, F.col("arrived"), days_late=36_500))


def newest(good: DataFrame, days: Sequence[str]) -> DataFrame:
    """One row an order of these days: `order`, its newest version, and `day`. None of what was removed."""
    placed = F.to_timestamp(F.col("event.createdAt"), contract.INSTANT)
    of_days = good.withColumn("day", F.date_format(placed, "yyyy-MM-dd")).where(F.col("day").isin(*days))
    last = F.max_by(F.struct("event", "removed"), F.struct(F.col("event.version"), F.col("removed"))).alias("last")
    return of_days.groupBy("day", F.col("event.orderId").alias("order_id")).agg(last).where(~F.col("last.removed")).select("day", F.col("last.event").alias("order"))


def table(orders: DataFrame) -> DataFrame:
    """One row an order, with no more than a report needs of whose it is."""
    return orders.select(*contract.columns(CONTRACT, F.col("order")), "day")


def lines_table(orders: DataFrame) -> DataFrame:
    """One row a line of an order."""
    order = F.col("order")
    lines = CONTRACT["lines"].dataType
    assert isinstance(lines, ArrayType) and isinstance(lines.elementType, StructType)
    line = orders.select("day", order["orderId"].alias("order_id"), order["createdAt"].alias("created_at"), order["payment"].alias("payment"), order["synthetic"].alias("synthetic"), F.explode(order["lines"]).alias("line"))
    return line.select(
        "order_id",
        F.to_timestamp("created_at", contract.INSTANT).alias("created_at"),
        *contract.columns(lines.elementType, F.col("line")),
        F.col("payment.captured.amount").alias("payment_captured_amount"),
        "synthetic",
        "day",
    )
