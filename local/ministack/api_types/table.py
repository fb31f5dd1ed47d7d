"""Which CloudFormation types are API calls, and what name conversion alone does not tell. A further type is a further row."""

from .quicksight import QUICKSIGHT
from .row import ApiType


def _artifact_stores_by_region(properties):
    stores = properties.get("ArtifactStores")
    if not isinstance(stores, list):
        return properties
    return {**properties, "ArtifactStores": {store["Region"]: store["ArtifactStore"] for store in stores}}


def _disable_transitions(client, name, properties, _answer):
    for transition in properties.get("DisableInboundStageTransitions") or []:
        client.disable_stage_transition(
            pipelineName=name, stageName=transition["StageName"], transitionType="Inbound", reason=transition["Reason"]
        )


def _update_transitions_and_restart(client, name, properties, answer):
    _disable_transitions(client, name, properties, answer)
    if str(properties.get("RestartExecutionOnUpdate")).lower() == "true":
        client.start_pipeline_execution(name=name)


def _of_personalize(noun, replaced_by, attributes, lasting):
    """A type of Personalize: its Ref is its ARN; what `lasting` says takes a time to make, which is waited for."""
    member = noun[0].lower() + noun[1:]
    return ApiType(
        service="personalize",
        noun=noun,
        name="Name",
        identifier=f"{member}Arn",
        replaced_by=replaced_by,
        ref=lambda answer: answer[f"{member}Arn"],
        attributes=lambda answer: {f"{noun}Arn": answer[f"{member}Arn"], **{name: answer[name[0].lower() + name[1:]] for name in attributes}},
        status=(lambda answer: answer[member]["status"]) if lasting else None,
        longest_name=63,
    )


TABLE = {
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codepipeline-pipeline.html
    "AWS::CodePipeline::Pipeline": ApiType(
        service="codepipeline",
        noun="Pipeline",
        envelope="pipeline",
        name="Name",
        identifier="name",
        replaced_by=("Name",),
        attributes=lambda answer: {"Version": str(answer["pipeline"]["version"])},
        left_out={
            "RestartExecutionOnUpdate": "becomes StartPipelineExecution after an update",
            "DisableInboundStageTransitions": "becomes DisableStageTransition",
        },
        prepare=_artifact_stores_by_region,
        after_create=_disable_transitions,
        after_update=_update_transitions_and_restart,
    ),
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codebuild-project.html
    "AWS::CodeBuild::Project": ApiType(
        service="codebuild",
        noun="Project",
        name="Name",
        identifier="name",
        replaced_by=("Name",),
        attributes=lambda answer: {"Arn": answer["project"]["arn"], "Id": answer["project"]["name"], "Name": answer["project"]["name"]},
        longest_name=150,
        left_out={
            "Triggers": "webhooks come from a source on the internet",
            "Visibility": "there is no public page of builds",
            "ResourceAccessRole": "it reads for the public page of builds",
        },
    ),
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Personalize.html. Of a campaign alone anything can be updated.
    **{
        f"AWS::Personalize::{noun}": _of_personalize(noun, replaced_by, attributes, lasting)
        for noun, replaced_by, attributes, lasting in (
            ("DatasetGroup", ("Name", "Domain", "KmsKeyArn", "RoleArn"), (), True),
            ("Schema", ("Name", "Domain", "Schema"), (), False),
            ("Dataset", ("Name", "DatasetGroupArn", "DatasetType", "SchemaArn"), (), True),
            ("EventTracker", ("Name", "DatasetGroupArn"), ("TrackingId",), True),
            ("Filter", ("Name", "DatasetGroupArn", "FilterExpression"), (), True),
            ("Solution", ("Name", "DatasetGroupArn", "RecipeArn", "EventType", "PerformAutoML", "PerformHPO", "SolutionConfig"), (), True),
            ("Campaign", ("Name",), (), True),
        )
    },
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-redshiftserverless-namespace.html
    "AWS::RedshiftServerless::Namespace": ApiType(
        service="redshift-serverless",
        noun="Namespace",
        name="NamespaceName",
        identifier="namespaceName",
        replaced_by=("NamespaceName", "DbName"),
        attributes=lambda answer: {
            f"Namespace.{attribute}": str(answer["namespace"][member])
            for attribute, member in (("NamespaceArn", "namespaceArn"), ("NamespaceId", "namespaceId"), ("NamespaceName", "namespaceName"))
        },
        longest_name=64,
    ),
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-redshiftserverless-workgroup.html
    "AWS::RedshiftServerless::Workgroup": ApiType(
        service="redshift-serverless",
        noun="Workgroup",
        name="WorkgroupName",
        identifier="workgroupName",
        replaced_by=("WorkgroupName", "NamespaceName"),
        attributes=lambda answer: {
            **{
                f"Workgroup.{attribute}": str(answer["workgroup"][member])
                for attribute, member in (("WorkgroupArn", "workgroupArn"), ("WorkgroupId", "workgroupId"), ("WorkgroupName", "workgroupName"))
            },
            "Workgroup.Endpoint.Address": str(answer["workgroup"]["endpoint"]["address"]),
        },
        longest_name=64,
    ),
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-emrserverless-application.html
    "AWS::EMRServerless::Application": ApiType(
        service="emr-serverless",
        noun="Application",
        name="Name",
        identifier="applicationId",
        replaced_by=("Name", "Type"),
        ref=lambda answer: answer["applicationId"],
        attributes=lambda answer: {"ApplicationId": answer["applicationId"], "Arn": answer["arn"]},
        longest_name=64,
    ),
    # MiniStack's own API, which lacks only the type.
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-athena-namedquery.html
    "AWS::Athena::NamedQuery": ApiType(
        service="athena",
        noun="NamedQuery",
        name="Name",
        identifier="NamedQueryId",
        replaced_by=("Name", "Database", "Description", "QueryString", "WorkGroup"),
        ref=lambda answer: answer["NamedQueryId"],
        attributes=lambda answer: {"NamedQueryId": answer["NamedQueryId"]},
        longest_name=128,
    ),
    **QUICKSIGHT,
}
