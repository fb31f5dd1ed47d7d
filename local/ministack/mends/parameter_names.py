"""A parameter of Systems Manager without a name gets a path, `/<stack>/<logical id>`; AWS draws `CFN-<logical id>-<random>`, which is
what a policy for `parameter/<name>` is about.
"""

from ministack.core.responses import new_uuid
from ministack.services.cloudformation import provisioners

from .expectation import expect_source

_TYPE = "AWS::SSM::Parameter"


def apply():
    expect_source(__name__, provisioners._ssm_create, has=['props.get("Name") or f"/{stack_name}/{logical_id}"'])
    handler = provisioners._RESOURCE_HANDLERS[_TYPE]
    create = handler["create"]

    def create_named(logical_id, properties, stack_name):
        return create(logical_id, {"Name": f"CFN-{logical_id}-{new_uuid()[:12]}", **properties}, stack_name)

    provisioners._RESOURCE_HANDLERS[_TYPE] = {**handler, "create": create_named}
