"""A task calls other services inside MiniStack's own process, as nobody.

Here it calls through the gateway, signed by the role of its state machine, as a function does by its own: what a person sees
of a call, and what is checked or made to fail there, holds for state machines too.
"""

import re

import ministack.app
from ministack.services import stepfunctions

from ..expectation import expect_source
from ..role_calls import NobodyAnswered, call, caller

_SIGNED_FOR = re.compile(r"Credential=[^,]*/([a-z0-9-]+)/aws4_request")


def apply():
    expect_source(__name__, stepfunctions._dispatch_aws_sdk_json, has=["app.call_service_handler_sync(", "Credential=test/"])
    expect_source(__name__, stepfunctions._invoke_dynamodb, has=["fn(input_data)"])
    in_process = ministack.app.call_service_handler_sync

    def through_the_gateway(handler, method, path, headers, body, query, timeout=None):
        if not caller():
            return in_process(handler, method, path, headers, body, query, timeout)
        service = _SIGNED_FOR.search(headers["authorization"])[1]
        kept = {name: value for name, value in headers.items() if name not in ("authorization", "host")}
        return call_in_task(service, method, path, kept, body, query)

    ministack.app.call_service_handler_sync = through_the_gateway
    stepfunctions._invoke_dynamodb = _dynamodb_by_its_sdk


def call_in_task(service, method, path, headers, body, query=None):
    """Like `call`; a broken connection is the task's error `<Service>.SdkClientException`, as it is of the AWS SDK."""
    try:
        return call(service, method, path, headers, body, query)
    except NobodyAnswered as error:
        prefix = stepfunctions._AWS_SDK_ERROR_PREFIX.get(service, service.capitalize())
        raise stepfunctions._ExecutionError(f"{prefix}.SdkClientException", f"Unable to execute HTTP request: {error}") from None


def _dynamodb_by_its_sdk(operation, arguments):
    """The optimized integration: the same call, but its errors begin with `DynamoDB.`, those of `aws-sdk:dynamodb` with `DynamoDb.`."""
    try:
        return stepfunctions._invoke_aws_sdk_integration(f"arn:aws:states:::aws-sdk:dynamodb:{operation}", arguments)
    except stepfunctions._ExecutionError as error:
        raise stepfunctions._ExecutionError(error.error.replace("DynamoDb.", "DynamoDB.", 1), error.cause) from None
