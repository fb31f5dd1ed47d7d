"""`PermissionsBoundary` of a role in a template is dropped."""

from ministack.services import iam
from ministack.services.cloudformation import provisioners

from .expectation import expect_source
from .resource_handlers import after_provisioning


def apply():
    expect_source(__name__, provisioners._iam_role_create, lacks=["PermissionsBoundary"])
    after_provisioning("AWS::IAM::Role", _bound)


def _bound(name, attributes, properties):
    iam._roles[name]["PermissionsBoundary"] = properties.get("PermissionsBoundary")
    return attributes
