"""After each call of a function MiniStack waits 50 ms for log lines, also for a function that writes none: 19 requests a
second. What a function wrote before its answer is in the pipe before the answer is read, so 2 ms are plenty; a later line
is found by the next call.
"""

from ministack.core import lambda_runtime

from .expectation import expect_source


def apply():
    drain = lambda_runtime.Worker._drain_stderr_bounded
    expect_source(__name__, drain, has=["first_line_wait: float = 0.050", "idle_confirm: float = 0.005"])

    def drain_soon(self, first_line_wait=0.002, idle_confirm=0.001, hard_cap=0.250):
        return drain(self, first_line_wait, idle_confirm, hard_cap)

    lambda_runtime.Worker._drain_stderr_bounded = drain_soon
