"""An execution's history does not say what happened to a task: it lacks when an attempt began, its arguments and time-outs, names
a service by its whole resource, and links no event to the one before.

AWS: https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html. Events of a function's own ARN as
resource are called LambdaFunction…, those of every other task Task….
"""

import json
import threading

from ministack.core.responses import get_region, now_iso
from ministack.services import stepfunctions

from .. import checkpoints
from ..expectation import expect_source

_adding = threading.Lock()


def apply():
    expect_source(__name__, stepfunctions._add_event, has=['len(execution["events"]) + 1'], lacks=["previousEventId"])
    stepfunctions._add_event = add


def add(execution, event_type, details=None):
    """Adds an event; the execution will be saved soon."""
    with _adding:
        last = len(execution["events"])
        event = {"id": last + 1, "previousEventId": last, "type": event_type, "timestamp": now_iso(), **(details or {})}
        execution["events"].append(event)
    checkpoints.notice({checkpoints.EXECUTIONS})
    return event


def begin(execution):
    """Links the first event, which MiniStack adds when it takes the execution."""
    execution["events"][0]["previousEventId"] = 0


def state_entered(execution, state_type, name, state_input):
    details = {"name": name, "input": json.dumps(state_input), "inputDetails": {"truncated": False}}
    add(execution, f"{state_type}StateEntered", {"stateEnteredEventDetails": details})


def state_exited(execution, state_type, name, output):
    details = {"name": name, "output": json.dumps(output), "outputDetails": {"truncated": False}}
    add(execution, f"{state_type}StateExited", {"stateExitedEventDetails": details})


def evaluation_failed(execution, state, error):
    add(execution, "EvaluationFailed", {"evaluationFailedEventDetails": {"state": state, "error": error.error, "cause": error.cause}})


class TaskHistory:
    """The events of one attempt at a task."""

    def __init__(self, execution, resource):
        self._execution = execution
        self._function = ":function:" in resource
        self._place = {} if self._function else _place(resource)
        self._resource = resource

    def scheduled(self, arguments, timeout, heartbeat):
        limits = {name: int(seconds) for name, seconds in (("timeoutInSeconds", timeout), ("heartbeatInSeconds", heartbeat)) if seconds}
        text = json.dumps(arguments)
        if self._function:
            limits.pop("heartbeatInSeconds", None)
            self._add("Scheduled", {"resource": self._resource, "input": text, **limits})
            add(self._execution, "LambdaFunctionStarted")
        else:
            self._add("Scheduled", {"region": get_region(), "parameters": text, **limits})
            self._add("Started", {})

    def submitted(self, answer):
        self._add("Submitted", {"output": json.dumps(answer), "outputDetails": {"truncated": False}})

    def succeeded(self, output):
        self._add("Succeeded", {"output": json.dumps(output), "outputDetails": {"truncated": False}})

    def failed(self, error):
        self._add("Failed", {"error": error.error, "cause": error.cause})

    def timed_out(self, error):
        self._add("TimedOut", {"error": error.error, "cause": error.cause})

    def _add(self, suffix, details):
        event_type = ("LambdaFunction" if self._function else "Task") + suffix
        add(self._execution, event_type, {f"{event_type[0].lower()}{event_type[1:]}EventDetails": {**self._place, **details}})


def _place(resource):
    """`arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken` is `updateItem.waitForTaskToken` of `aws-sdk:dynamodb`."""
    if ":activity:" in resource:
        return {"resourceType": "activity", "resource": resource}
    service, _, action = resource.split(":::", 1)[-1].partition(":")
    if service == "aws-sdk":
        name, _, action = action.partition(":")
        service = f"aws-sdk:{name}"
    return {"resourceType": service, "resource": action}
