"""Calls that MiniStack makes for somebody: signed by that one's role, and through the gateway."""

import contextlib
import contextvars
import http.client
import os
import urllib.parse

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from ministack.core.responses import get_account_id, get_region

from .role_sessions import session_credentials

# The longest that a function may run.
_LONGEST_SECONDS = 900
_caller = contextvars.ContextVar("caller", default=None)


class NobodyAnswered(Exception):
    """The gateway could not be reached, or ended the connection."""


@contextlib.contextmanager
def calling_as(role_arn, session_name):
    """Makes the calls of this block, and of threads that copy its context, as this role."""
    token = _caller.set((role_arn, session_name))
    try:
        yield
    finally:
        _caller.reset(token)


def caller():
    """Role and session of `calling_as`, or None."""
    return _caller.get()


def call(service, method, path, headers, body, query=None):
    """Sends a signed request: status, headers in lower case, body as bytes. Raises NobodyAnswered."""
    content = body.encode() if isinstance(body, str) else body or b""
    gateway = urllib.parse.urlsplit(os.environ["LOCAL_GATEWAY_URL"])
    target = path + (f"?{urllib.parse.urlencode(query, doseq=True)}" if query else "")
    request = AWSRequest(method, f"{gateway.scheme}://{gateway.netloc}{target}", headers, content)
    SigV4Auth(_credentials(), service, get_region()).add_auth(request)
    connection = http.client.HTTPConnection(gateway.hostname, gateway.port, timeout=_LONGEST_SECONDS)
    try:
        connection.request(method, target, content, dict(request.headers))
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise NobodyAnswered(f"{type(error).__name__}: {error}") from None
    finally:
        connection.close()


def _credentials():
    keys = session_credentials(*_caller.get(), get_account_id())
    return Credentials(keys["AWS_ACCESS_KEY_ID"], keys["AWS_SECRET_ACCESS_KEY"], keys["AWS_SESSION_TOKEN"])
