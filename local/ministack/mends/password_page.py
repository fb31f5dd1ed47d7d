"""Hosted sign-in has no page to choose another password on.

AWS's managed login serves /forgotPassword with the parameters of /oauth2/authorize, and its sign-in page links to it
(https://docs.aws.amazon.com/cognito/latest/developerguide/managed-login-endpoints.html). A code goes to the user's address;
whoever gives it back and a password is led on as after a sign-in. No mail leaves this machine: the page tells the code.
"""

import html
import inspect
import secrets
import time
import urllib.parse

import ministack.app
from ministack.services import cognito

from . import sign_up_page as pages
from .expectation import expect, expect_source

_PATH = "/forgotPassword"
_KEPT_FOR = 15 * 60

# Token of a page that waits for a code -> until when, and what the person filled in before.
_asked = {}


def apply():
    expect_source(__name__, cognito._forgot_password, has=["_reset_code"])
    expect_source(__name__, cognito._confirm_forgot_password, has=["_validate_password"])
    expect(__name__, _PATH not in inspect.getsource(cognito), f"Cognito serves no {_PATH}")
    answer_get, answer_post, login_page = ministack.app._handle_cognito_get_request, ministack.app._handle_cognito_body_request, cognito._login_page_html

    async def get(method, path, headers, query):
        if method == "GET" and path == _PATH:
            return _who_page({name: query.get(name, [""])[0] for name in pages._PARAMETERS})
        return await answer_get(method, path, headers, query)

    async def post(method, path, headers, body, query):
        if method == "POST" and path == _PATH:
            return _submit({name: values[0] for name, values in urllib.parse.parse_qs(body.decode(), keep_blank_values=True).items()}, headers)
        return await answer_post(method, path, headers, body, query)

    def login_page_with_link(*parameters, **options):
        address = f"{_PATH}?" + urllib.parse.urlencode(dict(zip(pages._PARAMETERS, parameters, strict=False)))
        link = f'<p class="footer"><a href="{html.escape(address)}">Forgot your password?</a></p>'
        return login_page(*parameters, **options).replace(pages._LINK_PLACE, pages._LINK_PLACE + link)

    ministack.app._handle_cognito_get_request = get
    ministack.app._handle_cognito_body_request = post
    cognito._login_page_html = login_page_with_link


def _who_page(form, error=""):
    hidden = "".join(pages._hidden(name, form.get(name, "")) for name in pages._PARAMETERS)
    return pages._page("Forgot your password?", error, f"""<form method="POST" action="{_PATH}">{hidden}
<label for="username">Email address</label>
<input type="text" inputmode="email" id="username" name="username" value="{html.escape(form.get("username", ""))}" autocomplete="email" required autofocus>
<button type="submit">Reset my password</button>
</form>""")


def _code_page(token, code, error=""):
    # Of somebody who has no account nothing is told: there is no code then, and none fits.
    told = f'<p class="footer">No mail leaves this machine: the code is {html.escape(code)}.</p>' if code else ""
    return pages._page("Choose another password", error, f"""<form method="POST" action="{_PATH}">{pages._hidden("token", token)}
{told}<label for="code">Code</label>
<input type="text" inputmode="numeric" id="code" name="code" autocomplete="one-time-code" required autofocus>
<label for="password">New password</label>
<input type="password" id="password" name="password" autocomplete="new-password" required>
<button type="submit">Change password</button>
</form>""")


def _submit(form, headers):
    if "token" in form:
        return _change(form, headers)
    _, pool, client = cognito._find_pool_by_client_id(form.get("client_id", ""))
    if pool is None or form.get("redirect_uri") not in client.get("CallbackURLs", []):
        return pages._page("Forgot your password?", "The app client does not exist, or does not allow this address to return to.", "", status=400)
    status, _, body = cognito._forgot_password({"ClientId": form["client_id"], "Username": form.get("username", "").strip()})
    if status >= 400:
        return _who_page(form, pages._message(body))
    token = secrets.token_urlsafe(24)
    _asked[token] = (time.time() + _KEPT_FOR, form)
    return _code_page(token, _code_of(form))


def _change(answer, headers):
    until, form = _asked.get(answer["token"], (0, {}))
    if until < time.time():
        return pages._page("Forgot your password?", "This page has expired. Please start again.", "", status=400)
    code = _code_of(form)
    if not code or answer.get("code", "").strip() != code:
        return _code_page(answer["token"], code, "Invalid verification code provided, please try again.")
    username, password = form["username"].strip(), answer.get("password", "")
    status, _, body = cognito._confirm_forgot_password({"ClientId": form["client_id"], "Username": username, "ConfirmationCode": code, "Password": password})
    if status >= 400:
        return _code_page(answer["token"], code, pages._message(body))
    del _asked[answer["token"]]
    return pages._sign_in({**form, "password": password}, headers)


def _code_of(form):
    _, pool, _ = cognito._find_pool_by_client_id(form["client_id"])
    user, _ = cognito._resolve_user(pool, form.get("username", "").strip())
    return (user or {}).get("_reset_code", "")
