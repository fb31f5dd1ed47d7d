"""Services do things inside MiniStack's own process that AWS lets them do only where a policy allows it: call a function, publish
an alarm, read a stream, write a function's log.

Here the gateway is asked first, which knows the policies of roles and resources and writes down what each role did.
"""

import json
import logging
import os
import threading
import time
import urllib.request

from ministack.core.responses import get_account_id, get_region

_log = logging.getLogger("mends")
# How long an answer that all is allowed is kept: functions are called a hundred times a second.
_KEPT_SECONDS = 5
_allowed = {}
_told = set()
_lock = threading.Lock()


def role(arn, session):
    """A service that acts as a role it was given."""
    return {"role": arn, "session": session[:64]}


def service(name):
    """A service that acts for itself, e.g. `events.amazonaws.com`."""
    return {"service": name}


def need(action, resource, **keys):
    return {"action": action, "resource": resource, "keys": {name.replace("_", ":", 1): [value] for name, value in keys.items()}}


def refusals(who, needs, source=None):
    """Why `who` may not do what it needs to for the resource with the ARN `source`; empty when it may."""
    act = {"as": who, "account": get_account_id(), "region": get_region(), "needs": needs}
    if source:
        act["source"] = {"arn": source, "account": get_account_id()}
    key = json.dumps(act, sort_keys=True)
    if _allowed.get(key, 0) > time.monotonic():
        return []
    request = urllib.request.Request(f"{os.environ['LOCAL_GATEWAY_URL']}/_local/permissions", json.dumps(act).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        refused = json.load(answer)["refused"]
    if not refused:
        _keep(key)
    return refused


def may(who, needs, source=None):
    """Whether it may; what it may not is told in the log, once."""
    refused = refusals(who, needs, source)
    with _lock:
        new = [reason for reason in refused if reason not in _told]
        _told.update(new)
    for reason in new:
        _log.error("%s", reason)
    return not refused


def _keep(key):
    now = time.monotonic()
    with _lock:
        if len(_allowed) > 10_000:
            for old in [old for old, until in _allowed.items() if until <= now]:
                del _allowed[old]
        _allowed[key] = now + _KEPT_SECONDS
