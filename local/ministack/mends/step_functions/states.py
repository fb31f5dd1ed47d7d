"""Runs the states of an execution, one after another."""

import json
import time

from ministack.core.responses import now_iso
from ministack.services import stepfunctions

from . import history, progress

_BY_CONTEXT = {"Pass": "_execute_pass", "Choice": "_execute_choice"}
_BY_EXECUTION = {"Task": "_execute_task", "Parallel": "_execute_parallel", "Map": "_execute_map"}


def run(execution, definition):
    """The output of the last state, as JSON, from the execution's progress on.

    Raises stepfunctions._ExecutionError with what a state failed with, or like `progress.check`.
    """
    context = _context(execution, definition)
    while True:
        progress.check(execution)
        step = progress.step()
        name, state_input = step["state"], step["input"]
        state = definition["States"][name]
        context["State"] = {"Name": name, "EnteredTime": now_iso(), "RetryCount": 0}
        context.pop("Task", None)
        if not step.get("entered"):
            step["entered"] = True
            history.state_entered(execution, state["Type"], name, state_input)
        output, following = _execute(state, state_input, execution, context)
        progress.check(execution)
        history.state_exited(execution, state["Type"], name, output)
        if following is None:
            return json.dumps(output)
        progress.enter(execution, following, output, context["variables"])


def _context(execution, definition):
    return {
        "QueryLanguage": definition.get("QueryLanguage", "JSONPath"),
        "Execution": {
            "Id": execution["executionArn"],
            "Input": json.loads(execution["input"]),
            "Name": execution["name"],
            "RoleArn": execution["roleArn"],
            "StartTime": execution["startDate"],
            "RedriveCount": execution.get("redriveCount", 0),
        },
        "StateMachine": {"Id": execution["stateMachineArn"], "Name": execution["stateMachineArn"].rsplit(":", 1)[-1]},
        "variables": dict(execution["progress"]["variables"]),
    }


def _execute(state, state_input, execution, context):
    """Output and name of the next state, None at the end."""
    kind = state["Type"]
    if kind in _BY_EXECUTION:
        return getattr(stepfunctions, _BY_EXECUTION[kind])(state, state_input, execution, context)
    if kind == "Wait":
        return _wait(state, state_input, execution, context)
    if kind == "Succeed":
        selected = stepfunctions._apply_input_path(state, state_input, context)
        return stepfunctions._apply_output_path(state, selected, context), None
    if kind == "Fail":
        raise stepfunctions._ExecutionError(*stepfunctions._fail_state_error(state, state_input, context))
    return getattr(stepfunctions, _BY_CONTEXT[kind])(state, state_input, context)


def _wait(state, state_input, execution, context):
    if not progress.jsonata(state, context):
        return stepfunctions._execute_wait(state, state_input, context)
    step = progress.step()
    if "until" not in step:
        if "Timestamp" in state:
            step["until"] = stepfunctions._parse_ts(stepfunctions._jsonata_wait_timestamp(state, state_input, context)).timestamp()
        else:
            step["until"] = time.time() + stepfunctions._jsonata_wait_seconds(state, state_input, context)
    progress.wait_until(execution, step["until"])
    output = stepfunctions._apply_jsonata_output(state, state_input, context, default=state_input)
    stepfunctions._apply_state_assign(state, state_input, context)
    return output, stepfunctions._next_or_end(state)
