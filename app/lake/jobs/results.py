"""What a day came to, from its clicks and orders. Of synthetic shoppers nothing is counted."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

MOST_SIMILAR = 20
"""Similar items of one product."""

MOST_VIEWED = 100
"""A session that looks at more products than that is no person, and has a pair for each two of them."""


def real(events: DataFrame) -> DataFrame:
    return events.where(~F.col("synthetic"))


def sessions(clicks: DataFrame) -> DataFrame:
    """One row a session, as far as it was on this day. `duration_seconds` lies between its first click and its last."""
    return (
        real(clicks)
        .groupBy("day", "session_id")
        .agg(
            F.min("anonymous_id").alias("anonymous_id"),
            F.min("user_id").alias("user_id"),
            F.min("event_time").alias("began_at"),
            F.max("event_time").alias("ended_at"),
            (F.unix_millis(F.max("event_time")) - F.unix_millis(F.min("event_time"))).alias("milliseconds"),
            *[_count_of(kind).alias(name) for name, kind in (("views", "View"), ("adds_to_cart", "AddToCart"), ("checkouts", "StartCheckout"), ("searches", "Search"))],
            F.countDistinct(F.when(F.col("type") == "Purchase", F.col("order_id"))).alias("orders"),
        )
        .select("session_id", "anonymous_id", "user_id", "began_at", "ended_at", (F.col("milliseconds") / 1000).alias("duration_seconds"), "views", "adds_to_cart", "checkouts", "searches", "orders", "day")
    )


def figures(day_sessions: DataFrame, orders: DataFrame) -> DataFrame:
    """One row a day and currency. Money is in minor units; an order counts once money was captured; revenue is less what was paid back."""
    visits = day_sessions.groupBy("day").agg(
        F.count("*").alias("sessions"),
        F.countDistinct("anonymous_id").alias("visitors"),
        F.avg("duration_seconds").alias("average_session_seconds"),
        F.avg((F.col("orders") > 0).cast("double")).alias("conversion"),
    )
    sold = (
        _paid(real(orders))
        .groupBy("day", F.col("payment_captured_currency").alias("currency"))
        .agg(
            F.count("*").alias("orders"),
            F.sum("item_count").alias("items"),
            F.avg("item_count").alias("average_basket_items"),
            F.avg("total_amount").alias("average_order_amount"),
            F.sum(F.col("payment_captured_amount") - F.col("payment_refunded_amount")).alias("revenue_amount"),
        )
    )
    return visits.join(sold, "day", "full").select(
        "currency", "sessions", "visitors", "average_session_seconds", "conversion", "orders", "items", "average_basket_items", "average_order_amount", "revenue_amount", "day"
    )


def vendors(lines: DataFrame) -> DataFrame:
    """One row a vendor and currency; `sold_amount` is what its lines of paid orders came to, net, before anything was paid back."""
    return (
        _paid(real(lines))
        .groupBy("day", F.coalesce("vendor", F.lit("unknown")).alias("vendor"), F.col("line_total_currency").alias("currency"))
        .agg(F.countDistinct("order_id").alias("orders"), F.sum("quantity").alias("items"), F.sum("line_total_amount").alias("sold_amount"))
        .select("vendor", "currency", "orders", "items", "sold_amount", "day")
    )


def product_hours(clicks: DataFrame, lines: DataFrame) -> DataFrame:
    """One row a product and hour in which it was looked at or bought. `conversion` is orders for each session that viewed it, null without one."""
    looked = real(clicks).where(F.col("product_id").isNotNull()).groupBy("day", F.hour("event_time").alias("hour"), "product_id").agg(
        _count_of("View").alias("views"),
        F.countDistinct(F.when(F.col("type") == "View", F.col("session_id"))).alias("viewing_sessions"),
        _count_of("AddToCart").alias("adds_to_cart"),
    )
    bought = _paid(real(lines)).groupBy("day", F.hour("created_at").alias("hour"), "product_id").agg(F.countDistinct("order_id").alias("orders"), F.sum("quantity").alias("items"))
    both = looked.join(bought, ["day", "hour", "product_id"], "full").fillna(0)
    conversion = F.when(F.col("viewing_sessions") > 0, F.col("orders") / F.col("viewing_sessions"))
    return both.select("product_id", "hour", "views", "viewing_sessions", "adds_to_cart", "orders", "items", conversion.alias("conversion"), "day")


def similar_items(clicks: DataFrame) -> DataFrame:
    """For each product those that were looked at or bought in the same sessions. `score` is the cosine of the two, 0 to 1; `place` begins at 1."""
    interests = real(clicks).where(F.col("type").isin("View", "AddToCart", "Purchase") & F.col("product_id").isNotNull()).select("day", "session_id", "product_id").distinct()
    of_session = Window.partitionBy("day", "session_id")
    of_people = interests.withColumn("seen", F.count("*").over(of_session)).where(F.col("seen") <= MOST_VIEWED).drop("seen")
    alone = of_people.groupBy("day", "product_id").agg(F.count("*").alias("sessions"))
    other = of_people.withColumnRenamed("product_id", "similar_product_id")
    together = of_people.join(other, ["day", "session_id"]).where(F.col("product_id") != F.col("similar_product_id")).groupBy("day", "product_id", "similar_product_id").agg(F.count("*").alias("sessions_together"))
    others_alone = alone.select("day", F.col("product_id").alias("similar_product_id"), F.col("sessions").alias("similar_sessions"))
    scored = together.join(alone, ["day", "product_id"]).join(others_alone, ["day", "similar_product_id"]).withColumn("score", F.col("sessions_together") / F.sqrt(F.col("sessions") * F.col("similar_sessions")))
    place = F.row_number().over(Window.partitionBy("day", "product_id").orderBy(F.desc("score"), "similar_product_id"))
    return scored.withColumn("place", place).where(F.col("place") <= MOST_SIMILAR).select("product_id", "place", "similar_product_id", "sessions_together", "score", "day")


def _count_of(kind: str) -> Column:
    return F.count(F.when(F.col("type") == kind, 1))


def _paid(orders: DataFrame) -> DataFrame:
    return orders.where(F.col("payment_captured_amount") > 0)
