"""Raw files are looked through before Spark reads them."""

import gzip

from jobs.survey import CUT_OFF, NOT_GZIP, look_through, salvage

DAYS = r'"day":"(\d{4}-\d{2}-\d{2})'
TEXT = b'{"day":"2026-11-22"}\n{"day":"2026-11-21"}\n'


def test_a_whole_file_is_counted_by_lines_and_days() -> None:
    assert look_through("a", gzip.compress(TEXT), DAYS) == ("a", 2, None, ("2026-11-21", "2026-11-22"))


def test_a_last_line_without_an_end_counts() -> None:
    assert look_through("a", gzip.compress(TEXT + b"{}"), DAYS).lines == 3


def test_several_gzip_members_are_one_file() -> None:
    assert look_through("a", gzip.compress(TEXT) + gzip.compress(TEXT), DAYS)[1:3] == (4, None)


def test_an_empty_file_is_whole() -> None:
    assert look_through("a", b"", DAYS) == look_through("a", gzip.compress(b""), DAYS) == ("a", 0, None, ())


def test_a_file_that_is_cut_off_or_none_of_gzip_is_told_apart() -> None:
    whole = gzip.compress(TEXT)
    assert look_through("a", whole[:-4], DAYS).fault == CUT_OFF
    assert look_through("a", whole + whole[:9], DAYS).fault == CUT_OFF
    assert look_through("a", whole + b"left over", DAYS).fault == CUT_OFF
    assert look_through("a", TEXT, DAYS).fault == NOT_GZIP


def test_what_is_saved_of_a_broken_file_is_what_was_counted() -> None:
    lines = b"".join(b'{"number":%d}\n' % number for number in range(5_000))
    broken = gzip.compress(lines)[:-500]
    saved = salvage(broken)
    assert saved[0] == '{"number":0}' and saved[-1].endswith("}") and 4_000 < len(saved) < 5_000
    assert look_through("a", broken, DAYS).lines == len(saved)
    assert salvage(lines) == []
