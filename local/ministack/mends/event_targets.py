"""Rules and alarms reach any target. On AWS the target's policy must allow EventBridge or CloudWatch to, for the rule or alarm; a role
that a target names must allow the call, and trust EventBridge. What is not allowed arrives in the target's dead-letter queue, where it
has one that lets EventBridge send there; here without the attributes that say why.

AWS: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html.
"""

import concurrent.futures
import contextvars

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudwatch, eventbridge

from .expectation import expect_source
from .service_acts import may, need, role, service

_ACTIONS = {"lambda": "lambda:InvokeFunction", "sqs": "sqs:SendMessage", "sns": "sns:Publish", "states": "states:StartExecution", "events": "events:PutEvents"}
_ALARM_ACTIONS = ("AlarmActions", "OKActions", "InsufficientDataActions")


_one_by_one = concurrent.futures.ThreadPoolExecutor(1, "event-targets")


def apply():
    expect_source(__name__, eventbridge._invoke_target, has=['arn = target.get("Arn", "")', "_dispatch_to_lambda(arn, event_payload)"])
    expect_source(__name__, cloudwatch._dispatch_alarm_actions, has=["alarm.get(action_field)", *(f'"{name}"' for name in _ALARM_ACTIONS)])
    reach, act = eventbridge._invoke_target, cloudwatch._dispatch_alarm_actions

    def reach_if_allowed(target, event, rule, view=None):
        dead_letters = (target.get("DeadLetterConfig") or {}).get("Arn")
        if _rule_may(target, rule):
            reach(target, event, rule, view)
        elif dead_letters:
            reach_if_allowed({"Id": target["Id"], "Arn": dead_letters}, event, rule, view)

    def act_if_allowed(alarm, *rest):
        act({**alarm, **{name: [arn for arn in alarm.get(name) or [] if _alarm_may(alarm, arn)] for name in _ALARM_ACTIONS}}, *rest)

    eventbridge._invoke_target = lambda *arguments: _off_the_event_loop(reach_if_allowed, *arguments)
    cloudwatch._dispatch_alarm_actions = lambda *arguments: _off_the_event_loop(act_if_allowed, *arguments)


def _off_the_event_loop(call, *arguments):
    """Whoever notices an event must not wait for the gateway, which may have to ask this very server. One after the other: in their order."""
    _one_by_one.submit(contextvars.copy_context().run, call, *arguments)


def _rule_may(target, rule):
    action = _ACTIONS.get(_service_of(target.get("Arn", "")))
    if action is None:
        return True
    events, source = service("events.amazonaws.com"), rule["Arn"]
    if target.get("RoleArn"):
        as_role = role(target["RoleArn"], rule["Name"])
        return may(events, [need("sts:AssumeRole", target["RoleArn"])], source) and may(as_role, [need(action, target["Arn"])])
    return may(events, [need(action, target["Arn"])], source)


def _alarm_may(alarm, target):
    source = alarm.get("AlarmArn") or f"arn:aws:cloudwatch:{get_region()}:{get_account_id()}:alarm:{alarm['AlarmName']}"
    return _service_of(target) != "sns" or may(service("cloudwatch.amazonaws.com"), [need("sns:Publish", target)], source)


def _service_of(arn):
    parts = arn.split(":")
    return parts[2] if len(parts) > 5 else ""
