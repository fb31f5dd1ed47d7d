"""A browser may not call Cognito's token endpoint with an Authorization header: the preflight answers
`Access-Control-Allow-Headers: *`, which never covers that one header (https://fetch.spec.whatwg.org/#cors-preflight-fetch).
"""

import ministack.app

from .expectation import expect_source

_ALLOWED = "Access-Control-Allow-Headers"


def apply():
    expect_source(__name__, ministack.app._handle_options_request, has=[f'"{_ALLOWED}": "*"'])
    handle = ministack.app._handle_options_request

    def handle_naming_authorization(*arguments):
        response = handle(*arguments)
        if response is None or response[1].get(_ALLOWED) != "*":
            return response
        status, headers, body = response
        return status, {**headers, _ALLOWED: "*, Authorization"}, body

    ministack.app._handle_options_request = handle_naming_authorization
