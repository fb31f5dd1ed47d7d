"""Rotation of secrets.

1. `RotateSecret` makes a copy of the current version the current one and calls nobody. Here it goes through the steps of
   the secret's function, in the background, as AWS does (https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_how.html).
   Nothing rotates by the calendar: a machine that runs for a month is none that this is for.
2. `AWS::SecretsManager::RotationSchedule` is absent.
"""

import contextvars
import json
import logging
import threading

from ministack.core.responses import error_response_json, json_response, new_uuid
from ministack.services import lambda_svc, secretsmanager
from ministack.services.cloudformation import provisioners

from .expectation import expect, expect_source
from .service_acts import need, refusals, service

_TYPE = "AWS::SecretsManager::RotationSchedule"
_STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")
_logger = logging.getLogger("secretsmanager")


class RotationFailed(Exception):
    """A step's function could not be called, or threw."""


def apply():
    expect_source(__name__, secretsmanager._rotate_secret, has=["RotateSecret stub", "_apply_current_promotion"])
    expect_source(__name__, secretsmanager.handle_request, has=['"RotateSecret": _rotate_secret'])
    expect(__name__, _TYPE not in provisioners._RESOURCE_HANDLERS, f"it has no {_TYPE}")
    secretsmanager._rotate_secret = _rotate_secret
    provisioners._RESOURCE_HANDLERS[_TYPE] = {
        "create": lambda _logical_id, properties, _stack_name: _schedule(properties),
        "update": lambda _physical_id, _old, new, *_rest: _schedule(new),
        "delete": lambda physical_id, _properties: _unschedule(physical_id),
    }


def _rotate_secret(data):
    _, secret = secretsmanager._resolve(data.get("SecretId"))
    if not secret:
        return error_response_json("ResourceNotFoundException", "Secrets Manager can't find the specified secret.", 400)
    secret["RotationLambdaARN"] = data.get("RotationLambdaARN") or secret.get("RotationLambdaARN")
    secret["RotationRules"] = data.get("RotationRules") or secret.get("RotationRules")
    if not secret["RotationLambdaARN"]:
        return error_response_json("InvalidRequestException", "No Lambda rotation function ARN is associated with this secret.", 400)
    pending, _ = secretsmanager._find_stage_version(secret, "AWSPENDING")
    current, _ = secretsmanager._find_stage_version(secret, "AWSCURRENT")
    # One that was interrupted AWS repeats by itself; here whoever asks again goes on with it.
    token = pending if pending not in (None, current) else data.get("ClientRequestToken") or new_uuid()
    secret["RotationEnabled"] = True
    if data.get("RotateImmediately", True):
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(_rotate, secret, token), daemon=True).start()
    return json_response({"ARN": secret["ARN"], "Name": secret["Name"], "VersionId": token})


def _rotate(secret, token):
    try:
        for step in _STEPS:
            _step(secret, token, step)
    except RotationFailed as failed:
        _logger.warning("The rotation of %s has failed: %s", secret["Name"], failed)


def _step(secret, token, step):
    function, _, name = lambda_svc._get_func_record_for_ref(secret["RotationLambdaARN"])
    if function is None:
        raise RotationFailed(f"there is no function {name}")
    refused = refusals(service("secretsmanager.amazonaws.com"), [need("lambda:InvokeFunction", secret["RotationLambdaARN"])], secret["ARN"])
    if refused:
        raise RotationFailed(refused[0])
    event = {"Step": step, "SecretId": secret["ARN"], "ClientRequestToken": token}
    result = lambda_svc._execute_function_with_config_scope(function, event)
    if result.get("error"):
        raise RotationFailed(f"{step}: {json.dumps(result.get('body'))}")


def _schedule(properties):
    _, secret = secretsmanager._resolve(properties["SecretId"], use_arn_scope=True)
    if not secret:
        raise ValueError(f"There is no secret {properties['SecretId']}")
    secret["RotationEnabled"] = True
    secret["RotationLambdaARN"] = properties.get("RotationLambdaARN")
    secret["RotationRules"] = properties.get("RotationRules")
    return secret["ARN"], {}


def _unschedule(secret_id):
    _, secret = secretsmanager._resolve(secret_id, use_arn_scope=True)
    if secret:
        secret["RotationEnabled"] = False
