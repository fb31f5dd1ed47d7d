"""A parameter without a name gets one that begins with a slash. The CDK's ARN of it has that slash twice then, so a policy that
allows reading just this parameter allows nothing.

AWS: `CFN-<logical id>-<random>`.
"""

from ministack.core.responses import new_uuid
from ministack.services.cloudformation import provisioners

from .expectation import expect_source


def apply():
    expect_source(__name__, provisioners._ssm_create, has=['props.get("Name") or f"/{stack_name}/{logical_id}"'])
    handler = provisioners._RESOURCE_HANDLERS["AWS::SSM::Parameter"]
    create = handler["create"]

    def create_named(logical_id, properties, stack_name):
        name = properties.get("Name") or f"CFN-{logical_id}-{new_uuid().replace('-', '')[:12]}"
        return create(logical_id, {**properties, "Name": name}, stack_name)

    provisioners._RESOURCE_HANDLERS["AWS::SSM::Parameter"] = {**handler, "create": create_named}
