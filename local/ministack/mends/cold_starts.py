"""A call that finds every process of its function at work starts another at once, all of them at the same time: a burst on two cores
keeps each from being ready before its callers have given up, and those who try again make more of it.

Here such a call waits a moment for a process that becomes free, and as many processes start at a time as there are cores. On AWS an
execution environment has its own.
"""

import os
import threading
import time

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from .expectation import expect, expect_source

# About what a start takes. It ends, so that a function that calls itself gets another process.
_PATIENCE_SECONDS = 0.3
_starts = threading.BoundedSemaphore(os.cpu_count() or 1)


def apply():
    expect_source(__name__, lambda_runtime.acquire_worker, has=["if not worker.in_use", "key = _worker_key(func_name, config, qualifier)"], lacks=["wait("])
    expect(__name__, lambda_svc.acquire_worker is lambda_runtime.acquire_worker, "functions are called by workers of one pool")
    acquire, spawn = lambda_runtime.acquire_worker, lambda_runtime.Worker._spawn

    def acquire_in_a_moment(func_name, config, code_zip, qualifier="$LATEST", max_concurrency=None):
        key = lambda_runtime._worker_key(func_name, config, qualifier)
        until = time.monotonic() + _PATIENCE_SECONDS
        while _all_at_work(key) and time.monotonic() < until:
            time.sleep(0.01)
        return acquire(func_name, config, code_zip, qualifier=qualifier, max_concurrency=max_concurrency)

    def spawn_in_turn(self):
        with _starts:
            spawn(self)

    lambda_svc.acquire_worker = acquire_in_a_moment
    lambda_runtime.Worker._spawn = spawn_in_turn


def _all_at_work(key):
    with lambda_runtime._lock:
        workers = lambda_runtime._workers.get(key, [])
        return bool(workers) and all(worker.in_use for worker in workers)
