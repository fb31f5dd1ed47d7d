"""HTTP APIs as origins of CloudFront.

1. CloudFront cannot reach an API: it would dial `<api>.execute-api.<region>.amazonaws.com`. The API is in
this very process. A viewer's own Host forwarded to it is refused here as on AWS, where API Gateway finds no API of that name
(https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html).
2. `ApiEndpoint` names MiniStack's own port, which changes from start to start. Here it is the name that AWS would give, which
`public_names` turns into an address wherever it stands whole.
"""

import os
import re

import ministack.app
from ministack.core.responses import get_region
from ministack.services import apigateway, cloudfront
from ministack.services.cloudformation import provisioners

from . import public_names
from .expectation import expect, expect_source
from .resource_handlers import after_provisioning

_API_HOST = re.compile(r"^([a-z0-9-]+)\.execute-api\.(?:[a-z0-9-]+\.amazonaws\.com|localhost)(?::\d+)?$", re.IGNORECASE)
_FORBIDDEN = (403, "Forbidden", [("content-type", "application/json"), ("x-amzn-errortype", "ForbiddenException")], b'{"message":"Forbidden"}')


def apply():
    expect(__name__, ministack.app._EXECUTE_API_RE.pattern.startswith("^([a-f0-9]{8})"), "it knows an API by eight hexadecimal digits")
    expect_source(__name__, cloudfront._forward_to_origin, has=["_origin_connect_target(origin, viewer_is_https)", "_is_aws_owned_host"])
    # Both spellings of the host, as a template may give either.
    ministack.app._EXECUTE_API_RE = _API_HOST
    target, forward = cloudfront._origin_connect_target, cloudfront._forward_to_origin
    this_server = ("127.0.0.1", int(os.environ["GATEWAY_PORT"]), False)

    def connect_target(origin, viewer_is_https):
        return this_server if _API_HOST.match(origin["domain_name"]) else target(origin, viewer_is_https)

    def forward_to_origin(origin, method, uri, query_string, headers, *rest, **options):
        if _API_HOST.match(origin["domain_name"]) and headers.get("host", origin["domain_name"]) != origin["domain_name"]:
            return _FORBIDDEN
        return forward(origin, method, uri, query_string, headers, *rest, **options)

    cloudfront._origin_connect_target = connect_target
    cloudfront._forward_to_origin = forward_to_origin

    expect_source(__name__, provisioners._apigw_v2_api_create, has=['"apiEndpoint": f"', "GATEWAY_PORT"])
    after_provisioning("AWS::ApiGatewayV2::Api", _under_its_public_name)


def _under_its_public_name(api_id, attributes, _properties):
    endpoint = f"https://{api_id}.execute-api.{get_region()}.amazonaws.com"
    apigateway._apis[api_id]["apiEndpoint"] = public_names.reachable_text(endpoint)
    return {**attributes, "ApiEndpoint": endpoint}
