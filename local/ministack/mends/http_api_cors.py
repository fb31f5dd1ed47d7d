"""`CorsConfiguration` of an HTTP API keeps the template's capital letters (`AllowOrigins`), which the server, looking for
`allowOrigins`, does not find: a preflight is answered without a single header.
"""

from ministack.services.cloudformation import provisioners

from .expectation import expect_source
from .resource_handlers import before_provisioning


def apply():
    expect_source(__name__, provisioners._apigw_v2_api_create, has=['api["corsConfiguration"] = props["CorsConfiguration"]'])

    def lower_case_keys(properties):
        cors = properties.get("CorsConfiguration")
        if not cors:
            return properties
        return {**properties, "CorsConfiguration": {key[0].lower() + key[1:]: value for key, value in cors.items()}}

    before_provisioning("AWS::ApiGatewayV2::Api", lower_case_keys)
