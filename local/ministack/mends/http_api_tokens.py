"""A bearer token whose header or claims are JSON but no objects ends in status 500 and shows a message of Python's. AWS
answers 401, as for every token that is none
(https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html).
"""

from ministack.services import apigateway

from .expectation import expect_source


def apply():
    expect_source(
        __name__,
        apigateway._validate_jwt_authorizer,
        has=["header = json.loads(_b64url_decode(parts[0]))", 'kid = header.get("kid")', 'claims.get("iss")'],
        lacks=["isinstance(header", "isinstance(claims"],
    )
    validate = apigateway._validate_jwt_authorizer

    async def validate_any_text(*request):
        try:
            return await validate(*request)
        except (AttributeError, TypeError, ValueError):
            return None, None, apigateway._jwt_unauthorized()

    apigateway._validate_jwt_authorizer = validate_any_text
