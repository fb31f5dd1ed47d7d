"""Answers the gateway what is deployed, where checking permissions needs it: roles, policies of resources, owners and ARNs.

`GET /_local/deployed/<question>?<parameters>` on MiniStack's own port answers `{"answer": …}`, null where there is no such thing.
AWS's own APIs tell the same, at five calls for each role and only within one account.
"""

import base64
import json
import urllib.parse

import ministack.app
from ministack.core.responses import request_scope
from ministack.services import athena, dynamodb, eventbridge, iam, kms, lambda_svc, opensearch, s3, secretsmanager, ses, sns, sqs
from ministack.services.cloudformation import _stacks

_PATH = "/_local/deployed/"
_GONE = ("DELETE_COMPLETE",)


def serve():
    """Adds the questions to MiniStack's server."""
    serve_aws = ministack.app.app

    async def app(scope, receive, send):
        if scope["type"] != "http" or not scope["path"].startswith(_PATH):
            return await serve_aws(scope, receive, send)
        question = _QUESTIONS.get(scope["path"][len(_PATH):])
        parameters = dict(urllib.parse.parse_qsl(scope["query_string"].decode()))
        status, body = (200, {"answer": question(**parameters)}) if question else (404, {"message": f"{scope['path']} is not known"})
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": json.dumps(body).encode()})
        return None

    ministack.app.app = app


def _role(arn):
    account = arn.split(":")[4]
    role = iam._roles.get_scoped(account, None, arn.rsplit("/", 1)[-1])
    if role is None or role["Arn"] != arn:
        return None
    with request_scope(account, ""):
        boundary = role.get("PermissionsBoundary")
        return {
            "arn": arn,
            "trust": role["AssumeRolePolicyDocument"],
            "inline": dict(role["InlinePolicies"]),
            "attached": {policy: _managed(policy) for policy in role["AttachedPolicies"]},
            "boundary": {"arn": boundary, "document": _managed(boundary)} if boundary else None,
            "tags": {tag["Key"]: tag["Value"] for tag in role.get("Tags") or []},
        }


def _managed(arn):
    policy = iam._policies.get(arn)
    return policy["Versions"][policy["DefaultVersionId"]]["Document"] if policy else None


def _resource_policy(kind, arn):
    _, _, _, region, account, *_ = arn.split(":", 5)
    owner = s3._bucket_owner_account(arn.rsplit(":", 1)[-1]) if kind == "BUCKET" else account
    if owner is None:
        return None
    with request_scope(owner, region):
        return _POLICIES[kind](arn) or None


def _first(found):
    return found[0] if found else None


_POLICIES = {
    "BUCKET": lambda arn: _first(s3.bucket_policy_for_arn(arn)),
    "FUNCTION": lambda arn: _first(lambda_svc.function_policy_for_arn(arn)),
    "QUEUE": lambda arn: _first(sqs.queue_policy_for_arn(arn)),
    "TOPIC": lambda arn: _first(sns.topic_policy_for_arn(arn)),
    "KEY": lambda arn: _first(kms.key_policy_for_arn(arn)),
    "SECRET": lambda arn: secretsmanager._resource_policies.get(arn),
    "TABLE": lambda arn: (dynamodb._resource_policies.get(arn) or {}).get("Policy"),
    "DOMAIN": lambda arn: (opensearch._domains.get(arn.rsplit("/", 1)[-1]) or {}).get("AccessPolicies"),
    "BUS": lambda arn: eventbridge._event_bus_policies.get(arn.rsplit("/", 1)[-1]),
    # Nothing here gives a stream a policy.
    "STREAM": lambda _: None,
}



def _secret_arn(account, region, id):
    with request_scope(account, region):
        return (secretsmanager._resolve(id)[1] or {}).get("ARN")


def _stack_arn(account, region, name):
    stack = _stacks.get_scoped(account, region, name)
    return stack["StackId"] if stack and stack["StackStatus"] not in _GONE else None


def _state_machine_of_task(token):
    """A token names the execution that waits with it: see mends/step_functions/task_tokens.py."""
    try:
        execution = json.loads(base64.urlsafe_b64decode(token))["execution"]
    except (ValueError, KeyError, TypeError):
        return None
    return execution.replace(":execution:", ":stateMachine:", 1).rsplit(":", 1)[0]


def _key_of_alias(alias):
    _, _, _, region, account, _ = alias.split(":", 5)
    with request_scope(account, region):
        key = kms._aliases.get(alias)
        return f"arn:aws:kms:{region}:{account}:key/{key}" if key else None


def _mail_identity(account, region, address):
    with request_scope(account, region):
        return next((name for name in (address, address.rsplit("@", 1)[-1]) if name in ses._identities), None)


def _workgroup_of_query(account, region, id):
    with request_scope(account, region):
        return (athena._executions.get(id) or {}).get("WorkGroup")


def _names():
    """Each resource that a stack made, by the name it got."""
    return [
        {"account": account, "name": resource["PhysicalResourceId"], "type": resource["ResourceType"], "stack": name, "logicalId": logical_id}
        for (account, _, name), stack in list(_stacks._data.items())
        if stack["StackStatus"] not in _GONE
        for logical_id, resource in list(stack.get("_resources", {}).items())
        if resource.get("PhysicalResourceId")
    ]


_QUESTIONS = {
    "role": _role,
    "resource-policy": _resource_policy,
    "bucket-owner": lambda bucket: s3._bucket_owner_account(bucket),
    "secret-arn": _secret_arn,
    "key-of-alias": _key_of_alias,
    "stack-arn": _stack_arn,
    "state-machine-of-task": _state_machine_of_task,
    "workgroup-of-query": _workgroup_of_query,
    "mail-identity": _mail_identity,
    "names": _names,
}
