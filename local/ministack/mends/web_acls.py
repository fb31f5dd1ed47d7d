"""Web ACLs from templates, so that the gateway can judge by them as GetWebACL gives them.

1. Custom bodies of responses and the association's settings are dropped.
2. What is searched for is text in a template and base64 in the API
   (https://docs.aws.amazon.com/waf/latest/APIReference/API_ByteMatchStatement.html).
"""

import base64

from ministack.services import waf

from .expectation import expect_source
from .resource_handlers import before_provisioning

_DROPPED = ("CustomResponseBodies", "AssociationConfig", "CaptchaConfig", "ChallengeConfig", "TokenDomains")


def apply():
    expect_source(__name__, waf.create_web_acl_record, has=["_web_acls.set_scoped"], lacks=list(_DROPPED))
    expect_source(__name__, waf.update_web_acl_record, has=['acl["Rules"] = '], lacks=list(_DROPPED))
    create, update = waf.create_web_acl_record, waf.update_web_acl_record

    def create_whole(name, scope, properties):
        uid, arn, record = create(name, scope, properties)
        return uid, arn, _whole(record, properties)

    waf.create_web_acl_record = create_whole
    waf.update_web_acl_record = lambda record, properties: _whole(update(record, properties), properties)
    before_provisioning("AWS::WAFv2::WebACL", _as_the_api_says)


def _whole(record, properties):
    for name in _DROPPED:
        record.pop(name, None)
        if name in properties:
            record[name] = properties[name]
    return record


def _as_the_api_says(value):
    if isinstance(value, list):
        return [_as_the_api_says(item) for item in value]
    if not isinstance(value, dict):
        return value
    said = {name: _as_the_api_says(item) for name, item in value.items() if name not in ("SearchString", "SearchStringBase64")}
    if "SearchString" in value:
        said["SearchString"] = base64.b64encode(value["SearchString"].encode()).decode()
    if "SearchStringBase64" in value:
        said["SearchString"] = value["SearchStringBase64"]
    return said
