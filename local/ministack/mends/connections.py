"""EventBridge connections: a template cannot make one, and a connection keeps its credentials to itself and shows them.

AWS keeps them in a secret that the caller of the connection must be allowed to read
(https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html), and never shows them again.
"""

import base64
import json
from dataclasses import dataclass, field

from ministack.core.responses import get_account_id, get_region, json_response, new_uuid
from ministack.services import eventbridge, secretsmanager, stepfunctions
from ministack.services.cloudformation import provisioners

from .expectation import expect, expect_source

_TYPE = "AWS::Events::Connection"
_SECRETS = {"ApiKeyAuthParameters": "ApiKeyValue", "BasicAuthParameters": "Password"}


def apply():
    expect(__name__, _TYPE not in provisioners._RESOURCE_HANDLERS, f"it does not provision {_TYPE}")
    expect_source(__name__, eventbridge._create_connection, lacks=["SecretArn"])
    expect_source(__name__, eventbridge._describe_connection, has=["return json_response(conn)"])
    provisioners._RESOURCE_HANDLERS[_TYPE] = {"create": _create, "update": _update, "delete": _delete}
    provisioners._REPLACING_PROPERTIES[_TYPE] = ("Name",)
    describe = eventbridge._describe_connection

    def describe_without_values(data):
        status, headers, body = describe(data)
        return (status, headers, body) if status >= 400 else json_response(_without_values(json.loads(body)))

    eventbridge._describe_connection = describe_without_values


@dataclass(frozen=True)
class Authorization:
    """What a connection adds to a request."""

    headers: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: dict[str, str] = field(default_factory=dict)


def authorization(arn):
    """What the connection adds to a request of a task; stepfunctions._ExecutionError when there is no such connection."""
    connection = _connection(arn)
    if connection is None or connection["ConnectionState"] != "AUTHORIZED":
        raise stepfunctions._ExecutionError("Events.ConnectionResource.InvalidConnectionState", f"The connection {arn} is not authorized")
    parameters = connection["AuthParameters"]
    extra = parameters.get("InvocationHttpParameters") or {}
    return Authorization(
        headers={**_pairs(extra.get("HeaderParameters")), **_credentials(parameters)},
        query=_pairs(extra.get("QueryStringParameters")),
        body=_pairs(extra.get("BodyParameters")),
    )


def secret_of(arn):
    """ARN of the secret that holds a connection's credentials; of a connection that is not there, its own."""
    return (_connection(arn) or {}).get("SecretArn", arn)


def _connection(arn):
    return next((found for found in eventbridge._connections.values() if found["ConnectionArn"] == arn), None)


def _credentials(parameters):
    if "ApiKeyAuthParameters" in parameters:
        key = parameters["ApiKeyAuthParameters"]
        return {key["ApiKeyName"]: key["ApiKeyValue"]}
    if "BasicAuthParameters" in parameters:
        basic = parameters["BasicAuthParameters"]
        return {"Authorization": "Basic " + base64.b64encode(f"{basic['Username']}:{basic['Password']}".encode()).decode()}
    raise stepfunctions._ExecutionError("States.Runtime", "Of the ways to authorize, an API key and a user name with password are known on this machine")


def _pairs(parameters):
    return {parameter["Key"]: parameter["Value"] for parameter in parameters or []}


def _create(logical_id, properties, stack_name):
    name = properties.get("Name") or provisioners._physical_name(stack_name, logical_id, max_len=64)
    _checked(eventbridge._create_connection({**properties, "Name": name}))
    connection, unique = eventbridge._connections[name], new_uuid()
    connection["ConnectionArn"] = f"arn:aws:events:{get_region()}:{get_account_id()}:connection/{name}/{unique}"
    secret = _checked(secretsmanager._create_secret({"Name": f"events!connection/{name}/{unique}", "SecretString": json.dumps(properties.get("AuthParameters") or {})}))
    connection["SecretArn"] = secret["ARN"]
    return name, _attributes(connection)


def _update(name, _old, new, _stack_name):
    _checked(eventbridge._update_connection({**new, "Name": name}))
    connection = eventbridge._connections[name]
    _checked(secretsmanager._put_secret_value({"SecretId": connection["SecretArn"], "SecretString": json.dumps(new.get("AuthParameters") or {})}))
    return name, _attributes(connection)


def _delete(name, _properties):
    connection = eventbridge._connections.get(name)
    if connection:
        secretsmanager._delete_secret({"SecretId": connection["SecretArn"], "ForceDeleteWithoutRecovery": True})
        eventbridge._delete_connection({"Name": name})


def _attributes(connection):
    arn = connection["ConnectionArn"]
    return {"Arn": arn, "ArnForPolicy": arn.rsplit("/", 1)[0], "SecretArn": connection["SecretArn"]}


def _checked(answer):
    status, _, body = answer
    content = json.loads(body)
    if status >= 400:
        raise ValueError(f"{_TYPE}: {content.get('message') or content.get('Message')}")
    return content


def _without_values(connection):
    parameters = {
        kind: {name: value for name, value in content.items() if name != _SECRETS.get(kind)} if isinstance(content, dict) else content
        for kind, content in connection["AuthParameters"].items()
    }
    return {**connection, "AuthParameters": parameters}
