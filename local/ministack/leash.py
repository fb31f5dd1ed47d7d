"""Ends this process when the supervisor that started it is gone: see local/supervisor/leash.mjs."""

import os
import signal
import stat
import sys
import threading


def end_with_supervisor():
    mode = os.fstat(0).st_mode
    if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
        threading.Thread(target=_wait_for_the_end, daemon=True, name="leash").start()


def _wait_for_the_end():
    while sys.stdin.buffer.raw.read(1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
