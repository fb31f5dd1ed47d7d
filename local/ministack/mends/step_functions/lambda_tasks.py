"""`lambda:invoke` answers without the function's version, knows no throttling, and sends the whole input where there is no Payload.

AWS: https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html, error names:
https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html.
"""

import json
import urllib.parse

from ministack.services import stepfunctions

from ..expectation import expect_source
from .calls import call_in_task

_RESOURCE = "arn:aws:states:::lambda:invoke"


def apply():
    expect_source(__name__, stepfunctions._invoke_resource, has=['return {"StatusCode": 200, "Payload": result}', "_call_lambda(func_ref, input_data)"])
    expect_source(__name__, stepfunctions._call_lambda, has=["lambda_svc._execute_function_with_config_scope"])
    invoke_resource = stepfunctions._invoke_resource

    def invoke(resource, arguments):
        return _invoke(arguments) if resource.startswith(_RESOURCE) else invoke_resource(resource, arguments)

    stepfunctions._invoke_resource = invoke
    stepfunctions._call_lambda = lambda function, event: _invoke({"FunctionName": function, "Payload": event})["Payload"]


def _invoke(arguments):
    """Raises stepfunctions._ExecutionError under the name of the function's own error, or of Lambda's."""
    headers = {"content-type": "application/json", "x-amz-invocation-type": arguments.get("InvocationType", "RequestResponse")}
    path = f"/2015-03-31/functions/{urllib.parse.quote(arguments['FunctionName'], safe='')}/invocations"
    query = {"Qualifier": arguments["Qualifier"]} if arguments.get("Qualifier") else None
    status, answered, body = call_in_task("lambda", "POST", path, headers, json.dumps(arguments.get("Payload", {})), query)
    if status >= 400:
        raise stepfunctions._ExecutionError(f"Lambda.{_error_code(answered, body)}", body.decode(errors="replace"))
    payload = json.loads(body) if body else ""
    if answered.get("x-amz-function-error"):
        name = payload.get("errorType") if isinstance(payload, dict) else None
        raise stepfunctions._ExecutionError(name or "Lambda.Unknown", body.decode(errors="replace"))
    return {"ExecutedVersion": answered.get("x-amz-executed-version", "$LATEST"), "Payload": payload, "StatusCode": status}


def _error_code(headers, body):
    if headers.get("x-amzn-errortype"):
        return headers["x-amzn-errortype"].split(":")[0]
    try:
        return json.loads(body)["__type"].rsplit("#", 1)[-1]
    except (ValueError, KeyError, TypeError):
        return "AWSLambdaException"
