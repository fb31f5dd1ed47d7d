"""Secrets from templates.

1. `GenerateSecretString` makes nothing of `{}`, which is all the defaults, ignores ExcludePunctuation, ExcludeNumbers,
   IncludeSpace and their like, and draws from a random number generator that is not meant for secrets; GetRandomPassword,
   which the server has, honours them all.
2. `Ref` gives the name. AWS gives the ARN
   (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html), from
   which CDK cuts the name again and which it writes into IAM policies.
"""

import json

from ministack.services import secretsmanager
from ministack.services.cloudformation import provisioners

from .expectation import expect, expect_source

_TYPE = "AWS::SecretsManager::Secret"


def apply():
    expect_source(__name__, provisioners._sm_secret_string, lacks=["ExcludePunctuation"])
    expect_source(__name__, provisioners._sm_secret_create, has=['return name, {"Id": arn, "Arn": arn}'])
    expect(__name__, callable(secretsmanager._get_random_password), "Secrets Manager answers GetRandomPassword")
    provisioners._sm_secret_string = _secret_string

    handler = provisioners._RESOURCE_HANDLERS[_TYPE]
    create, update, delete = handler["create"], handler["update"], handler["delete"]

    def create_by_arn(logical_id, properties, stack_name):
        _, attributes = create(logical_id, properties, stack_name)
        return attributes["Arn"], attributes

    def update_by_arn(physical_id, old, new, stack_name, logical_id=None):
        _, attributes = update(_name(physical_id), old, new, stack_name, logical_id)
        return attributes["Arn"], attributes

    provisioners._RESOURCE_HANDLERS[_TYPE] = {
        **handler,
        "create": create_by_arn,
        "update": update_by_arn,
        "delete": lambda physical_id, properties: delete(_name(physical_id), properties),
    }


def _name(arn):
    return next((name for name, secret in secretsmanager._secrets.items() if secret["ARN"] == arn), arn)


def _secret_string(properties):
    options = properties.get("GenerateSecretString")
    if options is None or properties.get("SecretString"):
        return properties.get("SecretString", "")
    request = {name: _flag(value) if _is_flag(name) else value for name, value in options.items()}
    request["PasswordLength"] = int(options.get("PasswordLength", 32))
    status, _, body = secretsmanager._get_random_password(request)
    if status >= 400:
        raise ValueError(f"GenerateSecretString: {json.loads(body).get('Message') or json.loads(body).get('message')}")
    password = json.loads(body)["RandomPassword"]
    if not options.get("SecretStringTemplate"):
        return password
    return json.dumps({**json.loads(options["SecretStringTemplate"]), options["GenerateStringKey"]: password})


def _is_flag(name):
    return name.startswith(("Exclude", "Include", "Require")) and name != "ExcludeCharacters"


def _flag(value):
    return str(value).lower() == "true"
