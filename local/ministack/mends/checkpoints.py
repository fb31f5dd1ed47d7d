"""State is saved at a clean stop only: a killed server comes back without anything that was made since the last one.

Here what has changed is also saved while the server runs: once nothing has changed for some seconds, and while changes go on,
now and then. What functions are is saved after an operation of CloudFormation or Lambda itself, not with every call of one.
Executions of state machines come first: what they have done is then at most saved later than how far they are, and done again.
"""

import logging
import re
import threading
import time

import ministack.app
from ministack.core import persistence
from ministack.services.cloudformation import stacks

from .expectation import expect, expect_source

_log = logging.getLogger("mends")
_QUIET_SECONDS, _LONGEST_SECONDS = 3, 30
_SIGNED_FOR = re.compile(rb"Credential=[^,]*/([a-z0-9-]+)/aws4_request")
EXECUTIONS = "stepfunctions"
# The name a call is signed for -> the file its state is in, where the two differ.
_FILES = {"cognito-idp": "cognito", "events": "eventbridge", "logs": "cloudwatch_logs", "states": EXECUTIONS, "monitoring": "cloudwatch", "wafv2": "waf"}

_changed = set()
_first_change = _last_change = 0.0
_lock = threading.Lock()


def apply():
    expect_source(__name__, ministack.app._handle_lifespan, has=["save_all(_build_persistence_save_dict())"])
    expect_source(__name__, stacks._add_event, has=["ResourceStatus"])
    expect(__name__, callable(persistence.save_state), "it saves the state of one service at a time")
    serve, add_event, readers = ministack.app.app, stacks._add_event, ministack.app._build_persistence_save_dict

    def executions_first():
        return dict(sorted(readers().items(), key=lambda item: item[0] != EXECUTIONS))

    async def serve_and_notice(scope, receive, send):
        try:
            await serve(scope, receive, send)
        finally:
            if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS"):
                notice(_changed_by(scope))

    def add_event_and_notice(stack_id, stack_name, logical_id, resource_type, status, *rest, **options):
        add_event(stack_id, stack_name, logical_id, resource_type, status, *rest, **options)
        if resource_type == "AWS::CloudFormation::Stack" and status.endswith(("_COMPLETE", "_FAILED")):
            notice(set(ministack.app._build_persistence_save_dict()))

    ministack.app.app = serve_and_notice
    ministack.app._build_persistence_save_dict = executions_first
    stacks._add_event = add_event_and_notice
    # A line for each of ninety files, each time, would bury the rest of the log.
    logging.getLogger("persistence").setLevel(logging.WARNING)
    if persistence.PERSIST_STATE:
        threading.Thread(target=_save_when_quiet, daemon=True, name="checkpoints").start()


def _changed_by(scope):
    authorization = dict(scope["headers"]).get(b"authorization", b"")
    signed = _SIGNED_FOR.search(authorization)
    if not signed:
        return {"cognito"} if not scope["path"].startswith("/_ministack/") else set()
    service = signed.group(1).decode()
    if service == "lambda":
        return set() if scope["path"].endswith("/invocations") else {"lambda"}
    if service == "cloudformation":
        return set()
    return {_FILES.get(service, service)}


def notice(files):
    """Says that the state in these files has changed."""
    global _first_change, _last_change
    if files:
        with _lock:
            _last_change = time.monotonic()
            _first_change = _first_change if _changed else _last_change
            _changed.update(files)


def _save_when_quiet():
    while True:
        time.sleep(1)
        with _lock:
            now = time.monotonic()
            due = _changed and (now - _last_change > _QUIET_SECONDS or now - _first_change > _LONGEST_SECONDS)
            files = set(_changed) if due else set()
            _changed.difference_update(files)
        for file, read_state in ministack.app._build_persistence_save_dict().items() if files else ():
            if file in files:
                _save(file, read_state)


def _save(file, read_state):
    try:
        state = read_state()
    except RuntimeError as error:
        # Something changed while it was read: the next time is soon.
        _log.debug("%s is read again: %s", file, error)
        notice({file})
        return
    if state is not None:
        persistence.save_state(file, state)
