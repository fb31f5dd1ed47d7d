"""`Fn::GetAtt UserPool.ProviderURL` does not exist.

AWS: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpool.html
"""

from ministack.services.cloudformation import provisioners

from .expectation import expect_source
from .resource_handlers import after_provisioning


def apply():
    expect_source(__name__, provisioners._cognito_user_pool_attributes, has=['"ProviderName"'], lacks=["ProviderURL"])
    after_provisioning(
        "AWS::Cognito::UserPool",
        lambda _, attributes, __: {**attributes, "ProviderURL": f"https://{attributes['ProviderName']}"},
    )
