"""A rule that CloudFormation makes does not know since when it is there: its schedule begins anew with each start, so that one of
every hour never comes on a machine that is on for minutes.

AWS: the time runs from the rule's creation (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html).
Here what came due while the machine was off comes once, soon after it is on.
"""

import time

from ministack.services import eventbridge
from ministack.services.cloudformation import provisioners

from .expectation import expect_source
from .resource_handlers import after_provisioning


def apply():
    expect_source(__name__, provisioners._eb_rule_create, lacks=["CreationTime"])
    expect_source(__name__, eventbridge._tick_scheduled_rules, has=['rule.get("CreationTime", now)'])
    after_provisioning("AWS::Events::Rule", _since_now)


def _since_now(name, attributes, properties):
    rule = eventbridge._rules.get(eventbridge._rule_key(name, provisioners._eb_rule_bus_name(properties)))
    if rule is not None:
        rule.setdefault("CreationTime", time.time())
    return attributes
