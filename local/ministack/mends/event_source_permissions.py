"""An event source is read whatever the function's role says. On AWS its role must allow to read the stream or queue: otherwise the
mapping says so and nothing is read.

AWS: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html, /with-kinesis.html and /with-sqs.html, "execution role permissions".
"""

from ministack.core.responses import request_scope
from ministack.services import lambda_svc

from .service_acts import may, need, role

_READS = {
    "dynamodb": ("DescribeStream", "GetRecords", "GetShardIterator"),
    "kinesis": ("DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards"),
    "sqs": ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes"),
}


def apply():
    all_mappings = lambda_svc._iter_all_esms

    def readable_mappings():
        for account, region, mapping in all_mappings():
            with request_scope(account, region):
                readable = _is_readable(mapping)
            if readable:
                yield account, region, mapping

    lambda_svc._iter_all_esms = readable_mappings


def _is_readable(mapping):
    source = mapping.get("EventSourceArn") or ""
    service = source.split(":")[2] if source.count(":") >= 5 else ""
    _, configuration, name = lambda_svc._get_func_record_for_ref(mapping["FunctionArn"])
    if service not in _READS or configuration is None:
        return True
    needs = [need(f"{service}:{action}", source) for action in _READS[service]]
    if service == "dynamodb":
        needs.append(need("dynamodb:ListStreams", "*"))
    return may(role(configuration["Role"], name), needs)
