"""An HTTP API calls any function. On AWS a function's own policy must allow API Gateway to, for the route; otherwise the API answers 500.

AWS: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html.
"""

import asyncio
import json

from ministack.core.responses import request_scope
from ministack.services import apigateway

from .expectation import expect_source
from .service_acts import may, need, service

_FAILED = (500, {"Content-Type": "application/json"}, json.dumps({"message": "Internal Server Error"}).encode())


def apply():
    expect_source(__name__, apigateway._invoke_lambda_proxy, has=["query_params,\n    route_key=", "owner_account_id=None", "_extract_lambda_ref_from_integration_uri("])
    invoke = apigateway._invoke_lambda_proxy

    async def invoke_if_allowed(integration, api_id, stage, path, method, headers, body, query, route_key, *rest, owner_account_id, owner_region, **options):
        route = f"{api_id}/{stage}/{route_key.replace(' ', '', 1)}"
        if not await asyncio.to_thread(_allowed, integration, route, owner_account_id, owner_region):
            return _FAILED
        owner = {"owner_account_id": owner_account_id, "owner_region": owner_region}
        return await invoke(integration, api_id, stage, path, method, headers, body, query, route_key, *rest, **owner, **options)

    apigateway._invoke_lambda_proxy = invoke_if_allowed


def _allowed(integration, route, account, region):
    function = apigateway._extract_lambda_ref_from_integration_uri(integration.get("integrationUri", ""))
    with request_scope(account, region):
        return may(service("apigateway.amazonaws.com"), [need("lambda:InvokeFunction", function)], f"arn:aws:execute-api:{region}:{account}:{route}")
