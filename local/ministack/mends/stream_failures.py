"""Event sources on Kinesis and DynamoDB streams ignore `BisectBatchOnFunctionError`, `ReportBatchItemFailures` and
`MaximumRetryAttempts`, and so the destination for failures, except for batches that grew too old.

AWS: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html and
https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html. What differs here: retries follow one
another after at most two seconds, so that a person can watch them.
"""

import json
import time

from ministack.services import lambda_svc

from .event_source_pollers import current_mapping
from .expectation import expect, expect_source

_FOR_EVER = -1


def apply():
    for poll in (lambda_svc._poll_kinesis, lambda_svc._poll_dynamodb_streams):
        expect_source(__name__, poll, has=["_execute_function(func_rec, event)"], lacks=["ReportBatchItemFailures", "Bisect"])
    expect(__name__, callable(lambda_svc._send_ddb_stream_failure_record), "it can send the record of a failed batch")
    execute = lambda_svc._execute_function

    def execute_batch(function, event, *rest, **options):
        mapping = current_mapping()
        if mapping is None or not _is_stream(mapping) or "Records" not in (event if isinstance(event, dict) else {}):
            return execute(function, event, *rest, **options)
        return _Batch(execute, function, mapping).run(event["Records"])

    lambda_svc._execute_function = execute_batch


def _is_stream(mapping):
    return ":kinesis:" in mapping.get("EventSourceArn", "") or ":dynamodb:" in mapping.get("EventSourceArn", "")


class _Batch:
    def __init__(self, execute, function, mapping):
        self._execute, self._function, self._mapping = execute, function, mapping
        attempts = mapping.get("MaximumRetryAttempts")
        self._retries = _FOR_EVER if attempts is None else int(attempts)
        self._reports_items = "ReportBatchItemFailures" in (mapping.get("FunctionResponseTypes") or [])

    def run(self, records, calls=0):
        """Calls the function until every record is done with: handled, or given up on."""
        while True:
            result = self._execute(self._function, {"Records": records})
            calls += 1
            first_failed = 0 if result.get("error") else self._first_failed(records, result)
            if first_failed is None:
                return result
            if first_failed > 0:
                # Records before the first failed one count as handled: what is left is a new batch.
                records, calls = records[first_failed:], 1
            if self._mapping.get("BisectBatchOnFunctionError") and len(records) > 1:
                middle = len(records) // 2
                self.run(records[:middle])
                return self.run(records[middle:])
            given_up = self._reason_to_give_up(records, calls)
            if given_up:
                lambda_svc._send_ddb_stream_failure_record(self._mapping, self._function, records, self._mapping["EventSourceArn"], {**result, "calls": calls}, given_up)
                return {"body": None}
            if not self._mapping.get("Enabled", True):
                return {**result, "error": True}
            time.sleep(min(0.2 * 2 ** (calls - 1), 2))

    def _first_failed(self, records, result):
        if not self._reports_items:
            return None
        body = result.get("body")
        answer = json.loads(body) if isinstance(body, str) and body else body
        failures = (answer.get("batchItemFailures") if isinstance(answer, dict) else None) or []
        failed = {failure.get("itemIdentifier") for failure in failures}
        # An identifier that names no record fails the whole batch.
        if failed - {sequence_number(record) for record in records}:
            return 0
        return next((index for index, record in enumerate(records) if sequence_number(record) in failed), None)

    def _reason_to_give_up(self, records, calls):
        if self._retries != _FOR_EVER and calls > self._retries:
            return "RetryAttemptsExhausted"
        oldest, limit = min(arrived(record) for record in records), int(self._mapping.get("MaximumRecordAgeInSeconds") or _FOR_EVER)
        return "MaximumRecordAgeExceeded" if limit > 0 and time.time() - oldest > limit else None


def sequence_number(record):
    return (record.get("kinesis") or {}).get("sequenceNumber") or (record.get("dynamodb") or {}).get("SequenceNumber")


def arrived(record):
    return float((record.get("kinesis") or {}).get("approximateArrivalTimestamp") or (record.get("dynamodb") or {}).get("ApproximateCreationDateTime") or time.time())
