"""Who calls. Every function calls with its account's key alone, and AssumeRole gives tokens that say nothing: a gateway in
front cannot tell one role from another.

Here the session token names the role and the session, `"MSR1." + base64url({"r": role ARN, "s": session name})`; the access
key is registered with STS, so that calls act in the role's account and GetCallerIdentity answers as on AWS.
"""

import base64
import hashlib
import json
import sys

from ministack.core import lambda_runtime
from ministack.services import lambda_svc, sts

from .expectation import expect, expect_source

_PREFIX = "MSR1."


def apply():
    expect(__name__, lambda_svc.execution_credentials is lambda_runtime.execution_credentials, "all functions get their credentials from one place")
    expect_source(__name__, sts.handle_request, has=["session_token = _gen_session_token()", "role_arn", "session_name"])
    random_token = sts._gen_session_token

    def token_of_the_assumed_role():
        caller = sys._getframe(1).f_locals
        role = caller.get("role_arn")
        return role_token(role, str(caller.get("session_name") or caller.get("session") or "session")) if role else random_token()

    sts._gen_session_token = token_of_the_assumed_role
    lambda_runtime.execution_credentials = lambda_svc.execution_credentials = _function_credentials


def role_token(role_arn, session_name):
    content = json.dumps({"r": role_arn, "s": session_name}).encode()
    return _PREFIX + base64.urlsafe_b64encode(content).decode().rstrip("=")


def role_of_token(token):
    """Role and session that a token of ours names; None for any other."""
    if not token.startswith(_PREFIX):
        return None
    encoded = token.removeprefix(_PREFIX)
    named = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    return named["r"], named["s"]


def session_credentials(role_arn, session_name, account):
    """Credentials that act in `account` as the role; the same ones for the same arguments."""
    digest = hashlib.sha256(f"{account}:{role_arn}:{session_name}".encode()).hexdigest()
    key, secret, token = f"ASIA{digest[:16].upper()}", hashlib.sha256(digest.encode()).hexdigest(), role_token(role_arn, session_name)
    role, session = role_arn.rsplit("/", 1)[-1], session_name[:64]
    sts.register_session(key, {
        "Arn": f"arn:aws:sts::{account}:assumed-role/{role}/{session}",
        "UserId": f"{role}:{session}",
        "SecretAccessKey": secret,
        "SessionToken": token,
        "AccountId": account,
        "PrincipalType": "AssumedRole",
    })  # fmt: skip
    return {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": token}


def _function_credentials(configuration):
    account, _ = lambda_runtime._account_region_from_function_config(configuration)
    role = configuration.get("Role") or f"arn:aws:iam::{account}:role/none"
    return session_credentials(role, configuration.get("FunctionName", "function"), account)
