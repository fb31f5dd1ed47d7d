"""Starts MiniStack with this project's mends.

Environment beside MiniStack's own (https://pypi.org/project/ministack): LOCAL_GATEWAY_URL, where AWS calls that MiniStack
itself makes are sent; LOCAL_NODE_MODULES, whose AWS SDK stands in for the one that Lambda's runtimes bring along.
"""

import functions_folder
import mends

if __name__ == "__main__":
    functions_folder.prepare()
    mends.apply_all()
    from ministack.app import main

    main()
