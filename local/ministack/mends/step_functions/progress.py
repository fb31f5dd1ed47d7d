"""How far an execution is, in what is saved of it: it can go on from there after a restart, or after it has failed.

`execution["progress"]` has the `state` that is entered, its `input`, the workflow's `variables`, and of the state in progress:
`retries` by the index of the retrier, `retryAt` in seconds since 1970, and for a task that waits to be called back its `token`,
whether it is `submitted`, its `deadline` and `heartbeat` in seconds.
"""

import contextvars
import time

from ministack.services import stepfunctions

_KEPT_BY_REDRIVING = ("state", "input", "variables", "entered")
_LONGEST_LOOK_SECONDS = 1.0
_step = contextvars.ContextVar("step", default=None)
# How often the execution had been redriven when this thread began: a thread of before must not go on beside its successor.
_redrives = contextvars.ContextVar("redrives", default=0)


class ExecutionEnded(Exception):
    """The execution was stopped while a state was in progress."""


class ExecutionTimedOut(Exception):
    """The execution took longer than the TimeoutSeconds of its state machine."""


def limit_time(execution, definition):
    """Begins to count the TimeoutSeconds of the state machine."""
    if "TimeoutSeconds" in definition:
        execution["deadline"] = time.time() + definition["TimeoutSeconds"]


def enter(execution, state, state_input, variables):
    """The execution's progress at the beginning of a state."""
    # A new object each time: the one before may be being saved.
    execution["progress"] = {"state": state, "input": state_input, "variables": dict(variables), "retries": {}}
    _step.set(execution["progress"])


def again(execution):
    """Makes the state in progress begin anew, as redriving an execution does."""
    kept = execution["progress"]
    execution["progress"] = {name: kept[name] for name in _KEPT_BY_REDRIVING if name in kept} | {"retries": {}}


def resume(execution):
    """This thread runs the execution from now on."""
    _step.set(execution["progress"])
    _redrives.set(execution.get("redriveCount", 0))


def step():
    """What is kept of the state in progress. Inside a branch of a Parallel or Map state nothing is: the whole state begins again."""
    kept = _step.get()
    return {"retries": {}} if kept is None else kept


def leave_branch_unkept():
    _step.set(None)


def goes_on(execution):
    """Whether the execution runs, and by this thread or one that it started."""
    return execution["status"] == "RUNNING" and execution.get("redriveCount", 0) == _redrives.get()


def check(execution):
    """Raises ExecutionEnded or ExecutionTimedOut when this thread is not to go on with the execution."""
    if not goes_on(execution):
        raise ExecutionEnded
    if time.time() > execution.get("deadline", float("inf")):
        raise ExecutionTimedOut


def wait_until(execution, moment):
    """Sleeps until `moment`, in seconds since 1970; raises like `check`."""
    wait_for(execution, time.sleep, moment)


def wait_for(execution, wait, deadline):
    """Calls `wait(seconds)` until it answers True; False when `deadline` comes first. Raises like `check`."""
    while True:
        check(execution)
        left = deadline - time.time()
        if left <= 0:
            return False
        if wait(min(left, _LONGEST_LOOK_SECONDS)):
            return True


def jsonata(state, context):
    return stepfunctions._state_query_language(state, context) == "JSONata"
