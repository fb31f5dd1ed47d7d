"""Payload format 2.0 leaves cookies in a header. AWS gives them as `cookies`, one entry each, and no header
(https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
"""

from ministack.services import apigateway, lambda_svc

from .expectation import expect_source


def apply():
    expect_source(__name__, apigateway._invoke_lambda_proxy, has=["_execute_function_with_config_scope"], lacks=['event["cookies"]', '"cookies":'])
    execute = lambda_svc._execute_function_with_config_scope

    def execute_with_cookies(record, event, *rest, **options):
        if isinstance(event, dict) and event.get("version") == "2.0" and "rawPath" in event and "type" not in event:
            header = (event.get("headers") or {}).pop("cookie", None)
            if header:
                event["cookies"] = [cookie.strip() for cookie in header.split(";") if cookie.strip()]
        return execute(record, event, *rest, **options)

    lambda_svc._execute_function_with_config_scope = execute_with_cookies
