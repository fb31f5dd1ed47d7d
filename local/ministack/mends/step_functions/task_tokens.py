"""Task tokens: a token names nothing, is forgotten by a restart, and one that is no token, has been used or came too late is
answered alike; the HeartbeatSeconds of a task are ignored.

AWS: https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html.
"""

import base64
import json
import threading
import time

from ministack.core.responses import error_response_json, json_response, new_uuid
from ministack.services import stepfunctions

from ..expectation import expect_source
from . import progress

_waiting = {}


def apply():
    for operation in (stepfunctions._send_task_success, stepfunctions._send_task_failure, stepfunctions._send_task_heartbeat):
        expect_source(__name__, operation, has=['"TaskDoesNotExist", "Task token not found"'])
    expect_source(__name__, stepfunctions._invoke_with_callback, has=["evt.wait(timeout=timeout)"], lacks=["Heartbeat"])
    stepfunctions._send_task_success = _for_open_task(stepfunctions._send_task_success, _succeed)
    stepfunctions._send_task_failure = _for_open_task(stepfunctions._send_task_failure, _fail)
    stepfunctions._send_task_heartbeat = _for_open_task(stepfunctions._send_task_heartbeat, _beat)


class TaskTimedOut(stepfunctions._ExecutionError):
    """The task took longer than its TimeoutSeconds, or gave no sign of life for its HeartbeatSeconds."""


class _Waiting:
    def __init__(self, execution):
        self.execution = execution
        self.answered = threading.Event()
        self.beat = time.time()
        self.output = self.error = None


def new_token(execution):
    name = json.dumps({"execution": execution["executionArn"], "task": new_uuid()})
    return base64.urlsafe_b64encode(name.encode()).decode()


def open_token(token, execution):
    """From here on, unless it was so already, an answer to the token is taken."""
    _waiting.setdefault(token, _Waiting(execution))


def close_token(token):
    _waiting.pop(token, None)


def wait(execution, token, deadline, heartbeat):
    """The output that SendTaskSuccess brings. `deadline`: seconds since 1970; `heartbeat`: seconds or None.

    Raises stepfunctions._ExecutionError with what SendTaskFailure brings, TaskTimedOut, or like `progress.check`.
    """
    waiting = _waiting[token]
    while True:
        limit = min(deadline, waiting.beat + heartbeat) if heartbeat else deadline
        if progress.wait_for(execution, waiting.answered.wait, limit):
            break
        if time.time() >= deadline:
            raise TaskTimedOut("States.Timeout", "")
        if time.time() >= waiting.beat + heartbeat:
            raise TaskTimedOut("States.HeartbeatTimeout", "")
    if waiting.error:
        raise waiting.error
    return json.loads(waiting.output)


def _for_open_task(of_activities, then):
    def operation(data):
        token = data.get("taskToken") or ""
        if stepfunctions._task_tokens.get(token):
            return of_activities(data)
        waiting = _waiting.get(token)
        if waiting is None or waiting.answered.is_set() or waiting.execution["status"] != "RUNNING":
            return _refusal(token)
        return then(waiting, data) or json_response({})

    return operation


def _refusal(token):
    try:
        execution = stepfunctions._executions.get(json.loads(base64.urlsafe_b64decode(token))["execution"])
    except (ValueError, KeyError, TypeError):
        return error_response_json("InvalidToken", "Invalid Token: 'Invalid token'", 400)
    if execution is None:
        return error_response_json("TaskDoesNotExist", "Task does not exist", 400)
    return error_response_json("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'", 400)


def _succeed(waiting, data):
    try:
        json.loads(data.get("output", ""))
    except ValueError as error:
        return error_response_json("InvalidOutput", f"Invalid Output: '{error}'", 400)
    waiting.output = data["output"]
    waiting.answered.set()


def _fail(waiting, data):
    waiting.error = stepfunctions._ExecutionError(data.get("error") or "States.TaskFailed", data.get("cause") or "")
    waiting.answered.set()


def _beat(waiting, _data):
    waiting.beat = time.time()
