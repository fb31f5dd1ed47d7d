"""EMR 7 runs jobs with Python 3.9, which this machine need not have."""

import ast
from pathlib import Path

import jobs
import pytest

SOURCES = sorted(Path(jobs.__file__ or "").parent.glob("*.py"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_a_job_is_written_in_the_python_that_emr_has(source: Path) -> None:
    text = source.read_text()
    tree = ast.parse(text, feature_version=(3, 9))
    # `str | None` is an error there where it is evaluated.
    unions = [node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr)]
    assert not unions or "from __future__ import annotations" in text
