"""An alarm takes every metric of its name for its own, whatever their dimensions: one failing function rings the alarms of all. It
ignores TreatMissingData and DatapointsToAlarm, is looked at only when a metric is put, and hears nothing of queues.

AWS: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html. Here an alarm is looked at when it is
read, too. Metric math stays without a state.
"""

import operator
import time

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudwatch, sqs

from .expectation import expect_source

_COMPARISONS = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}
_MISSING = {"breaching": True, "notBreaching": False}
_QUEUE_METRICS = {
    "ApproximateNumberOfMessagesVisible": "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible": "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed": "ApproximateNumberOfMessagesDelayed",
}


def apply():
    expect_source(__name__, cloudwatch._evaluate_alarm, has=["if k_ns == ns and k_mn == mn"], lacks=["TreatMissingData"])
    expect_source(__name__, cloudwatch._describe_alarms, lacks=["_evaluate"])
    expect_source(__name__, sqs._refresh_counts, has=[f'q["attributes"]["{name}"]' for name in _QUEUE_METRICS.values()])
    describe = cloudwatch._describe_alarms

    def describe_as_it_is_now(*arguments, **options):
        cloudwatch._evaluate_all_alarms()
        return describe(*arguments, **options)

    cloudwatch._evaluate_alarm = _evaluate
    cloudwatch._describe_alarms = describe_as_it_is_now


def _evaluate(alarm):
    if not alarm.get("MetricName") or alarm.get("ComparisonOperator") not in _COMPARISONS:
        return
    state = _state(alarm, _periods(alarm))
    if state != alarm["StateValue"]:
        before, reason = alarm["StateValue"], f"Threshold Crossed: {alarm['MetricName']} {alarm['ComparisonOperator']} {alarm['Threshold']}"
        alarm.update({"StateValue": state, "StateReason": reason, "StateUpdatedTimestamp": int(time.time())})
        cloudwatch._record_history(alarm["AlarmName"], before, state, reason)
        cloudwatch._dispatch_alarm_actions(alarm, before, state, reason)
        cloudwatch._evaluate_parent_alarms(alarm)


def _state(alarm, periods):
    missing = alarm.get("TreatMissingData") or "missing"
    breaches = [breach for breach in (_MISSING.get(missing) if period is None else period for period in periods) if breach is not None]
    if not breaches:
        return alarm["StateValue"] if missing == "ignore" else "INSUFFICIENT_DATA"
    needed = min(alarm.get("DatapointsToAlarm") or len(periods), len(breaches))
    return "ALARM" if breaches.count(True) >= needed else "OK"


def _periods(alarm):
    """Of each period that the alarm looks at, whether it breaches the threshold; None where there is no data."""
    now, seconds, points = time.time(), int(alarm.get("Period") or 60), _points(alarm)
    for_each = range(int(alarm.get("EvaluationPeriods") or 1))
    return [_breaches(alarm, [point for point in points if now - (index + 1) * seconds < point["Timestamp"] <= now - index * seconds]) for index in for_each]


def _breaches(alarm, points):
    if not points:
        return None
    value = cloudwatch._stat_value(cloudwatch._calc_stats(points), alarm.get("ExtendedStatistic") or alarm.get("Statistic") or "Average", points)
    return None if value is None else _COMPARISONS[alarm["ComparisonOperator"]](value, float(alarm["Threshold"]))


def _points(alarm):
    dimensions = cloudwatch._dims_from_list(alarm.get("Dimensions") or [])
    counter = _QUEUE_METRICS.get(alarm["MetricName"])
    if alarm.get("Namespace") != "AWS/SQS" or not counter:
        return list(cloudwatch._metrics.get((alarm.get("Namespace"), alarm["MetricName"], cloudwatch._dims_key(dimensions))) or [])
    queue = sqs._queue_by_arn(f"arn:aws:sqs:{get_region()}:{get_account_id()}:{dimensions.get('QueueName')}")
    if queue is None:
        return []
    sqs._refresh_counts(queue)
    # A queue is looked at now; what it held in an earlier period is not kept.
    return [{"Timestamp": time.time() - 0.001, "Value": float(queue["attributes"][counter]), "Unit": "Count", "Dimensions": dimensions}]
