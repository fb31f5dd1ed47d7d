"""A day of the raw zone becomes tables. Most of it is told of one day, which is made once: Spark takes some seconds for each."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from jobs import process_day

from conftest import DAY, Lake
from events import change, click, line, order

Event = dict[str, Any]
TABLES = json.loads((Path(process_day.__file__).parent / "schemas" / "tables.json").read_text())
MUG, BOWL = "mug", "bowl"

once, twice = click(), click()
early, late = click(at="2026-11-20T09:00:00.000Z"), click(at="2026-11-20T23:59:59.999Z")
ahead = click(at="2026-11-22T00:04:00.000Z")
of_tomorrow = click(colour="a member of a release to come")
no_session = {name: value for name, value in click().items() if name != "sessionId"}
BAD: list[Event | str] = [
    "no json {",
    "",
    "[1, 2]",
    '"text"',
    click(quantity="many"),
    click(eventTime="yesterday"),
    no_session,
    click(kind="Wished"),
    click(at="2026-11-24T00:00:00.000Z"),
    click(at="1970-01-01T00:00:00.000Z"),
]
cut_off = [click() for _ in range(2_000)]
unzipped = click()

changed = order([line(MUG, 2, 1_000)])
refunded = {**changed, "version": 2, "payment": {**changed["payment"], "refunded": {"amount": 500, "currency": "EUR"}}}
removed = order([line(BOWL, 1, 4_000)])
of_weeks_ago = order([line(MUG, 1, 1_000)], at="2026-11-05T08:00:00.000Z")


@pytest.fixture(scope="module")
def made(lakes: Any) -> Lake:
    lake: Lake = lakes()
    lake.arrive("clicks", [early], at="2026-11-20T09")
    lake.arrive("clicks", [ahead], at="2026-11-21T23")
    lake.arrive("clicks", [once, twice, twice, late, of_tomorrow, *BAD])
    lake.arrive("clicks", [{**twice, "receiveTime": "2026-11-22T12:30:00.000Z"}], at=f"{DAY}T13")
    lake.arrive("clicks", list(cut_off), name="cut-off", content=lambda text: gzip.compress(text)[:-2_000])
    lake.arrive("clicks", [unzipped], name="unzipped", content=lambda text: text)
    lake.arrive("clicks", [], name="empty", content=lambda _: b"")
    lake.arrive("orders", [change(of_weeks_ago)], at="2026-11-05T08")
    lake.arrive("orders", [change({**of_weeks_ago, "version": 9, "status": "REFUNDED"}, of_weeks_ago)])
    lake.arrive("orders", [change(refunded, changed), change(changed), change(removed), change(None, removed), change(refunded, changed), "no order"])
    lake.run()
    return lake


def test_a_click_is_one_row_as_it_came_first_however_often_it_came(made: Lake) -> None:
    rows = [row for row in made.rows("clicks") if row["event_id"] == twice["eventId"]]
    assert [row["receive_time"].minute for row in rows] == [0]


def test_a_late_click_goes_to_its_own_day_which_is_made_anew(made: Lake) -> None:
    assert made.summary["days"] == ["2026-11-05", "2026-11-20", DAY]
    assert made.ids("clicks", "2026-11-20") == {early["eventId"], late["eventId"]}
    assert late["eventId"] not in made.ids("clicks")


def test_a_clock_that_is_ahead_puts_a_click_into_the_next_day(made: Lake) -> None:
    assert ahead["eventId"] in made.ids("clicks")


def test_what_is_no_click_is_put_aside_with_its_reason_and_the_rest_goes_on(made: Lake) -> None:
    assert {once["eventId"], of_tomorrow["eventId"]} <= made.ids("clicks")
    assert made.summary["clicks"]["quarantined"] == {
        "not JSON": 2,
        "a member has another type than the contract says": 4,
        "a member that the contract requires is missing": 1,
        "a member has a value that this release does not know": 1,
        "its time is long before or after it arrived": 2,
    }
    kept = made.spark.read.json(f"{made.folder}/processed/quarantine/clicks/day={DAY}/run=run-1").collect()
    assert len(kept) == made.summary["clicks"]["faulty"] == len(BAD)
    assert [row["line"] for row in kept if "Wished" in row["line"]] and all(row["fault"] and row["file"] for row in kept)
    assert made.summary["orders"]["quarantined"] == {"not JSON": 1}


def test_of_a_file_that_is_cut_off_the_whole_lines_go_on(made: Lake) -> None:
    saved = made.ids("clicks") & {event["eventId"] for event in cut_off}
    assert cut_off[0]["eventId"] in saved and cut_off[-1]["eventId"] not in saved and len(saved) > 1_500
    assert unzipped["eventId"] not in made.ids("clicks")
    faults = {file["file"].rpartition("/")[2]: file["fault"] for file in made.summary["clicks"]["brokenFiles"]}
    assert faults == {"cut-off.gz": "the file is cut off or damaged", "unzipped.gz": "the file is not gzip"}


def test_the_summary_counts_what_lies_in_the_tables(made: Lake) -> None:
    written = made.summary["tables"][DAY]
    assert written["clicks"] == {"rows": len(made.rows("clicks")), "distinct": len(made.ids("clicks")), "nulls": 0}
    assert written["orders"] == {"rows": 1, "distinct": 1, "nulls": 0}
    for kind in ("clicks", "orders"):
        assert made.summary[kind]["lines"] == made.summary[kind]["read"]


def test_an_order_is_as_it_stood_last_and_a_removed_one_is_gone(made: Lake) -> None:
    assert [(row["order_id"], row["version"], row["payment_refunded_amount"]) for row in made.rows("orders")] == [(changed["orderId"], 2, 500)]
    assert [(row["product_id"], row["vendor"], row["quantity"], row["line_total_amount"]) for row in made.rows("order_lines")] == [(MUG, "Clay & Co", 2, 2_000)]


def test_a_refund_has_the_day_of_its_order_made_anew(made: Lake) -> None:
    assert [row["status"] for row in made.rows("orders", "2026-11-05")] == ["REFUNDED"]


def test_who_ordered_and_where_they_live_is_in_no_table(made: Lake) -> None:
    [row] = made.rows("orders")
    assert row["shipping_address_country"] == "DE"
    assert not {"email", "shipping_address_name", "shipping_address_line1", "shipping_address_postal_code"} & set(row)


def test_a_day_made_twice_has_the_same_answer_and_leaves_the_first_alone(made: Lake) -> None:
    made.run(run="run-2")
    for table in TABLES:
        assert made.rows(table) == made.rows(table, run="run-2"), table


@pytest.mark.parametrize("table", TABLES)
def test_each_table_has_the_columns_that_the_catalogue_gives_it(made: Lake, table: str) -> None:
    written = made.spark.read.parquet(f"{made.folder}/processed/{table}/day={DAY}/run=run-1")
    assert [{"name": name, "type": kind} for name, kind in written.dtypes] == TABLES[table]


def test_a_day_without_anything_has_empty_tables(lakes: Any) -> None:
    lake: Lake = lakes()
    lake.run()
    assert lake.rows("clicks") == [] and lake.rows("similar_items") == []
    assert lake.summary["tables"][DAY]["orders"]["rows"] == 0


def test_late_events_of_more_days_than_one_run_makes_are_somebody_s_to_decide(lakes: Any) -> None:
    lake: Lake = lakes()
    lake.arrive("orders", [change(order([line(MUG, 1, 1_000)], at=f"2026-{10 + number // 30}-{1 + number % 30:02}T08:00:00.000Z")) for number in range(22, 52)])
    with pytest.raises(SystemExit, match="earlier days"):
        lake.run(most_days=5)


def test_a_day_that_is_none_is_refused(lakes: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        lakes().run(day="2026-13-01")
    assert "--day" in capsys.readouterr().err
