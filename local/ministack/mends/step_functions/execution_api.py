"""The API of executions: an execution that is started twice is always refused, RedriveExecution is not there, and a failed
execution shows an output that it has not got, but not whether it can be redriven.

AWS: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html (idempotent for the same name and
input while it runs) and https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html. What differs here: of a
Parallel or Map state all branches begin again, not only the failed ones.
"""

import json
import re

from ministack.core.responses import error_response_json, get_account_id, get_region, json_response, now_iso
from ministack.services import stepfunctions

from ..expectation import expect_source
from . import executions, history, progress

_NAME = re.compile(r'[^\s<>{}\[\]?*"#%\\^|~`$&,;:/\x00-\x1f\x7f-\x9f]{1,80}')
_REDRIVABLE = ("FAILED", "ABORTED", "TIMED_OUT")


def apply():
    expect_source(__name__, stepfunctions._start_execution, has=["Execution already exists"])
    expect_source(__name__, stepfunctions._describe_execution, lacks=["redriveCount"])
    expect_source(__name__, stepfunctions.handle_request, has=['"StopExecution": _stop_execution'], lacks=["RedriveExecution"])
    handle, start = stepfunctions.handle_request, stepfunctions._start_execution
    describe, list_executions = stepfunctions._describe_execution, stepfunctions._list_executions

    async def handle_with_redrives(method, path, headers, body, query):
        if headers.get("x-amz-target", "").endswith(".RedriveExecution"):
            return stepfunctions._finalize_response(_redrive(json.loads(body)))
        return await handle(method, path, headers, body, query)

    stepfunctions.handle_request = handle_with_redrives
    stepfunctions._start_execution = lambda data: _running_already(data) or _refused(data) or start(data)
    stepfunctions._describe_execution = lambda data: _completed(describe(data), lambda found: _told(found))
    stepfunctions._list_executions = lambda data: _completed(list_executions(data), lambda page: {**page, "executions": [_listed(found) for found in page["executions"]]})


def _running_already(data):
    machine = stepfunctions._resolve_state_machine_arn(data.get("stateMachineArn", ""))
    name = data.get("name")
    if not machine or not name:
        return None
    execution = stepfunctions._executions.get(f"arn:aws:states:{get_region()}:{get_account_id()}:execution:{machine.rsplit(':', 1)[-1]}:{name}")
    if execution is None:
        return None
    if execution["status"] == "RUNNING" and execution["input"] == data.get("input", "{}"):
        return json_response({"executionArn": execution["executionArn"], "startDate": execution["startDate"]})
    return error_response_json("ExecutionAlreadyExists", f"Execution Already Exists: '{execution['executionArn']}'", 400)


def _refused(data):
    if data.get("name") and not _NAME.fullmatch(data["name"]):
        return error_response_json("InvalidName", f"Invalid Name: '{data['name']}'", 400)
    try:
        json.loads(data.get("input", "{}"))
    except ValueError as error:
        return error_response_json("InvalidExecutionInput", f"Invalid State Machine Execution Input: '{error}'", 400)
    return None


def _redrive(data):
    execution = stepfunctions._executions.get(data.get("executionArn"))
    if execution is None:
        return error_response_json("ExecutionDoesNotExist", f"Execution Does Not Exist: '{data.get('executionArn')}'", 400)
    if execution["status"] not in _REDRIVABLE:
        return error_response_json("ExecutionNotRedrivable", f"Execution is {execution['status']} and cannot be redriven", 400)
    redriven = now_iso()
    progress.again(execution)
    progress.limit_time(execution, json.loads(execution["definition"]))
    execution.update({"redriveCount": execution.get("redriveCount", 0) + 1, "redriveDate": redriven, "stopDate": None, "error": None, "cause": None, "status": "RUNNING"})
    history.add(execution, "ExecutionRedriven", {"executionRedrivenEventDetails": {"redriveCount": execution["redriveCount"]}})
    stepfunctions._emit_execution_status_event(execution)
    executions.start_again(execution)
    return json_response({"redriveDate": redriven})


def _completed(answer, complete):
    status, headers, body = answer
    return answer if status >= 400 else json_response(complete(json.loads(body)))


def _told(found):
    execution = stepfunctions._executions[found["executionArn"]]
    redrivable = execution["status"] in _REDRIVABLE
    found = _listed(found) | {"redriveStatus": "REDRIVABLE" if redrivable else "NOT_REDRIVABLE"}
    if not redrivable:
        found["redriveStatusReason"] = f"Execution is {execution['status']} and cannot be redriven"
    return found


def _listed(found):
    execution = stepfunctions._executions[found["executionArn"]]
    redriven = {"redriveDate": execution["redriveDate"]} if execution.get("redriveDate") else {}
    kept = {name: value for name, value in found.items() if value is not None and not (name == "outputDetails" and found.get("output") is None)}
    return {**kept, "redriveCount": execution.get("redriveCount", 0), **redriven}
