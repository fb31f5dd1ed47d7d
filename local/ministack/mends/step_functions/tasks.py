"""Attempts at a task: all share one task token, a time-out looks like any other failure, and HeartbeatSeconds is ignored.

AWS: https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html.
"""

import concurrent.futures
import contextvars
import threading
import time

from ministack.services import stepfunctions

from ..expectation import expect_source
from . import progress
from .history import TaskHistory, evaluation_failed
from .retries import caught, pause_before_retry
from .task_tokens import TaskTimedOut, close_token, new_token, open_token, wait

_CALLBACK = ".waitForTaskToken"
_LONGEST_SECONDS = 99_999_999
_given_up = contextvars.ContextVar("given_up", default=None)


def apply():
    expect_source(__name__, stepfunctions._execute_task, has=["_invoke_with_callback(", "_invoke_resource_with_timeout("], lacks=["TaskTimedOut"])
    stepfunctions._execute_task = _execute_task


def _execute_task(state, state_input, execution, context):
    """Output and next state; raises stepfunctions._ExecutionError when the task fails and nothing catches it."""
    step = progress.step()
    while True:
        context["State"]["RetryCount"] = sum(step["retries"].values())
        progress.wait_until(execution, step.get("retryAt", 0))
        try:
            return _attempt(_Task(state, state_input, execution, context, step)), stepfunctions._next_or_end(state)
        except stepfunctions._ExecutionError as error:
            pause = pause_before_retry(state, error, step["retries"])
            if pause is None:
                return caught(state, state_input, context, error)
            step["retryAt"] = time.time() + pause


class _Task:
    def __init__(self, state, state_input, execution, context, step):
        self.state, self.input, self.execution, self.context, self.step = state, state_input, execution, context, step
        self.resource = state["Resource"]
        self.history = TaskHistory(execution, self.resource)

    def evaluated(self, evaluate):
        """What `evaluate` answers; an expression that fails is told in the history."""
        try:
            return evaluate()
        except stepfunctions._ExecutionError as error:
            evaluation_failed(self.execution, self.context["State"]["Name"], error)
            raise

    def arguments(self):
        if progress.jsonata(self.state, self.context):
            return self.evaluated(lambda: stepfunctions._apply_jsonata_arguments(self.state, self.input, self.context))
        selected = stepfunctions._apply_input_path(self.state, self.input, self.context)
        return stepfunctions._apply_parameters(self.state, selected, self.context)

    def seconds(self, field):
        """TimeoutSeconds or HeartbeatSeconds, given as a number, an expression or a path; None when they are not given."""
        if f"{field}Path" in self.state:
            return stepfunctions._resolve_path_or_ctx(self.state[f"{field}Path"], self.input, self.context)
        if field not in self.state:
            return None
        return stepfunctions._apply_jsonata_template(self.state[field], self.input, self.context)

    def output(self, result):
        if progress.jsonata(self.state, self.context):
            return self.evaluated(lambda: self._jsonata_output(result))
        output = stepfunctions._apply_result_path(self.state, self.input, stepfunctions._apply_result_selector(self.state, result))
        return stepfunctions._apply_output_path(self.state, output, self.context)

    def _jsonata_output(self, result):
        output = stepfunctions._apply_jsonata_output(self.state, self.input, self.context, result=result, default=result)
        stepfunctions._apply_state_assign(self.state, self.input, self.context, result=result)
        return output


def _attempt(task):
    try:
        result = _callback(task) if task.resource.endswith(_CALLBACK) else _response(task)
    except TaskTimedOut as error:
        task.history.timed_out(error)
        raise
    task.history.succeeded(result)
    return task.output(result)


def _response(task):
    arguments, timeout = task.arguments(), task.seconds("TimeoutSeconds")
    task.history.scheduled(arguments, timeout, task.seconds("HeartbeatSeconds"))
    return _told_when_failed(task, lambda: _within(task, timeout, lambda: stepfunctions._invoke_resource(task.resource, arguments)))


def _callback(task):
    """A task that had been submitted before a restart goes on waiting under its token."""
    step = task.step
    if not step.get("submitted"):
        step["token"] = new_token(task.execution)
    open_token(step["token"], task.execution)
    task.context["Task"] = {"Token": step["token"]}
    try:
        if not step.get("submitted"):
            _submit(task)
        return _told_when_failed(task, lambda: wait(task.execution, step["token"], step["deadline"], step["heartbeat"]))
    finally:
        step["submitted"] = False
        close_token(step["token"])


def _submit(task):
    arguments, timeout, heartbeat = task.arguments(), task.seconds("TimeoutSeconds"), task.seconds("HeartbeatSeconds")
    task.step["deadline"], task.step["heartbeat"] = time.time() + (timeout or _LONGEST_SECONDS), heartbeat
    task.history.scheduled(arguments, timeout, heartbeat)
    resource = task.resource.removesuffix(_CALLBACK)
    answer = _told_when_failed(task, lambda: _within(task, timeout, lambda: stepfunctions._invoke_resource(resource, arguments)))
    task.step["submitted"] = True
    task.history.submitted(answer)


def _told_when_failed(task, call):
    try:
        return call()
    except TaskTimedOut:
        raise
    except stepfunctions._ExecutionError as error:
        task.history.failed(error)
        raise


def _within(task, timeout, call):
    """What `call` answers, unless the task's or the execution's time is over, or the execution is stopped; then nobody waits for it."""
    future = concurrent.futures.Future()
    given_up = threading.Event()

    def run():
        _given_up.set(given_up)
        try:
            future.set_result(call())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=contextvars.copy_context().run, args=(run,), daemon=True).start()
    done = threading.Event()
    future.add_done_callback(lambda _: done.set())
    try:
        if not progress.wait_for(task.execution, done.wait, time.time() + (timeout or _LONGEST_SECONDS)):
            raise TaskTimedOut("States.Timeout", "")
    finally:
        given_up.set()
    return future.result()


def until_given_up(seconds):
    """Waits so long, for what a task has begun elsewhere. Whether nobody waits for the task any more."""
    return _given_up.get().wait(seconds)
