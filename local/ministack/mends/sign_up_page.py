"""Hosted sign-in has no page to sign up on, and no GET /login.

AWS's managed login serves /login and /signup with the parameters of /oauth2/authorize, and each links to the other
(https://docs.aws.amazon.com/cognito/latest/developerguide/managed-login-endpoints.html). A confirmed address is a verified
one, and signs in at once. No mail leaves this machine: the page tells the code.
"""

import html
import json
import secrets
import time
import urllib.parse

import ministack.app
from ministack.services import cognito

from .expectation import expect, expect_source

_LINK_PLACE = '<button type="submit">Sign in</button>\n</form>'
_PARAMETERS = ("client_id", "redirect_uri", "scope", "state", "response_type", "code_challenge", "code_challenge_method", "nonce")
_KEPT_FOR = 15 * 60

# Token of a confirmation page -> until when, and what the person filled in before.
_unconfirmed = {}


def apply():
    expect_source(__name__, ministack.app._handle_cognito_get_request, has=['"/oauth2/authorize"'], lacks=["signup"])
    expect_source(__name__, ministack.app._handle_cognito_body_request, has=['"/login"'], lacks=["signup"])
    expect_source(__name__, cognito._login_page_html, has=[_LINK_PLACE])
    for name in ("_sign_up", "_confirm_sign_up", "_page_shell", "_find_pool_by_client_id", "handle_login_submit"):
        expect(__name__, callable(getattr(cognito, name, None)), f"Cognito has {name}")
    answer_get, answer_post, login_page = ministack.app._handle_cognito_get_request, ministack.app._handle_cognito_body_request, cognito._login_page_html

    async def get(method, path, headers, query):
        if method == "GET" and path == "/signup":
            return _sign_up_page({name: query.get(name, [""])[0] for name in _PARAMETERS})
        return await answer_get(method, "/oauth2/authorize" if path == "/login" and query.get("client_id") else path, headers, query)

    async def post(method, path, headers, body, query):
        if method == "POST" and path == "/signup":
            return _submit({name: values[0] for name, values in urllib.parse.parse_qs(body.decode(), keep_blank_values=True).items()}, headers)
        return await answer_post(method, path, headers, body, query)

    def login_page_with_link(*parameters, **options):
        address = "/signup?" + urllib.parse.urlencode(dict(zip(_PARAMETERS, parameters, strict=False)))
        link = f'<p class="footer">New here? <a href="{html.escape(address)}">Create an account</a></p>'
        return login_page(*parameters, **options).replace(_LINK_PLACE, _LINK_PLACE + link)

    ministack.app._handle_cognito_get_request = get
    ministack.app._handle_cognito_body_request = post
    cognito._login_page_html = login_page_with_link


def _sign_up_page(form, error=""):
    hidden = "".join(_hidden(name, form.get(name, "")) for name in _PARAMETERS)
    sign_in = "/login?" + urllib.parse.urlencode({name: form.get(name, "") for name in _PARAMETERS})
    return _page("Sign up", error, f"""<form method="POST" action="/signup">{hidden}
<label for="username">Email address</label>
<input type="text" inputmode="email" id="username" name="username" value="{html.escape(form.get("username", ""))}" autocomplete="email" required autofocus>
<label for="password">Password</label>
<input type="password" id="password" name="password" autocomplete="new-password" required>
<button type="submit">Sign up</button>
</form><p class="footer">Have an account already? <a href="{html.escape(sign_in)}">Sign in</a></p>""")


def _confirmation_page(token, code, error=""):
    return _page("Confirm your account", error, f"""<form method="POST" action="/signup">{_hidden("token", token)}
<p class="footer">No mail leaves this machine: the code is {html.escape(code)}.</p>
<label for="code">Code</label>
<input type="text" inputmode="numeric" id="code" name="code" autocomplete="one-time-code" required autofocus>
<button type="submit">Confirm</button>
</form>""")


def _submit(form, headers):
    if "token" in form:
        return _confirm(form, headers)
    _, pool, client = cognito._find_pool_by_client_id(form.get("client_id", ""))
    if pool is None or form.get("redirect_uri") not in client.get("CallbackURLs", []):
        return _page("Sign up", "The app client does not exist, or does not allow this address to return to.", "", status=400)
    email = form.get("username", "").strip()
    status, _, body = cognito._sign_up({
        "ClientId": form["client_id"],
        "Username": email,
        "Password": form.get("password", ""),
        "UserAttributes": [{"Name": "email", "Value": email}],
    })  # fmt: skip
    if status >= 400:
        return _sign_up_page(form, _message(body))
    user, _ = cognito._resolve_user(pool, email)
    if user["UserStatus"] == "CONFIRMED":
        return _sign_in(form, headers)
    token = secrets.token_urlsafe(24)
    _unconfirmed[token] = (time.time() + _KEPT_FOR, form)
    return _confirmation_page(token, user["_confirmation_code"])


def _confirm(answer, headers):
    until, form = _unconfirmed.get(answer["token"], (0, {}))
    _, pool, _ = cognito._find_pool_by_client_id(form.get("client_id", ""))
    if pool is None or until < time.time():
        return _page("Sign up", "This page has expired. Please start again.", "", status=400)
    user, _ = cognito._resolve_user(pool, form["username"].strip())
    code = user.get("_confirmation_code", "")
    if answer.get("code", "").strip() != code:
        return _confirmation_page(answer["token"], code, "Invalid verification code provided, please try again.")
    status, _, body = cognito._confirm_sign_up({"ClientId": form["client_id"], "Username": form["username"].strip(), "ConfirmationCode": code})
    if status >= 400:
        return _confirmation_page(answer["token"], code, _message(body))
    attributes = {**cognito._attr_list_to_dict(user["Attributes"]), "email_verified": "true"}
    user["Attributes"] = cognito._dict_to_attr_list(attributes)
    del _unconfirmed[answer["token"]]
    return _sign_in(form, headers)


def _sign_in(form, headers):
    return cognito.handle_login_submit("POST", "/login", headers, urllib.parse.urlencode(form).encode(), {})


def _page(title, error, body, status=200):
    warning = f'<div class="error" role="alert">{html.escape(error)}</div>' if error else ""
    content = cognito._page_shell(title, title, warning + body)
    return status, {"Content-Type": "text/html; charset=utf-8"}, content.encode()


def _hidden(name, value):
    return f'<input type="hidden" name="{name}" value="{html.escape(value)}">'


def _message(body):
    return json.loads(body).get("message", "It did not work.")
