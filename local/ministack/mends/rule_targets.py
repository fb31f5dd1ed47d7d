"""A function that a rule calls is called once: an event that it fails at, or dies of, is lost.

AWS: the event goes to Lambda's asynchronous invocation, which tries twice more, or as often as the alias's event invoke config says
(https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).
"""

import json
import logging

from ministack.services import eventbridge, lambda_svc

from .expectation import expect, expect_source

_log = logging.getLogger("mends")


def apply():
    expect_source(__name__, eventbridge._dispatch_to_lambda, has=["_execute_function_with_config_scope"], lacks=["invoke_async_with_retry"])
    expect(__name__, callable(lambda_svc.invoke_async_with_retry), "it has an asynchronous invocation that tries again")
    eventbridge._dispatch_to_lambda = _invoke


def _invoke(arn, payload):
    function, configuration, name = lambda_svc._get_func_record_for_ref(arn)
    if not function or not configuration:
        _log.warning("A rule's target, the function %s, is not there", name)
        return
    whole, _, _ = lambda_svc._get_base_func_record_for_ref(arn)
    _, qualifier = lambda_svc._lambda_function_name_and_qualifier_from_arn(arn)
    called = lambda_svc._execution_record_for_config(function, configuration)
    called["event_invoke_config"] = (whole.get("event_invoke_configs") or {}).get(qualifier or "")
    lambda_svc.invoke_async_with_retry(called, json.loads(payload))
