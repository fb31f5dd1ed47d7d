"""What an HTTP API answers when it cannot use a function, or a request.

1. A function that fails shows its error and its stack to the caller, with status 502. AWS answers 500 and shows nothing
   (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html).
2. A body of more than 10 MB is passed on. AWS answers 413
   (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html).
3. A request line and header values of more than 10,240 bytes are passed on. AWS refuses them (same quotas); with which
   status its documentation does not say: here it is RFC 6585's 431.
"""

import json

from ministack.services import apigateway, lambda_svc

from .expectation import expect_source

_JSON = {"Content-Type": "application/json"}
_FAILED = {"statusCode": 500, "headers": _JSON, "body": json.dumps({"message": "Internal Server Error"})}
_LARGEST_BODY = 10 * 1024 * 1024
_LARGEST_HEAD = 10_240


def apply():
    expect_source(__name__, lambda_svc.lambda_execute_result_to_api_proxy_response, has=['"statusCode": 502', '"statusCode" in err_body'])
    expect_source(__name__, apigateway._invoke_lambda_proxy, has=["_execute_function_with_config_scope"])
    expect_source(__name__, apigateway._handle_execute_in_scope, lacks=["413"])
    execute, handle = lambda_svc._execute_function_with_config_scope, apigateway._handle_execute_in_scope

    def execute_hiding_errors(record, event, *rest, **options):
        result = execute(record, event, *rest, **options)
        failed = isinstance(result, dict) and result.get("error") and not result.get("throttle")
        return {**result, "body": _FAILED} if failed and _is_http_api_event(event) else result

    async def handle_up_to_the_limits(api_id, stage, path, method, headers, body, query_params, account, region, raw_query=None):
        if len(body or b"") > _LARGEST_BODY:
            return 413, dict(_JSON), json.dumps({"message": "Request Entity Too Large"}).encode()
        request_line = f"{method} {path}?{raw_query or ''} HTTP/1.1"
        if len(request_line) + sum(map(len, (headers or {}).values())) > _LARGEST_HEAD:
            return 431, dict(_JSON), json.dumps({"message": "Request Header Fields Too Large"}).encode()
        return await handle(api_id, stage, path, method, headers, body, query_params, account, region, raw_query)

    lambda_svc._execute_function_with_config_scope = execute_hiding_errors
    apigateway._handle_execute_in_scope = handle_up_to_the_limits


def _is_http_api_event(event):
    context = event.get("requestContext") if isinstance(event, dict) and event.get("version") == "2.0" else None
    return isinstance(context, dict) and ".execute-api." in context.get("domainName", "")
