"""An HTTP API without CORS answers every OPTIONS with 403 and `CORS not configured`.

AWS: only an API with CORS answers OPTIONS itself (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html);
elsewhere it is a method as any other, for the route that fits, `ANY` and `$default` among them.
"""

import functools

from ministack.services import apigateway

from .expectation import expect


def apply():
    expect(__name__, apigateway._cors_preflight_response({}, "")[0] == 403, "an API without CORS refuses a preflight")
    handle, match, invoke = apigateway._handle_execute_in_scope, apigateway._match_route, apigateway._invoke_lambda_proxy

    # Other mends read the source of what they mend: `wraps` leads them to it.
    @functools.wraps(handle)
    async def handle_as_any_method(api_id, stage, path, method, *rest, **options):
        has_cors = (apigateway._apis.get(api_id) or {}).get("corsConfiguration")
        # In lower case it is not taken for a preflight.
        return await handle(api_id, stage, path, "options" if method == "OPTIONS" and not has_cors else method, *rest, **options)

    @functools.wraps(invoke)
    async def invoke_with_method(integration, api_id, stage, path, method, *rest, **options):
        return await invoke(integration, api_id, stage, path, method.upper(), *rest, **options)

    apigateway._handle_execute_in_scope = handle_as_any_method
    apigateway._match_route = lambda api_id, method, path: match(api_id, method.upper(), path)
    apigateway._invoke_lambda_proxy = invoke_with_method
