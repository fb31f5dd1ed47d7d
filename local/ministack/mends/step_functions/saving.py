"""All executions are copied and written anew whenever one has changed: some thousand orders keep the server busy for seconds.

Here an execution that has ended is turned into text once; while others run, reading their state is tried again, since at a clean
stop there is no second time.
"""

import copy
import json
import time

from ministack.core.responses import AccountRegionScopedDict
from ministack.services import stepfunctions

from ..expectation import expect_source

_PACKED = "packed"
_OTHERS = ("state_machines", "tags", "activities", "state_machine_versions", "state_machine_aliases", "map_runs")
# (account, region, ARN) -> (how many events it had, its text)
_texts = {}


def apply():
    expect_source(__name__, stepfunctions.get_state, has=[f'"{name}": copy.deepcopy(_{name})' for name in ("executions", *_OTHERS)])
    restore = stepfunctions._restore_state

    def restore_unpacked(data):
        if data:
            executions = data["executions"]._data
            executions.update({key: json.loads(saved[_PACKED]) for key, saved in executions.items() if _PACKED in saved})
        restore(data)

    stepfunctions.get_state = lambda: _again_while_changing(_state)
    stepfunctions._restore_state = restore_unpacked


def _state():
    executions = AccountRegionScopedDict()
    executions._data.update({key: _saved(key, execution) for key, execution in list(stepfunctions._executions._data.items())})
    return {"executions": executions, **{name: copy.deepcopy(getattr(stepfunctions, f"_{name}")) for name in _OTHERS}}


def _saved(key, execution):
    if not execution["stopDate"]:
        return copy.deepcopy(execution)
    events = len(execution["events"])
    if _texts.get(key, (0,))[0] != events:
        _texts[key] = (events, json.dumps(execution))
    return {_PACKED: _texts[key][1]}


def _again_while_changing(read):
    for _ in range(20):
        try:
            return read()
        except RuntimeError:
            time.sleep(0.01)
    return read()
