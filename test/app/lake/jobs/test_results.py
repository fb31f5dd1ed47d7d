"""What a day came to."""

from typing import Any

import pytest

from conftest import Lake
from events import change, click, line, money, order

VISIT, OTHER, BOT = "0193a5b0-0000-4000-8000-000000000001", "0193a5b0-0000-4000-8000-000000000002", "0193a5b0-0000-4000-8000-000000000003"


def at(time: str) -> str:
    return f"2026-11-22T{time}.000Z"


@pytest.fixture(scope="module")
def made(lakes: Any) -> Lake:
    lake: Lake = lakes()
    bought = order([line("mug", 2, 1_000), line("bowl", 1, 4_000, "Woodworks")], at=at("10:05:00"))
    partly = order([line("mug", 1, 1_000, None)], at=at("11:00:00"))
    lake.arrive(
        "clicks",
        [
            click("View", at("10:00:00"), sessionId=VISIT, productId="mug"),
            click("View", at("10:01:00"), sessionId=VISIT, productId="bowl"),
            click("AddToCart", at("10:02:00"), sessionId=VISIT, productId="mug"),
            click("StartCheckout", at("10:04:00"), sessionId=VISIT),
            click("Purchase", at("10:05:00"), sessionId=VISIT, productId="mug", orderId=bought["orderId"]),
            click("Purchase", at("10:05:00"), sessionId=VISIT, productId="bowl", orderId=bought["orderId"]),
            click("View", at("10:30:00"), sessionId=OTHER, productId="mug"),
            click("Search", at("10:31:00"), sessionId=OTHER, searchText="mugs"),
            click("View", at("10:00:00"), synthetic=True, productId="vase"),
            *[click("View", at("12:00:00"), sessionId=BOT, productId=f"product-{number}") for number in range(101)],
        ],
    )
    lake.arrive(
        "orders",
        [
            change(bought),
            change({**partly, "payment": {**partly["payment"], "refunded": money(400)}}),
            change(order([line("mug", 9, 1_000)], captured=False)),
            change(order([line("vase", 5, 9_000)], synthetic=True)),
        ],
    )
    lake.run()
    return lake


def test_a_session_lasts_from_its_first_click_to_its_last(made: Lake) -> None:
    visits = {row["session_id"]: row for row in made.rows("sessions")}
    assert set(visits) == {VISIT, OTHER, BOT}
    visit = visits[VISIT]
    assert (visit["duration_seconds"], visit["views"], visit["adds_to_cart"], visit["checkouts"], visit["orders"]) == (300, 2, 1, 1, 1)
    assert (visits[OTHER]["duration_seconds"], visits[OTHER]["searches"]) == (60, 1)


def test_a_day_s_figures_count_paid_orders_and_take_off_what_was_paid_back(made: Lake) -> None:
    [day] = made.rows("figures")
    assert (day["sessions"], day["average_session_seconds"], day["conversion"]) == (3, 120, pytest.approx(1 / 3))
    assert (day["orders"], day["items"], day["average_basket_items"], day["average_order_amount"]) == (2, 4, 2, 3_500)
    assert (day["currency"], day["revenue_amount"]) == ("EUR", 6_000 + 600)


def test_vendors_are_those_of_the_lines_as_they_were_sold(made: Lake) -> None:
    sold = {row["vendor"]: (row["orders"], row["items"], row["sold_amount"]) for row in made.rows("vendors")}
    assert sold == {"Clay & Co": (1, 2, 2_000), "Woodworks": (1, 1, 4_000), "unknown": (1, 1, 1_000)}


def test_views_and_conversion_are_by_product_and_hour(made: Lake) -> None:
    hours = {(row["product_id"], row["hour"]): row for row in made.rows("product_hours")}
    mug = hours["mug", 10]
    assert (mug["views"], mug["viewing_sessions"], mug["adds_to_cart"], mug["orders"], mug["items"], mug["conversion"]) == (2, 2, 1, 1, 2, 0.5)
    bought_unseen = hours["mug", 11]
    assert (bought_unseen["views"], bought_unseen["orders"], bought_unseen["conversion"]) == (0, 1, None)
    assert not [product for product, _ in hours if product == "vase"]


def test_similar_items_are_those_of_the_same_sessions(made: Lake) -> None:
    similar = {row["product_id"]: (row["place"], row["similar_product_id"], row["score"]) for row in made.rows("similar_items")}
    assert similar == {"mug": (1, "bowl", pytest.approx(0.7071, abs=0.001)), "bowl": (1, "mug", pytest.approx(0.7071, abs=0.001))}
