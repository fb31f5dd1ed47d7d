"""A function whose process ends while it works fails with `Runtime.HandlerError`, as if its handler had thrown; one whose process
ends before it is ready, with the name of a Python exception, and every other process of the function is ended with it.

AWS: `Runtime.ExitError` (https://repost.aws/knowledge-center/lambda-runtime-error), which Step Functions' Retry and Catch, and
people, go by; execution environments know nothing of each other.
"""

import inspect

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from .expectation import expect

_ENDED_AT_WORK = ("Worker process died", "Worker returned no response")
_NEVER_READY = "Worker process exited immediately"
_NOT_TAKEN = "[Errno 32] Broken pipe"


def apply():
    source = inspect.getsource(lambda_runtime)
    expect(__name__, all(words in source for words in (*_ENDED_AT_WORK, _NEVER_READY)), "it has words of its own for a process that has ended")
    invoke, execute = lambda_runtime.Worker.invoke, lambda_svc._execute_function_warm

    def invoke_alone(self, *arguments, **options):
        try:
            return invoke(self, *arguments, **options)
        except (RuntimeError, BrokenPipeError) as ended:
            if str(ended).startswith((_NEVER_READY, _NOT_TAKEN)):
                return {"status": "error", "error": str(ended)}
            raise

    def execute_to_its_end(function, event, request_id):
        result = execute(function, event, request_id)
        body = result.get("body") if result.get("error") else None
        # What a handler has thrown has a name of its own by now.
        if isinstance(body, dict) and body.get("errorType") == "Runtime.HandlerError" and str(body.get("errorMessage")).startswith((*_ENDED_AT_WORK, _NEVER_READY, _NOT_TAKEN)):
            result["body"] = {"errorType": "Runtime.ExitError", "errorMessage": f"RequestId: {request_id} Error: Runtime exited with error"}
        return result

    lambda_runtime.Worker.invoke = invoke_alone
    lambda_svc._execute_function_warm = execute_to_its_end
