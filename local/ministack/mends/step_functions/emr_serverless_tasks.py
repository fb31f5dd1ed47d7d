"""`emr-serverless:startJobRun` is not there, nor its `.sync`, which waits for the job and cancels it when nobody waits any more.

AWS: https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-serverless.html.
"""

import json
import re
import urllib.parse
import uuid

from api_types.clients import client
from api_types.shapes import UnknownProperty, to_shape
from ministack.services import stepfunctions

from ..expectation import expect_source
from .calls import call_in_task
from .tasks import until_given_up

_PREFIX = "arn:aws:states:::emr-serverless:"
_ENDED_BADLY = ("FAILED", "CANCELLED")
_BETWEEN_LOOKS_SECONDS = 0.5


def apply():
    expect_source(__name__, stepfunctions._invoke_resource, lacks=["emr-serverless"])
    invoke_resource = stepfunctions._invoke_resource

    def invoke(resource, arguments):
        return _invoke(resource.removeprefix(_PREFIX), arguments) if resource.startswith(_PREFIX) else invoke_resource(resource, arguments)

    stepfunctions._invoke_resource = invoke


def _invoke(action, arguments):
    if action == "startJobRun":
        return _pascal(_start(arguments))
    if action == "startJobRun.sync":
        return _pascal(_ended(_start(arguments)))
    raise stepfunctions._ExecutionError("States.Runtime", f"emr-serverless:{action} is not known on this machine")


def _start(arguments):
    shape = client("emr-serverless").meta.service_model.operation_model("StartJobRun").input_shape
    try:
        body = {"clientToken": str(uuid.uuid4()), **to_shape(arguments, shape)}
    except UnknownProperty as unknown:
        raise stepfunctions._ExecutionError("States.Runtime", f"The field {unknown} is not supported by emr-serverless:startJobRun") from None
    return _call("POST", f"/applications/{_quoted(body.pop('applicationId', ''))}/jobruns", body)


def _ended(started):
    """The job run as it ended; `States.TaskFailed` with it as cause when it ended badly."""
    place = f"/applications/{_quoted(started['applicationId'])}/jobruns/{_quoted(started['jobRunId'])}"
    while True:
        run = _call("GET", place)["jobRun"]
        if run["state"] == "SUCCESS":
            return run
        if run["state"] in _ENDED_BADLY:
            raise stepfunctions._ExecutionError("States.TaskFailed", json.dumps(_pascal(run)))
        if until_given_up(_BETWEEN_LOOKS_SECONDS):
            _call("DELETE", place)
            raise stepfunctions._ExecutionError("States.TaskFailed", "Nobody waits for the job any more: it was cancelled")


def _call(method, path, body=None):
    status, headers, content = call_in_task("emr-serverless", method, path, {"content-type": "application/json"}, json.dumps(body) if body is not None else None)
    try:
        answer = json.loads(content) if content else {}
    except ValueError:
        raise stepfunctions._ExecutionError("EMRServerless.SdkClientException", content.decode(errors="replace")) from None
    if status >= 400:
        raise stepfunctions._ExecutionError(f"EMRServerless.{headers.get('x-amzn-errortype', 'EmrServerlessException').split(':')[0]}", answer.get("message", ""))
    return answer


def _pascal(value):
    """An answer as Step Functions shows it: members in PascalCase."""
    if isinstance(value, dict):
        return {re.sub("^.", lambda first: first[0].upper(), name): _pascal(inner) for name, inner in value.items()}
    return [_pascal(inner) for inner in value] if isinstance(value, list) else value


def _quoted(part):
    return urllib.parse.quote(part, safe="")
