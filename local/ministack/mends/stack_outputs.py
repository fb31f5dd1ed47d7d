"""`Fn::GetStackOutput`, what CDK writes for a weak reference between stacks, looks in its own account and region only, and
ignores `Region` and `RoleArn`.

AWS: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
"""

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudformation
from ministack.services.cloudformation import changesets, engine, handlers, stacks

from .expectation import expect, expect_source

_NAME = "Fn::GetStackOutput"


def apply():
    expect_source(__name__, engine._resolve_refs, has=[_NAME, '_stacks.get(str(target_stack))'], lacks=["RoleArn"])
    expect(__name__, callable(getattr(cloudformation._stacks, "get_scoped", None)), "its stacks can be read by account and region")
    resolve = engine._resolve_refs

    def resolve_with_stack_outputs(value, *context):
        if isinstance(value, dict) and isinstance(value.get(_NAME), dict):
            return _output(**{name: resolve(part, *context) for name, part in value[_NAME].items()})
        return resolve(value, *context)

    # The function calls itself by the name in its own module; the others imported it.
    for module in (engine, stacks, changesets, handlers):
        expect(__name__, module._resolve_refs is resolve, f"{module.__name__} resolves by the one function")
        module._resolve_refs = resolve_with_stack_outputs


def _output(StackName, OutputName, Region=None, RoleArn=None):  # noqa: N803, the names are the function's own
    account = RoleArn.split(":")[4] if RoleArn else get_account_id()
    region = Region or get_region()
    stack = cloudformation._stacks.get_scoped(account, region, StackName.split("/")[1] if StackName.startswith("arn:") else StackName)
    for output in (stack or {}).get("Outputs") or []:
        if output["OutputKey"] == OutputName:
            return output["OutputValue"]
    raise ValueError(f"Output {OutputName} of stack {StackName} does not exist in {account} {region}")
