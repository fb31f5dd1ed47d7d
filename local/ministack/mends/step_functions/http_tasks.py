"""`http:invoke` is not there.

AWS: https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html. What differs here: of the ways to authorize, a
connection's API key and user name with password are known, OAuth is not; redirects are not followed.
"""

import http.client
import json
import urllib.parse

from ministack.core.responses import get_region
from ministack.services import stepfunctions

from .. import connections, public_names
from ..expectation import expect_source
from ..role_calls import caller
from ..service_acts import need, refusals, role

_RESOURCE = "arn:aws:states:::http:invoke"
_LONGEST_SECONDS = 60
_LONGEST_ANSWER = 256 * 1024
_METHODS = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"}
_REFUSED_HEADERS = {
    "a-im", "accept-charset", "accept-datetime", "accept-encoding", "authorization", "cache-control", "connection", "content-encoding",
    "content-md5", "date", "expect", "forwarded", "from", "host", "http2-settings", "if-match", "if-modified-since", "if-none-match",
    "if-range", "if-unmodified-since", "max-forwards", "origin", "pragma", "proxy-authorization", "referer", "server", "te", "trailer",
    "transfer-encoding", "upgrade", "via", "warning",
}  # fmt: skip
_REFUSED_PREFIXES = ("x-forwarded", "x-amz-", "x-amzn-")
_REFUSED_ANSWERS = ("application/octet-stream", "image/", "video/", "audio/")


def apply():
    expect_source(__name__, stepfunctions._invoke_resource, lacks=["http:invoke"])
    invoke_resource = stepfunctions._invoke_resource

    def invoke(resource, arguments):
        return _invoke(arguments) if resource.startswith(_RESOURCE) else invoke_resource(resource, arguments)

    stepfunctions._invoke_resource = invoke


def _invoke(arguments):
    """The answer; stepfunctions._ExecutionError `States.Http.StatusCode.<n>` with it as cause when it is no 2xx."""
    url, method = _endpoint(arguments), arguments.get("Method")
    if method not in _METHODS:
        raise _runtime(f"The Method {method!r} is none of {', '.join(sorted(_METHODS))}")
    connection = (arguments.get("Authentication") or arguments.get("InvocationConfig") or {}).get("ConnectionArn")
    _allowed(arguments["ApiEndpoint"], method, connection)
    parameters = connections.authorization(connection)
    headers = {**_headers(arguments.get("Headers")), **parameters.headers}
    body = _body(arguments, parameters.body, headers)
    headers |= {"User-Agent": f"Amazon|StepFunctions|HttpInvoke|{get_region()}", "Range": f"bytes=0-{_LONGEST_ANSWER}"}
    query = urllib.parse.urlencode({**(arguments.get("QueryParameters") or {}), **parameters.query}, doseq=True)
    return _answer(*_send(url, method, "&".join(part for part in (url.query, query) if part), headers, body))


def _allowed(endpoint, method, connection):
    """Raises stepfunctions._ExecutionError unless the machine's role may call the endpoint with what the connection holds."""
    if not caller():
        return
    needs = [
        need("states:InvokeHTTPEndpoint", "*", states_HTTPEndpoint=endpoint, states_HTTPMethod=method),
        need("events:RetrieveConnectionCredentials", connection),
        *(need(f"secretsmanager:{action}", connections.secret_of(connection)) for action in ("GetSecretValue", "DescribeSecret")),
    ]
    refused = refusals(role(*caller()), needs)
    if refused:
        raise stepfunctions._ExecutionError("States.Permissions", refused[0])


def _endpoint(arguments):
    url = urllib.parse.urlsplit(str(arguments.get("ApiEndpoint")))
    if url.scheme == "https" or public_names.is_reachable_origin(f"{url.scheme}://{url.netloc}"):
        return url
    raise _runtime(f"The ApiEndpoint {arguments.get('ApiEndpoint')!r} is no https address")


def _headers(given):
    headers = {}
    for name, value in (given or {}).items():
        if name.lower() in _REFUSED_HEADERS or name.lower().startswith(_REFUSED_PREFIXES):
            raise _runtime(f"The header {name} is not allowed in an HTTP task")
        headers[name] = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return headers


def _body(arguments, more, headers):
    body = arguments.get("RequestBody")
    if more:
        body = {**(body or {}), **more}
    if body is None:
        return None
    if (arguments.get("Transform") or {}).get("RequestBodyEncoding") == "URL_ENCODED":
        return urllib.parse.urlencode(body, doseq=True)
    if not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = "application/json; charset=UTF-8"
    return body if isinstance(body, str) else json.dumps(body)


def _send(url, method, query, headers, body):
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(url.hostname, url.port, timeout=_LONGEST_SECONDS)
    try:
        connection.request(method, (url.path or "/") + (f"?{query}" if query else ""), body.encode() if body is not None else None, headers)
        answer = connection.getresponse()
        return answer, answer.read(_LONGEST_ANSWER + 1)
    except (OSError, http.client.HTTPException) as error:
        raise stepfunctions._ExecutionError("States.Http.Socket", f"{type(error).__name__}: {error}") from None
    finally:
        connection.close()


def _answer(answer, content):
    media_type = (answer.getheader("content-type") or "").split(";")[0].strip().lower()
    if media_type.startswith(_REFUSED_ANSWERS):
        raise _runtime(f"The content type {media_type} of the response is not supported")
    if len(content) > _LONGEST_ANSWER:
        raise stepfunctions._ExecutionError("States.DataLimitExceeded", "The response is larger than 256 KiB")
    try:
        body = content.decode()
    except UnicodeDecodeError:
        raise _runtime("The response is no text") from None
    if media_type == "application/json" or media_type.endswith("+json"):
        body = _parsed(body)
    headers = {}
    for name, value in answer.getheaders():
        headers.setdefault(name.lower(), []).append(value)
    result = {"Headers": headers, "ResponseBody": body, "StatusCode": answer.status, "StatusText": answer.reason}
    if not 200 <= answer.status < 300:
        raise stepfunctions._ExecutionError(f"States.Http.StatusCode.{answer.status}", json.dumps(result))
    return result


def _parsed(text):
    try:
        return json.loads(text)
    except ValueError:
        return text


def _runtime(cause):
    return stepfunctions._ExecutionError("States.Runtime", cause)
