"""A function whose process ends while it works fails with `Runtime.HandlerError`, as if its handler had thrown; one whose process
ends before it is ready, with the name of a Python exception.

AWS: `Runtime.ExitError` (https://repost.aws/knowledge-center/lambda-runtime-error), which Step Functions' Retry and Catch, and
people, go by.
"""

import inspect

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from .expectation import expect

# What a thrown error is not called: node_error_names gives it its own name.
_NAMES = {"Runtime.HandlerError", "RuntimeError", "BrokenPipeError"}
_ENDED = ("Worker process died", "Worker process exited immediately", "Worker returned no response")
_NOT_TAKEN = "[Errno 32] Broken pipe"


def apply():
    source = inspect.getsource(lambda_runtime)
    expect(__name__, all(words in source for words in _ENDED), "it has words of its own for a process that has ended")
    execute = lambda_svc._execute_function_warm

    def execute_to_its_end(function, event, request_id):
        result = execute(function, event, request_id)
        body = result.get("body") if result.get("error") else None
        if isinstance(body, dict) and body.get("errorType") in _NAMES and str(body.get("errorMessage")).startswith((*_ENDED, _NOT_TAKEN)):
            result["body"] = {"errorType": "Runtime.ExitError", "errorMessage": f"RequestId: {request_id} Error: Runtime exited with error"}
        return result

    lambda_svc._execute_function_warm = execute_to_its_end
