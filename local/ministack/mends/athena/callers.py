"""A query reads the catalogue and the files, and leaves its answer, as nobody: whoever may start one may read everything.

AWS: as whoever asks (https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html,
https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html).
"""

import asyncio
import contextvars
import json
import time
import urllib.parse

from ministack.core.responses import error_response_json
from ministack.services import athena, glue

from ..catalogue_acts import of_catalogue, of_files
from ..expectation import expect_source
from ..role_sessions import role_of_token
from ..service_acts import need, refusals, role
from .tables import is_projected, partitions_of

_asking = contextvars.ContextVar("asking", default=None)


def apply():
    expect_source(__name__, athena.handle_request, has=['"StartQueryExecution": _start_query_execution', '"GetQueryResults": _get_query_results'])
    expect_source(__name__, athena._start_query_execution, has=["asyncio.create_task(_execute_query("])
    expect_source(__name__, athena._table_references, has=["references.append(_TableReference(database, table,"])
    handle, rewrite, execute = athena.handle_request, athena._rewrite_data_paths, athena._execute_query

    async def handle_as_caller(method, path, headers, body, query_params):
        # The task that runs the query begins with a copy of this context.
        _asking.set(role_of_token(headers.get("x-amz-security-token", "")))
        if headers.get("x-amz-target", "").endswith(".GetQueryResults"):
            refused = await _refused(_answer_needs("s3:GetObject", json.loads(body).get("QueryExecutionId")))
            if refused:
                return error_response_json("InvalidRequestException", f"Access denied to the query's results. {refused}", 400)
        return await handle(method, path, headers, body, query_params)

    async def rewrite_as_caller(query, database, catalog=None):
        refused = await _refused([one for table in _tables_in(query, database) for one in _table_needs(table)])
        if refused:
            raise ValueError(f"Insufficient permissions to execute the query. {refused}")
        return await rewrite(query, database, catalog)

    async def execute_as_caller(query_id, *rest):
        refused = await _refused(_answer_needs("s3:PutObject", query_id))
        execution = athena._executions.get(query_id)
        if refused and execution:
            reason = f"Access denied when writing output to url: {execution['ResultConfiguration']['OutputLocation']}. {refused}"
            execution["Status"].update(State="FAILED", StateChangeReason=reason, CompletionDateTime=int(time.time()))
            return
        await execute(query_id, *rest)

    athena.handle_request, athena._rewrite_data_paths, athena._execute_query = handle_as_caller, rewrite_as_caller, execute_as_caller


async def _refused(needs):
    """Why the caller may not; None for an account's own key, which may do everything."""
    if not _asking.get() or not needs:
        return None
    refused = await asyncio.to_thread(refusals, role(*_asking.get()), needs)
    return refused[0] if refused else None


def _tables_in(query, database):
    references = ((one.database or database or "default", one.table) for one in athena._table_references(query))
    return [table for name in references if (table := glue._tables.get("/".join(name)))]


def _table_needs(table):
    database, name = table["DatabaseName"], table["Name"]
    needs = [*of_catalogue("GetDatabase", database), *of_catalogue("GetTable", database, name)]
    if not table.get("PartitionKeys") or is_projected(table):
        return [*needs, *of_files(table["StorageDescriptor"]["Location"])]
    files = (of_files(partition["StorageDescriptor"]["Location"]) for partition in partitions_of(table))
    return [*needs, *of_catalogue("GetPartitions", database, name), *(one for some in files for one in some)]


def _answer_needs(action, query_id):
    """What the answer's bucket and object are asked for: its bucket's region first."""
    execution = athena._executions.get(query_id)
    if not execution:
        return []
    answer = urllib.parse.urlparse(execution["ResultConfiguration"]["OutputLocation"])
    return [need("s3:GetBucketLocation", f"arn:aws:s3:::{answer.netloc}"), need(action, f"arn:aws:s3:::{answer.netloc}{answer.path}")]
