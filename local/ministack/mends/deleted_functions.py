"""When CloudFormation deletes a function its processes stay, with 40 to 70 MB each."""

from ministack.core import lambda_runtime
from ministack.core.responses import get_account_id, get_region
from ministack.services.cloudformation import provisioners

from .expectation import expect, expect_source
from .resource_handlers import after_deletion


def apply():
    expect_source(__name__, provisioners._lambda_delete, lacks=["invalidate_worker"])
    expect(__name__, callable(lambda_runtime.invalidate_worker), "its workers can be invalidated")
    after_deletion(
        "AWS::Lambda::Function",
        lambda name, _: lambda_runtime.invalidate_worker(name, account=get_account_id(), region=get_region()),
    )
