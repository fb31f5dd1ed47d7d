"""The folder that functions are unpacked into (TMPDIR)."""

import os
import pathlib
import shutil
import tempfile


def prepare():
    """Removes what earlier runs left, and provides the AWS SDK that Lambda's Node.js runtimes bring along
    (https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html): CDK's own custom resources, such as the one that
    empties a bucket before it is deleted, are not bundled with it. Node finds it by walking up from a function's code;
    only the SDK is linked, so that a function that forgot to bundle another package fails here as it does on AWS.
    """
    folder = pathlib.Path(os.environ["TMPDIR"])
    folder.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = None
    for left in folder.glob("ministack-lambda-*"):
        shutil.rmtree(left, ignore_errors=True)
    modules = folder / "node_modules"
    modules.mkdir(exist_ok=True)
    for scope in ("@aws-sdk", "@smithy"):
        link, target = modules / scope, pathlib.Path(os.environ["LOCAL_NODE_MODULES"]) / scope
        if link.is_symlink() or link.exists():
            link.unlink()
        link.symlink_to(target, target_is_directory=True)
