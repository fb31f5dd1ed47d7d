"""A query is run as it is written, in DuckDB's SQL and not in Athena's, and no limit holds for what it reads.

AWS: https://docs.aws.amazon.com/athena/latest/ug/functions-env3.html,
https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html.
"""

import contextvars
import os

from ministack.services import athena

from ..expectation import expect_source

_execution = contextvars.ContextVar("execution", default=None)


class ScanLimitExceeded(Exception):
    """The query would read more than its workgroup lets one read."""


def apply():
    expect_source(__name__, athena._execute_query, has=["await _run_duckdb(query, database, catalog)", '"State"] = "FAILED"'])
    expect_source(__name__, athena._run_duckdb, has=["await _rewrite_data_paths(query, database, catalog)"], lacks=["sqlglot"])
    run, rewrite, execute = athena._run_duckdb, athena._rewrite_data_paths, athena._execute_query

    async def execute_query(query_id, *rest):
        execution = athena._executions.get(query_id)
        _execution.set(execution)
        await execute(query_id, *rest)
        if execution and "scanned" in execution:
            execution["Statistics"]["DataScannedInBytes"] = execution.pop("scanned")
        if execution and execution.pop("overLimit", False):
            execution["Status"]["State"] = "CANCELLED"

    async def run_translated(query, database, catalog=None):
        try:
            return await run(in_duckdb_words(query), database, catalog)
        except Exception as error:
            if "Malformed JSON" not in str(error):
                raise
            raise ValueError(f"HIVE_CURSOR_ERROR: Failed to read file: {error}") from None

    async def rewrite_measured(query, database, catalog=None):
        rewritten, buckets, folders = await rewrite(query, database, catalog)
        _limit(_execution.get(), sum(_size(folder) for folder in folders))
        return rewritten, buckets, folders

    athena._execute_query, athena._run_duckdb, athena._rewrite_data_paths = execute_query, run_translated, rewrite_measured


def in_duckdb_words(query):
    """The query in DuckDB's SQL; a column without a name is `_col0`, as Athena names it."""
    # 19 MB that only whoever asks a query needs.
    import sqlglot
    from sqlglot import exp

    try:
        [statement] = sqlglot.parse(query.strip().rstrip(";"), read="athena")
    except (sqlglot.ParseError, ValueError) as error:
        raise ValueError(f"SYNTAX_ERROR: {error}") from None
    if isinstance(statement, exp.Select):
        for place, column in enumerate(statement.expressions):
            if not isinstance(column, (exp.Alias, exp.Column, exp.Star)):
                column.replace(exp.alias_(column.copy(), f"_col{place}"))
    return statement.sql(dialect="duckdb")


def _limit(execution, size):
    """Raises ScanLimitExceeded with the limit of the workgroup."""
    if execution is None:
        return
    execution["scanned"] = size
    configuration = (athena._workgroups.get(execution["WorkGroup"]) or {}).get("Configuration") or {}
    limit = configuration.get("BytesScannedCutoffPerQuery")
    if limit and size > int(limit):
        execution["overLimit"] = True
        raise ScanLimitExceeded(f"Bytes scanned limit was exceeded: the workgroup {execution['WorkGroup']} allows a query {limit} bytes")


def _size(folder):
    return sum(os.path.getsize(os.path.join(path, name)) for path, _, names in os.walk(folder) for name in names)
