"""The types of QuickSight: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_QuickSight.html.

Each Ref is the account and the ids, with a bar between them. Ids are chosen by the template or drawn.
"""

import time

from ministack.core.responses import get_account_id

from .row import ApiType

_PAUSE_SECONDS = 0.2
_DONE = ("CREATION_SUCCESSFUL", "UPDATE_SUCCESSFUL")


def _in_account(properties):
    return {"AwsAccountId": get_account_id(), **properties}


def _permissions_and_tags(noun):
    """Brings the permissions and tags of a resource to what the template says."""
    operation = {"DataSource": "data_source", "DataSet": "data_set", "Analysis": "analysis", "Dashboard": "dashboard"}[noun]

    def bring(client, ref, properties, answer):
        account, one = ref.split("|")
        named = {"AwsAccountId": account, f"{noun}Id": one}
        has = getattr(client, f"describe_{operation}_permissions")(**named)["Permissions"]
        wanted = properties.get("Permissions") or []
        allowed = {permission["Principal"]: set(permission["Actions"]) for permission in wanted}
        gone = [{"Principal": one["Principal"], "Actions": sorted(lost)} for one in has if (lost := set(one["Actions"]) - allowed.get(one["Principal"], set()))]
        changes = {name: value for name, value in (("GrantPermissions", wanted), ("RevokePermissions", gone)) if value}
        if changes:
            getattr(client, f"update_{operation}_permissions")(**named, **changes)
        if properties.get("Tags"):
            client.tag_resource(ResourceArn=answer["Arn"], Tags=properties["Tags"])

    return bring


def _wait_for_ingestion(client, ref, properties, answer):
    """As CloudFormation does unless the template says otherwise."""
    policy = properties.get("IngestionWaitPolicy") or {}
    if "IngestionId" not in answer or str(policy.get("WaitForSpiceIngestion", True)).lower() == "false":
        return
    account, data_set = ref.split("|")
    while True:
        ingestion = client.describe_ingestion(AwsAccountId=account, DataSetId=data_set, IngestionId=answer["IngestionId"])["Ingestion"]
        if ingestion["IngestionStatus"] == "COMPLETED":
            return
        if ingestion["IngestionStatus"] in ("FAILED", "CANCELLED"):
            raise ValueError(f"AWS::QuickSight::DataSet: the ingestion {answer['IngestionId']} failed: {ingestion.get('ErrorInfo', {}).get('Message')}")
        time.sleep(_PAUSE_SECONDS)


def _update_data_set(client, ref, properties, answer):
    _permissions_and_tags("DataSet")(client, ref, properties, answer)
    _wait_for_ingestion(client, ref, properties, answer)


def _publish(client, ref, properties, answer):
    """CloudFormation publishes the version that an update makes, once it has come about."""
    account, dashboard = ref.split("|")
    number = int(answer["VersionArn"].rsplit("/", 1)[1])
    version = client.describe_dashboard(AwsAccountId=account, DashboardId=dashboard, VersionNumber=number)["Dashboard"]["Version"]
    if version["Status"] not in _DONE:
        raise ValueError(f"AWS::QuickSight::Dashboard: version {number} of {dashboard} is {version['Status']}: {_errors(version)}")
    client.update_dashboard_published_version(AwsAccountId=account, DashboardId=dashboard, VersionNumber=number)
    _permissions_and_tags("Dashboard")(client, ref, properties, answer)


def _updated_analysis(client, ref, properties, answer):
    account, analysis = ref.split("|")
    found = client.describe_analysis(AwsAccountId=account, AnalysisId=analysis)["Analysis"]
    if found["Status"] not in _DONE:
        raise ValueError(f"AWS::QuickSight::Analysis: {analysis} is {found['Status']}: {_errors(found)}")
    _permissions_and_tags("Analysis")(client, ref, properties, answer)


def _errors(described):
    return "; ".join(f"{error['Type']}: {error['Message']}" for error in described.get("Errors") or [])


def _ids(*members):
    return lambda ref: dict(zip(("AwsAccountId", *members), ref.split("|"), strict=True))


def _account_of(arn):
    return arn.split(":")[4]


def _named(noun, *, replaced_by=(), only_created=("Permissions", "Tags", "FolderArns"), **more):
    identifier = f"{noun}Id"
    return ApiType(
        service="quicksight",
        noun=noun,
        name=identifier,
        identifier=identifier,
        replaced_by=("AwsAccountId", identifier, *replaced_by),
        prepare=_in_account,
        ref=lambda answer: f"{_account_of(answer['Arn'])}|{answer[identifier]}",
        attributes=lambda answer: {"Arn": answer["Arn"]},
        members=_ids(identifier),
        only_created=only_created,
        **more,
    )


QUICKSIGHT = {
    "AWS::QuickSight::DataSource": _named(
        "DataSource",
        replaced_by=("Type",),
        only_created=("Type", "Permissions", "Tags", "FolderArns"),
        status=lambda answer: answer["DataSource"]["Status"],
        done=_DONE,
        after_update=_permissions_and_tags("DataSource"),
        left_out={"ErrorInfo": "the service says it", "AlternateDataSourceParameters": "they are kept for copies of analyses"},
    ),
    "AWS::QuickSight::DataSet": _named(
        "DataSet",
        left_out={"IngestionWaitPolicy": "becomes DescribeIngestion"},
        after_create=_wait_for_ingestion,
        after_update=_update_data_set,
    ),
    "AWS::QuickSight::Analysis": _named(
        "Analysis",
        left_out={"Status": "the service says it", "Errors": "the service says it", "Sheets": "they are in the definition"},
        status=lambda answer: answer["Analysis"]["Status"],
        done=_DONE,
        reason=lambda answer: _errors(answer["Analysis"]),
        after_update=_updated_analysis,
        delete_with={"ForceDeleteWithoutRecovery": True},
    ),
    "AWS::QuickSight::Dashboard": _named(
        "Dashboard",
        only_created=("Permissions", "Tags", "FolderArns", "LinkSharingConfiguration", "LinkEntities"),
        status=lambda answer: answer["Dashboard"]["Version"]["Status"],
        done=_DONE,
        reason=lambda answer: _errors(answer["Dashboard"]["Version"]),
        after_update=_publish,
    ),
    "AWS::QuickSight::VPCConnection": _named(
        "VPCConnection",
        only_created=("Tags",),
        left_out={"AvailabilityStatus": "the service says it"},
        status=lambda answer: answer["VPCConnection"]["Status"],
        done=_DONE,
    ),
    # Its id stands within its schedule.
    "AWS::QuickSight::RefreshSchedule": ApiType(
        service="quicksight",
        noun="RefreshSchedule",
        name="DataSetId",
        identifier="DataSetId",
        replaced_by=("AwsAccountId", "DataSetId"),
        prepare=_in_account,
        ref=lambda answer: "|".join((_account_of(answer["Arn"]), answer["Arn"].split("/")[1], answer["ScheduleId"])),
        attributes=lambda answer: {"Arn": answer["Arn"]},
        members=_ids("DataSetId", "ScheduleId"),
    ),
}
