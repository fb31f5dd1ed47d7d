"""CloudFormation types that are kept, with a Ref and attributes, and mean nothing on one machine. Each says why.

Anything that neither MiniStack nor this project answers stays refused by name, before a stack is touched.
"""

from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services.cloudformation import provisioners

_ARN = "arn:aws:{service}:{region}:{account}:{kind}/{id}"

# type: (reason, service and kind for its ARN, the attribute that is the ARN)
TYPES = {
    "AWS::CodeStarConnections::Connection": ("the source is a repository on this machine", "codestar-connections", "connection", "ConnectionArn"),
    "AWS::CodeConnections::Connection": ("the source is a repository on this machine", "codeconnections", "connection", "ConnectionArn"),
    "AWS::CodeStarNotifications::NotificationRule": ("runs are watched in the terminal and on the console's page", "codestar-notifications", "notificationrule", "Arn"),
    "AWS::CodeBuild::ReportGroup": ("reports are kept with their build", "codebuild", "report-group", "Arn"),
    "AWS::Cognito::ManagedLoginBranding": ("the sign-in page is MiniStack's own and plain", "cognito-idp", "managed-login-branding", "ManagedLoginBrandingId"),
    "AWS::Cognito::LogDeliveryConfiguration": ("sign-ins are in MiniStack's log", "cognito-idp", "log-delivery", "Id"),
    "AWS::Cognito::UserPoolRiskConfigurationAttachment": ("nobody attacks a sign-in on the loopback", "cognito-idp", "risk-configuration", "Id"),
    "AWS::WAFv2::WebACLAssociation": ("only a distribution's web ACL is evaluated, and a distribution names its own", "wafv2", "association", "Id"),
    "AWS::WAFv2::LoggingConfiguration": ("what a web ACL refuses is seen by who was refused", "wafv2", "logging", "Id"),
    "AWS::WAFv2::IPSet": ("a web ACL that names one is refused by the gateway, which evaluates it", "wafv2", "ipset", "Arn"),
    "AWS::CloudWatch::CompositeAlarm": ("the alarms it combines can be read one by one", "cloudwatch", "alarm", "Arn"),
    "AWS::Logs::QueryDefinition": ("a saved query is text for the CloudWatch page", "logs", "query-definition", "QueryDefinitionId"),
    "AWS::Budgets::Budget": ("nothing here costs money", "budgets", "budget", "Id"),
    "AWS::SecretsManager::ResourcePolicy": ("who may call is checked by the gateway from the callers' own policies", "secretsmanager", "policy", "Id"),
    "AWS::EC2::FlowLog": ("nothing flows through a network that is only kept", "ec2", "vpc-flow-log", "Id"),
    "AWS::EC2::SecurityGroupEgress": ("nothing flows through a network that is only kept", "ec2", "security-group-rule", "Id"),
    "AWS::EC2::SecurityGroupIngress": ("nothing flows through a network that is only kept", "ec2", "security-group-rule", "Id"),
    "AWS::ServiceCatalogAppRegistry::Application": ("it groups resources on a page of AWS's console", "servicecatalog", "application", "Arn"),
}  # fmt: skip


def apply():
    for resource_type, (_, service, kind, attribute) in TYPES.items():
        # Where MiniStack has learnt a type by itself, its own handler is the better one.
        provisioners._RESOURCE_HANDLERS.setdefault(resource_type, _kept(service, kind, attribute))


def _kept(service, kind, attribute):
    def create(_logical_id, _properties, _stack_name):
        arn = _ARN.format(service=service, region=get_region(), account=get_account_id(), kind=kind, id=new_uuid())
        return arn, {attribute: arn}

    return {
        "create": create,
        "update": lambda physical_id, _old, _new, _stack_name: (physical_id, {attribute: physical_id}),
        "delete": lambda _physical_id, _properties: None,
    }
