"""DynamoDB tables from templates.

1. `TimeToLiveSpecification` and point-in-time recovery are dropped.
2. A global secondary index has no status, so that waiting for it to become ACTIVE never ends.
3. A changed key schema deletes the table before the new one is there. AWS makes the new one first, and keeps the old one if
   the update rolls back.
"""

from ministack.services import dynamodb
from ministack.services.cloudformation import provisioners

from .expectation import expect, expect_source
from .resource_handlers import after_provisioning

_TYPES = ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")


def apply():
    expect_source(__name__, provisioners._ddb_create, lacks=["TimeToLive", "PointInTimeRecovery", "IndexStatus"])
    expect_source(__name__, provisioners._ddb_update, has=["_ddb_delete(physical_id, old_props)"])
    for name in ("_update_ttl", "_update_continuous_backups"):
        expect(__name__, callable(getattr(dynamodb, name, None)), f"DynamoDB has {name}")
    expect(__name__, "AWS::DynamoDB::Table" in provisioners._REPLACING_PROPERTIES, "it knows which properties replace a table")
    for resource_type in _TYPES:
        provisioners._REPLACING_PROPERTIES[resource_type] = ("TableName", "KeySchema", "LocalSecondaryIndexes", "ImportSourceSpecification")
        after_provisioning(resource_type, _complete)


def _complete(name, attributes, properties):
    table = dynamodb._tables[name]
    for index in table.get("GlobalSecondaryIndexes") or []:
        index.setdefault("IndexStatus", "ACTIVE")
    ttl = properties.get("TimeToLiveSpecification") or {}
    if ttl.get("AttributeName"):
        _call(dynamodb._update_ttl, {"TableName": name, "TimeToLiveSpecification": {**ttl, "Enabled": _flag(ttl.get("Enabled"))}})
    recovery = _recovery(properties)
    if recovery is not None:
        wanted = {"PointInTimeRecoveryEnabled": _flag(recovery.get("PointInTimeRecoveryEnabled"))}
        _call(dynamodb._update_continuous_backups, {"TableName": name, "PointInTimeRecoverySpecification": wanted})
    return attributes


def _recovery(properties):
    """A table states it for itself, a global table for each replica."""
    for place in (properties, *(properties.get("Replicas") or [])):
        if place.get("PointInTimeRecoverySpecification"):
            return place["PointInTimeRecoverySpecification"]
    return None


def _call(operation, request):
    status, _, body = operation(request)
    # Asking for what is so already is an error of the API's, not of the template's.
    if status >= 400 and b"already" not in (body if isinstance(body, bytes) else body.encode()):
        raise ValueError(f"AWS::DynamoDB::Table {request['TableName']}: {body!r}")


def _flag(value):
    return str(value).lower() == "true"
