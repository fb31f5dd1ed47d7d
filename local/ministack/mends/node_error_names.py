"""An error thrown by a Node.js function loses its name, `errorType` is always `Runtime.HandlerError`, and ends its process.

AWS gives the error's own name and its stack, which Step Functions' Catch and Retry, and people, go by
(https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html), and calls the same process again.
"""

import threading

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from .expectation import expect, expect_source

_REPORT = 'status: "error", error: String(err.message || err), trace: err.stack || ""'
# "ok" is what keeps the process; whoever asks is told "error".
_NAMED = _REPORT.replace('"error"', '"ok"', 1) + ', errorName: String((err && err.name) || "Error"), stack: String((err && err.stack) || "").split("\\n")'
_last = threading.local()


def apply():
    expect(__name__, _REPORT in lambda_runtime._NODEJS_WORKER_SCRIPT, "its Node.js worker reports an error's message and trace")
    expect_source(__name__, lambda_svc._execute_function_warm, has=['error_type = "Runtime.HandlerError"', "worker.invoke("])
    lambda_runtime._NODEJS_WORKER_SCRIPT = lambda_runtime._NODEJS_WORKER_SCRIPT.replace(_REPORT, _NAMED)
    invoke, execute = lambda_runtime.Worker.invoke, lambda_svc._execute_function_warm

    def invoke_and_remember(self, *arguments, **options):
        answer = invoke(self, *arguments, **options)
        _last.answer = answer if isinstance(answer, dict) and answer.get("errorName") else None
        return {**answer, "status": "error"} if _last.answer else answer

    def execute_with_error_name(*arguments, **options):
        _last.answer = None
        result = execute(*arguments, **options)
        body = result.get("body") if isinstance(result, dict) else None
        if _last.answer and isinstance(body, dict) and body.get("errorType") == "Runtime.HandlerError":
            result["body"] = {"errorType": _last.answer["errorName"], "errorMessage": body["errorMessage"], "trace": _last.answer["stack"]}
        return result

    lambda_runtime.Worker.invoke = invoke_and_remember
    lambda_svc._execute_function_warm = execute_with_error_name
