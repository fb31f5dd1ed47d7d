"""One thread serves all event sources, and waits for each function: a batch of four seconds from one stream keeps every
other stream and queue waiting. AWS polls each event source on its own
(https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html); here each gets a thread.
"""

import logging
import sys
import threading
import time

from ministack.core import concurrency
from ministack.services import lambda_svc

from .expectation import expect, expect_source

_log = logging.getLogger("mends")
_POLLERS = {"sqs": "_poll_sqs", "kinesis": "_poll_kinesis", "dynamodb": "_poll_dynamodb_streams"}
# The module that reports work -> the service whose event sources may have it.
_REPORTERS = {"dynamodb": "dynamodb", "kinesis": "kinesis", "sqs": "sqs", "lambda_svc": "sqs"}

_mine = threading.local()
_wakes = {}
_lock = threading.Lock()


def current_mapping():
    """The event source mapping that the calling thread polls for, or None."""
    return getattr(_mine, "mapping", None)


def apply():
    for poll in _POLLERS.values():
        expect_source(__name__, getattr(lambda_svc, poll), has=["_iter_all_esms()"])
    expect_source(__name__, lambda_svc._poll_loop, has=["_poll_sqs()", "_esm_wake.wait"])
    expect(__name__, lambda_svc._esm_wake is concurrency.esm_wake, "one event wakes its poller")
    expect(__name__, type(concurrency.esm_wake) is threading.Event, "the event that wakes its poller is a plain one")

    all_mappings, ensure_poller = lambda_svc._iter_all_esms, lambda_svc._ensure_poller

    def my_mapping():
        wanted = getattr(_mine, "uuid", None)
        for account, region, mapping in all_mappings():
            if wanted is None or mapping.get("UUID") == wanted:
                _mine.mapping = mapping
                yield account, region, mapping
        _mine.mapping = None

    def supervise():
        while True:
            _keep_one_thread_each(all_mappings)
            time.sleep(1)

    def ensure_pollers():
        ensure_poller()
        _keep_one_thread_each(all_mappings)

    lambda_svc._iter_all_esms = my_mapping
    lambda_svc._poll_loop = supervise
    lambda_svc._ensure_poller = ensure_pollers
    concurrency.esm_wake.__class__ = _WakeOfOneService


class _WakeOfOneService(threading.Event):
    """Wakes the pollers of the service that has work, all of them when that cannot be told."""

    def set(self):
        reporter = sys._getframe(1).f_globals.get("__name__", "").rsplit(".", 1)[-1]
        service = _REPORTERS.get(reporter)
        for of_service, wake in list(_wakes.values()):
            if service in (None, of_service):
                wake.set()


def _keep_one_thread_each(all_mappings):
    with _lock:
        wanted = {mapping["UUID"]: _service_of(mapping) for _, _, mapping in all_mappings()}
        for gone in _wakes.keys() - wanted.keys():
            _wakes.pop(gone)[1].set()
        for uuid, service in wanted.items():
            if uuid not in _wakes and service in _POLLERS:
                _wakes[uuid] = (service, threading.Event())
                poll = getattr(lambda_svc, _POLLERS[service])
                threading.Thread(target=_poll_for_one, args=(uuid, _wakes[uuid][1], poll), daemon=True, name=f"poll-{service}-{uuid[:8]}").start()


def _service_of(mapping):
    parts = (mapping.get("EventSourceArn") or "").split(":")
    return parts[2] if len(parts) > 2 else ""


def _poll_for_one(uuid, wake, poll):
    _mine.uuid = uuid
    found_nothing = False
    while uuid in _wakes:
        wake.clear()
        try:
            worked = poll()
        except Exception:
            _log.exception("event source %s", uuid)
            worked = False
        if worked:
            found_nothing = False
            continue
        if found_nothing:
            time.sleep(0.01)
        found_nothing = wake.wait(1)
