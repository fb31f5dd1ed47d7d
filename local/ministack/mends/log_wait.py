"""After each call of a function MiniStack waits 50 ms for log lines, also for a function that writes none: 19 requests a
second. What a function wrote before its answer is in the pipe before the answer is read, so here it is taken from the pipe
at once, by whoever comes first: the thread that follows the pipe, or the call.
"""

import codecs
import os
import select
import threading

from ministack.core import lambda_runtime

from .expectation import expect_source

_pipes_lock = threading.Lock()


def apply():
    worker = lambda_runtime.Worker
    drain = worker._drain_stderr_bounded
    expect_source(__name__, drain, has=["first_line_wait: float = 0.050", "idle_confirm: float = 0.005"])
    expect_source(__name__, worker._read_stderr, has=["for line in self._proc.stderr", "self._stderr_queue.put"])
    expect_source(__name__, worker._spawn, has=["self._stderr_queue = queue.Queue()", "target=self._read_stderr"])

    def drain_at_once(self, **waits):
        # A runtime of one's own writes elsewhere, and of a process that has ended the thread has read everything in a moment.
        if self._proc is None or self._proc.stderr is None:
            return drain(self, **{"first_line_wait": 0.002, "idle_confirm": 0.001, **waits})
        _pipe_of(self).take()
        return self._drain_stderr()

    worker._drain_stderr_bounded = drain_at_once
    worker._read_stderr = lambda self: _pipe_of(self).follow()


def _pipe_of(worker):
    process = worker._proc
    with _pipes_lock:
        if not hasattr(process, "log_pipe"):
            process.log_pipe = _LogPipe(process.stderr, worker._stderr_queue)
        return process.log_pipe


class _LogPipe:
    """What a function's process writes, line by line into a queue."""

    # More than a pipe holds.
    _ALL = 1024 * 1024

    def __init__(self, pipe, lines):
        self._pipe = pipe
        self._lines = lines
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._lock = threading.Lock()
        # One for each who waits: a poll of two threads at once is refused.
        self._followed, self._asked = _poll_of(pipe), _poll_of(pipe)

    def follow(self):
        """Takes lines as they come, until the process has closed its end."""
        while self.take():
            self._followed.poll()

    def take(self):
        """Takes what is in the pipe now; False at its end. A line without its end waits for it."""
        with self._lock:
            if not self._asked.poll(0):
                return True
            chunk = os.read(self._pipe.fileno(), self._ALL)
            *lines, self._rest = (self._rest + self._decoder.decode(chunk)).split("\n")
            if not chunk:
                lines, self._rest = [self._rest] if self._rest else [], ""
            for line in lines:
                self._lines.put(line)
            return bool(chunk)


def _poll_of(pipe):
    poll = select.poll()
    poll.register(pipe.fileno(), select.POLLIN)
    return poll
