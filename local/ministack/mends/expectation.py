"""How a mend says that what it mends is no longer there."""

import importlib.metadata
import inspect

WRITTEN_FOR = "1.5.33"


class MendOutdated(Exception):
    """MiniStack has changed where a mend takes hold: read the new source, then adapt the mend or drop it."""


def expect(mend, holds, what):
    """Raises MendOutdated unless `holds`.

    mend: the mend's module name; what: what should still be true of MiniStack, as a clause.
    """
    if not holds:
        version = importlib.metadata.version("ministack")
        raise MendOutdated(
            f"{mend.rsplit('.', 1)[-1]}: expected of MiniStack that {what}, but version {version} (mended for {WRITTEN_FOR}) "
            f"does otherwise. See local/ministack/{mend.replace('.', '/')}.py"
        )


def expect_source(mend, function, *, has=(), lacks=()):
    """Raises MendOutdated unless the source of `function` has and lacks these pieces."""
    source = inspect.getsource(function)
    for piece in has:
        expect(mend, piece in source, f"{function.__qualname__} has {piece!r}")
    for piece in lacks:
        expect(mend, piece not in source, f"{function.__qualname__} has no {piece!r}")
