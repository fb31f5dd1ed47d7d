"""An execution that was running when the server ended has failed when it is back, and one that has failed cannot be redriven.
It follows the state machine as it is now, not as it was at the start, and has no TimeoutSeconds.

Here what an execution needs to go on is kept with it (`progress`): after a restart it goes on from the state it was in, which
may call its service once more; a wait for a task token goes on under the same token.
"""

import contextvars
import json
import logging
import os
import threading
import time
import urllib.request

from ministack.core.responses import now_iso, request_scope
from ministack.services import stepfunctions

from ..expectation import expect_source
from ..role_calls import calling_as
from . import history, progress, states
from .task_tokens import open_token

_log = logging.getLogger("mends")
_ENDS = {"SUCCEEDED": "ExecutionSucceeded", "FAILED": "ExecutionFailed", "TIMED_OUT": "ExecutionTimedOut"}


def apply():
    expect_source(__name__, stepfunctions._run_execution, has=["while current_name and execution["], lacks=["TimeoutSeconds"])
    expect_source(__name__, stepfunctions._start_execution, has=["args=(_run_execution, exec_arn)"])
    expect_source(__name__, stepfunctions._restore_state, has=["States.ServiceRestart"])
    expect_source(__name__, stepfunctions._run_sub_machine, lacks=["_add_event"])
    run_branch, restore = stepfunctions._run_sub_machine, stepfunctions._restore_state

    def run_unkept(*arguments):
        progress.leave_branch_unkept()
        return run_branch(*arguments)

    def restore_running(data):
        running = [(key, execution) for key, execution in data["executions"]._data.items() if _was_running(execution)] if data else []
        restore(data)
        for (account, region, _), execution in running:
            for ended in ("stopDate", "error", "cause"):
                execution[ended] = None
            execution["status"] = "RUNNING"
            _go_on_once_served(execution, account, region)

    stepfunctions._run_sub_machine = run_unkept
    stepfunctions._restore_state = restore_running
    stepfunctions._run_execution = lambda arn: _begin(stepfunctions._executions[arn])


def start_again(execution):
    """Runs the execution from its progress on, in a thread of its own."""
    threading.Thread(target=contextvars.copy_context().run, args=(_go_on, execution), daemon=True).start()


def _was_running(execution):
    return execution["status"] == "RUNNING" and not execution.get("sync")


def _go_on_once_served(execution, account, region):
    """A task's first call would find nobody while the server is still starting."""
    kept = execution.get("progress")
    if kept and kept.get("submitted"):
        open_token(kept["token"], execution)

    def go_on():
        while not _is_served():
            time.sleep(0.2)
        with request_scope(account, region):
            (_go_on if kept else _begin)(execution)

    threading.Thread(target=go_on, daemon=True).start()


def _is_served():
    try:
        with urllib.request.urlopen(os.environ["LOCAL_GATEWAY_URL"] + "/_ministack/health", timeout=5):
            return True
    except OSError:
        return False


def _begin(execution):
    machine = stepfunctions._state_machines[execution["stateMachineArn"]]
    history.begin(execution)
    execution["definition"], execution["roleArn"] = machine["definition"], machine["roleArn"]
    definition = json.loads(machine["definition"])
    progress.limit_time(execution, definition)
    progress.enter(execution, definition["StartAt"], json.loads(execution["input"]), {})
    _go_on(execution)


def _go_on(execution):
    """Runs the execution to its end, as the role of its state machine."""
    machine = execution["stateMachineArn"].rsplit(":", 1)[-1]
    progress.resume(execution)
    try:
        with calling_as(execution["roleArn"], machine):
            output = states.run(execution, json.loads(execution["definition"]))
        _end(execution, "SUCCEEDED", {"executionSucceededEventDetails": {"output": output, "outputDetails": {"truncated": False}}}, output=output)
    except progress.ExecutionEnded:
        return
    except progress.ExecutionTimedOut:
        _end(execution, "TIMED_OUT", {"executionTimedOutEventDetails": {"error": "States.Timeout"}}, error="States.Timeout")
    except stepfunctions._ExecutionError as error:
        details = {"error": error.error, "cause": error.cause}
        _end(execution, "FAILED", {"executionFailedEventDetails": details}, **details)
    except Exception as error:
        _log.exception("execution %s", execution["executionArn"])
        details = {"error": "States.Runtime", "cause": repr(error)}
        _end(execution, "FAILED", {"executionFailedEventDetails": details}, **details)


def _end(execution, status, event, output=None, error=None, cause=None):
    if not progress.goes_on(execution):
        return
    history.add(execution, _ENDS[status], event)
    execution.update({"status": status, "stopDate": now_iso(), "output": output, "error": error, "cause": cause})
    if status == "SUCCEEDED":
        # Only what can be redriven needs them, and it is saved with each execution.
        del execution["definition"], execution["progress"]
    stepfunctions._emit_execution_status_event(execution)
