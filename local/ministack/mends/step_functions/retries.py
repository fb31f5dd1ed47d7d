"""Retries know no MaxDelaySeconds or JitterStrategy and pause no longer than 60 seconds, and `States.ALL` stands for errors that AWS
never retries or catches by it.

AWS: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html.
"""

import random
import time

from ministack.services import stepfunctions

from ..expectation import expect_source

_NEVER_BY_ALL = {"States.Runtime", "States.DataLimitExceeded"}
_TIMED_OUT = ("States.Timeout", "States.HeartbeatTimeout")


def apply():
    expect_source(__name__, stepfunctions._with_retry_and_catch, has=["_scaled_sleep(min("], lacks=["MaxDelaySeconds", "JitterStrategy"])
    expect_source(__name__, stepfunctions._error_matches, has=['"States.ALL" in error_equals or error in error_equals'])
    stepfunctions._with_retry_and_catch = _with_retry_and_catch
    stepfunctions._error_matches = _matches


def pause_before_retry(state, error, retries):
    """Seconds until the next attempt, which is counted in `retries`; None when there is none."""
    for index, retrier in enumerate(state.get("Retry", [])):
        if not _matches(retrier["ErrorEquals"], error.error):
            continue
        count = retries.get(str(index), 0)
        if count >= retrier.get("MaxAttempts", 3):
            return None
        retries[str(index)] = count + 1
        pause = min(retrier.get("IntervalSeconds", 1) * retrier.get("BackoffRate", 2.0) ** count, retrier.get("MaxDelaySeconds", float("inf")))
        return random.uniform(0, pause) if retrier.get("JitterStrategy") == "FULL" else pause
    return None


def caught(state, state_input, context, error):
    """Output and next state of the catcher for `error`, which is raised again when there is none."""
    catcher = stepfunctions._find_matching_catcher(state.get("Catch", []), error.error)
    if catcher is None:
        raise error
    error_output = {"Error": error.error, "Cause": error.cause}
    language = stepfunctions._state_query_language(state, context)
    return stepfunctions._apply_catcher(catcher, state_input, context, language, error_output), catcher["Next"]


def _with_retry_and_catch(state, state_input, context, attempt):
    """Attempts at a Parallel or Map state."""
    entered, retries = context["State"], {}
    while True:
        # Branches share the context and leave their own state in it.
        context["State"] = {**entered, "RetryCount": sum(retries.values())}
        try:
            return attempt()
        except stepfunctions._ExecutionError as error:
            pause = pause_before_retry(state, error, retries)
            if pause is None:
                return caught(state, state_input, context, error)
            time.sleep(pause)


def _matches(names, error):
    if error in names or (error == "States.HeartbeatTimeout" and "States.Timeout" in names):
        return True
    if error in _NEVER_BY_ALL:
        return False
    return "States.ALL" in names or ("States.TaskFailed" in names and error not in _TIMED_OUT)
