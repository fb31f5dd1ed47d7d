"""A state machine is made with any role. On AWS its role must trust Step Functions, and be allowed to deliver its log.

AWS: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html, "IAM policies for logging to CloudWatch Logs".
"""

from ..resource_handlers import before_provisioning, run_off_the_event_loop
from ..service_acts import need, refusals, role, service

_TYPE = "AWS::StepFunctions::StateMachine"
_LOG_DELIVERY = (
    "CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "ListLogDeliveries",
    "PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups",
)  # fmt: skip


def apply():
    run_off_the_event_loop(_TYPE)
    before_provisioning(_TYPE, _checked)


def _checked(properties):
    machine_role = properties["RoleArn"]
    refused = refusals(service("states.amazonaws.com"), [need("sts:AssumeRole", machine_role)])
    if refused:
        raise ValueError(f"Step Functions is not authorized to assume the provided role. {refused[0]}")
    if (properties.get("LoggingConfiguration") or {}).get("Level", "OFF") != "OFF":
        refused = refusals(role(machine_role, "log-delivery"), [need(f"logs:{action}", "*") for action in _LOG_DELIVERY])
        if refused:
            raise ValueError(f"The state machine IAM Role is not authorized to access the Log Destination. {refused[0]}")
    return properties
