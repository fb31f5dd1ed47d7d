"""An HTTP API's throttling.

1. MiniStack keeps a stage's rate and burst and never looks at them. AWS has a token bucket of each route's own
   (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html) and answers 429 without a
   Retry-After. Here a bucket is exact, where AWS calls its own a target, and asked before the authorizer.
2. Settings from a template keep the template's spelling, in which GetStage does not know them.
3. Settings for a route that does not exist are taken. AWS refuses them.
"""

import time

from ministack.services import apigateway

from .expectation import expect_source
from .resource_handlers import after_provisioning, before_provisioning

_TOO_MANY = (429, {"Content-Type": "application/json"}, b'{"message":"Too Many Requests"}')


def apply():
    expect_source(__name__, apigateway._handle_execute_in_scope, has=["_match_route(api_id, method, route_path_in)"], lacks=["throttling"])
    handle = apigateway._handle_execute_in_scope
    buckets = {}

    async def handle_what_is_within(api_id, stage, path, method, *rest):
        # AWS selects the route of a path with extra leading slashes as if it had one.
        route = apigateway._match_route(api_id, method, "/" + path.lstrip("/"))
        if route and not _takes(buckets, api_id, stage, route["routeKey"]):
            return _TOO_MANY[0], dict(_TOO_MANY[1]), _TOO_MANY[2]
        return await handle(api_id, stage, path, method, *rest)

    apigateway._handle_execute_in_scope = handle_what_is_within
    before_provisioning("AWS::ApiGatewayV2::Stage", _as_the_api_says)
    after_provisioning("AWS::ApiGatewayV2::Stage", _unless_a_route_is_missing)


def _takes(buckets, api_id, stage, route_key):
    """Whether the route's bucket has a token for one more request, which is then spent."""
    kept = apigateway._stages.get(api_id, {}).get(stage, {})
    settings = {**kept.get("defaultRouteSettings", {}), **kept.get("routeSettings", {}).get(route_key, {})}
    rate, burst = settings.get("throttlingRateLimit"), settings.get("throttlingBurstLimit")
    if rate is None or burst is None:
        return True
    now = time.monotonic()
    tokens, since = buckets.get((api_id, stage, route_key), (burst, now))
    tokens = min(burst, tokens + (now - since) * rate)
    taken = tokens >= 1
    buckets[api_id, stage, route_key] = (tokens - 1 if taken else tokens, now)
    return taken


def _unless_a_route_is_missing(_stage_name, attributes, properties):
    routes = {route["routeKey"] for route in apigateway._routes.get(properties["ApiId"], {}).values()}
    for route_key in properties.get("RouteSettings") or {}:
        if route_key not in routes:
            raise ValueError(f"Unable to find Route by key {route_key} within the provided RouteSettings")
    return attributes


def _as_the_api_says(properties):
    return {
        **properties,
        "DefaultRouteSettings": _in_lower_camel_case(properties.get("DefaultRouteSettings")),
        "RouteSettings": {key: _in_lower_camel_case(settings) for key, settings in (properties.get("RouteSettings") or {}).items()},
    }


def _in_lower_camel_case(settings):
    return {name[0].lower() + name[1:]: value for name, value in (settings or {}).items()}
