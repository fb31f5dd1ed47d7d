"""A call that finds every process of its function at work starts another at once, all of them at the same time: a burst on two cores
keeps each from being ready before its callers have given up, and those who try again make more of it.

Here such a call waits for a process that becomes free, a moment or as long as none could be started, and as many start at a time as
there are cores. On AWS an execution environment has its own.
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
_released = threading.Condition()


def apply():
    expect_source(__name__, lambda_runtime.acquire_worker, has=["for worker in entries:", "if not worker.in_use", "key = _worker_key(func_name, config, qualifier)"], lacks=["wait("])
    expect(__name__, lambda_svc.acquire_worker is lambda_runtime.acquire_worker, "functions are called by workers of one pool")
    expect(__name__, lambda_svc.release_worker is lambda_runtime.release_worker, "workers are given back to that pool")
    acquire, release, spawn = lambda_runtime.acquire_worker, lambda_runtime.release_worker, lambda_runtime.Worker._spawn

    def acquire_in_a_moment(func_name, config, code_zip, qualifier="$LATEST", max_concurrency=None):
        key = lambda_runtime._worker_key(func_name, config, qualifier)
        until = time.monotonic() + _PATIENCE_SECONDS
        while _one_may_become_free(key) and (time.monotonic() < until or not _could_start()):
            with _released:
                _released.wait(0.05)
        return acquire(func_name, config, code_zip, qualifier=qualifier, max_concurrency=max_concurrency)

    def release_and_tell(worker):
        release(worker)
        with _released:
            _released.notify_all()

    def spawn_in_turn(self):
        with _starts:
            spawn(self)

    lambda_svc.acquire_worker = acquire_in_a_moment
    lambda_svc.release_worker = release_and_tell
    lambda_runtime.Worker._spawn = spawn_in_turn


def _one_may_become_free(key):
    """Whether none is ready and some are at work. Puts those first that are ready: the first that is free is taken."""
    with lambda_runtime._lock:
        workers = lambda_runtime._workers.get(key, [])
        workers.sort(key=lambda worker: not _runs(worker))
        return any(worker.in_use for worker in workers) and not any(_runs(worker) and not worker.in_use for worker in workers)


def _runs(worker):
    process = worker._proc
    return process is not None and process.poll() is None


def _could_start():
    free = _starts.acquire(blocking=False)
    if free:
        _starts.release()
    return free
