"""The content of every Lambda layer is written, as text, into each save of all functions: the AWS CLI that CDK's BucketDeployment
brings along makes 30 MB of each environment, which holds up all calls for a second. As the code of functions, it is written
once into a file named after its hash.
"""

import hashlib
import os
import pathlib

from ministack.services import lambda_svc

from .expectation import expect, expect_source

_FILE = "_zip_file"


def apply():
    expect_source(__name__, lambda_svc.get_state, has=['"layers": copy.deepcopy(_layers)'])
    expect_source(__name__, lambda_svc._restore_state, has=['data.get("layers", {})'])
    expect(__name__, hasattr(lambda_svc, "_resolve_layer_zip"), "it reads the content of a layer from its version")
    get_state, restore_state = lambda_svc.get_state, lambda_svc._restore_state

    def get_state_without_contents():
        state = get_state()
        for version in _versions(state["layers"]):
            if version.get("_zip_data"):
                version[_FILE] = _written(version.pop("_zip_data"))
        return state

    def restore_state_and_contents(data):
        contents = {}
        for version in _versions(data.get("layers", {}) if data else {}):
            name = version.pop(_FILE, None)
            if name:
                contents[name] = contents.get(name) or (_folder() / name).read_bytes()
                version["_zip_data"] = contents[name]
        restore_state(data)

    lambda_svc.get_state, lambda_svc._restore_state = get_state_without_contents, restore_state_and_contents


def _versions(layers):
    # Of every account: the dictionary itself shows only those of the account that is asking.
    for layer in getattr(layers, "_data", layers).values():
        yield from layer["versions"]


def _written(content):
    name = f"{hashlib.sha256(content).hexdigest()}.zip"
    file = _folder() / name
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".new")
        unfinished.write_bytes(content)
        unfinished.replace(file)
    return name


def _folder():
    return pathlib.Path(os.environ["STATE_DIR"]) / "layers"
