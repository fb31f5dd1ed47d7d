"""Starts MiniStack with this project's mends and the CloudFormation types it lacks.

Environment beside MiniStack's own (https://pypi.org/project/ministack): LOCAL_GATEWAY_URL, where AWS calls that MiniStack
itself makes are sent; LOCAL_NODE_MODULES, whose AWS SDK stands in for the one that Lambda's runtimes bring along;
LOCAL_PUBLIC_NAMES, the servers that stand for public origins (mends/public_names.py).
"""

import sys

import deployed
import functions_folder
import leash
import mends
import types_without_effect
from api_types import handlers as api_types
from mends.expectation import MendOutdated


def main():
    leash.end_with_supervisor()
    functions_folder.prepare()
    try:
        mends.apply_all()
    except MendOutdated as outdated:
        sys.exit(f"MiniStack cannot be mended. {outdated}")
    api_types.apply()
    types_without_effect.apply()
    deployed.serve()

    import ministack.app

    ministack.app.main()


if __name__ == "__main__":
    main()
