"""A function runs whatever its role says. On AWS the role must trust Lambda, and allow to write the function's log: without that
the function runs and leaves none.

AWS: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html.
"""

from ministack.core import lambda_runtime
from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import lambda_svc

from .expectation import expect, expect_source
from .service_acts import may, need, role, service


class RoleNotAssumed(Exception):
    """The role defined for the function cannot be assumed by Lambda."""


def apply():
    expect_source(__name__, lambda_svc._emit_lambda_logs, has=['logging_cfg.get("LogGroup")'])
    expect(__name__, lambda_svc.execution_credentials is lambda_runtime.execution_credentials, "all functions get their credentials from one place")
    credentials, write_log = lambda_runtime.execution_credentials, lambda_svc._emit_lambda_logs

    def credentials_of_a_role_that_trusts_lambda(configuration):
        account, region = lambda_runtime._account_region_from_function_config(configuration)
        with request_scope(account, region):
            if not may(service("lambda.amazonaws.com"), [need("sts:AssumeRole", configuration["Role"])], configuration.get("FunctionArn")):
                raise RoleNotAssumed(f"The role defined for the function cannot be assumed by Lambda: {configuration['Role']}")
        return credentials(configuration)

    def write_log_if_allowed(function, *arguments, **options):
        if _may_write(function.get("config") or function):
            write_log(function, *arguments, **options)

    lambda_runtime.execution_credentials = lambda_svc.execution_credentials = credentials_of_a_role_that_trusts_lambda
    lambda_svc._emit_lambda_logs = write_log_if_allowed


def log_needs(configuration):
    """What writing the function's log takes."""
    group = (configuration.get("LoggingConfig") or {}).get("LogGroup") or f"/aws/lambda/{configuration['FunctionName']}"
    stream = f"arn:aws:logs:{get_region()}:{get_account_id()}:log-group:{group}:log-stream:{configuration['FunctionName']}"
    return [need("logs:CreateLogStream", stream), need("logs:PutLogEvents", stream)]


def _may_write(configuration):
    return may(role(configuration["Role"], configuration["FunctionName"]), log_needs(configuration))
