"""CloudFront gets 403 from a bucket for every object that is not there. AWS answers 404 to who may list the bucket
(https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html), which is how a site tells "no such page" from "not allowed".
"""

from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy
from ministack.core.responses import get_account_id, get_region
from ministack.services import s3

from .expectation import expect_source


def apply():
    serve = s3.serve_cloudfront_origin_fetch
    expect_source(__name__, serve, has=['or key not in bucket["objects"]', '"AccessDenied"'], lacks=["NoSuchKey"])

    def serve_or_say_missing(bucket_name, key, method, headers, source_arn="", oai_id=""):
        bucket = s3._ensure_bucket(bucket_name)
        if bucket is not None and key not in bucket["objects"] and _may_list(bucket_name, source_arn):
            return s3._error("NoSuchKey", "The specified key does not exist.", 404, f"/{bucket_name}/{key}")
        return serve(bucket_name, key, method, headers, source_arn, oai_id)

    s3.serve_cloudfront_origin_fetch = serve_or_say_missing


def _may_list(bucket_name, source_arn):
    owner = s3._bucket_owner_account(bucket_name) or get_account_id()
    policy = s3._bucket_policies.get_scoped(owner, None, bucket_name)
    if not policy or not source_arn:
        return False
    context = EvalContext(
        principal_arn="*",
        principal_type="Service",
        principal_account="",
        action="s3:ListBucket",
        resource_arn=f"arn:aws:s3:::{bucket_name}",
        region=get_region(),
        service_context={"aws:sourcearn": source_arn},
    )
    return evaluate_resource_policy(policy, context, service="cloudfront.amazonaws.com").decision == "Allow"
