"""`Custom::CDKBucketDeployment` is a Python function with the AWS CLI in a layer of 40 MB: here it would need boto3 and that
CLI, and ten seconds a deployment. The same is done in process, as CDK's own handler does it
(aws-cdk-lib/custom-resource-handlers/dist/aws-s3-deployment): several sources, markers, filters, pruning, metadata, retention.
CloudFront invalidations are left out, because nothing is cached. What the function would do is asked of its role all the same.
"""

import fnmatch
import io
import json
import mimetypes
import zipfile

from ministack.core.responses import get_account_id, new_uuid
from ministack.services import lambda_svc, s3
from ministack.services.cloudformation import provisioners

from . import public_names
from .expectation import expect
from .function_roles import log_needs
from .resource_handlers import run_off_the_event_loop
from .service_acts import need, refusals, role

_TYPE = "Custom::CDKBucketDeployment"
_OWNER_TAG = "aws-cdk:cr-owned"
# What a file is called decides its type on every machine alike, whatever that machine's own list of types says.
_CONTENT_TYPES = {
    "css": "text/css", "csv": "text/csv", "gif": "image/gif", "html": "text/html", "ico": "image/x-icon", "jpeg": "image/jpeg",
    "jpg": "image/jpeg", "js": "text/javascript", "json": "application/json", "map": "application/json", "mjs": "text/javascript",
    "pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml", "txt": "text/plain", "wasm": "application/wasm",
    "webmanifest": "application/manifest+json", "webp": "image/webp", "avif": "image/avif", "woff": "font/woff", "woff2": "font/woff2",
    "xml": "application/xml",
}  # fmt: skip
# Options of `aws s3 sync`, which is what the properties of SystemMetadata become, that are headers of an object.
_OBJECT_HEADERS = ("cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires")


def apply():
    expect(__name__, _TYPE not in provisioners._RESOURCE_HANDLERS, f"it leaves {_TYPE} to its function")
    for name in ("_put_object", "_delete_object", "_get_object_data", "_ensure_bucket"):
        expect(__name__, callable(getattr(s3, name, None)), f"S3 has {name}")
    run_off_the_event_loop(_TYPE)
    provisioners._RESOURCE_HANDLERS[_TYPE] = {"create": _create, "update": _update, "delete": _delete}


def _create(_logical_id, properties, _stack_name):
    return f"aws.cdk.s3deployment.{new_uuid()}", _deploy(properties)


def _update(physical_id, old, new, _stack_name):
    if not _retains(old) and _destination(old) != _destination(new):
        _empty(old)
    return physical_id, _deploy(new)


def _delete(_physical_id, properties):
    if not _retains(properties) and not _owned_by_another(properties):
        _empty(properties)


def _deploy(properties):
    bucket, prefix = _destination(properties)
    if s3._ensure_bucket(bucket) is None:
        raise ValueError(f"The specified bucket does not exist: {bucket}")
    _demand(properties, bucket, prefix)
    wanted = {prefix + name: content for name, content in _files(properties) if _passes_filters(name, properties)}
    for key, content in wanted.items():
        status, _, body = s3._put_object(bucket, key, content, _headers(key, properties))
        if status >= 400:
            raise ValueError(f"s3://{bucket}/{key}: {body!r}")
    if _flag(properties.get("Prune"), default=True):
        for key in _existing(bucket, prefix):
            if key not in wanted and _passes_filters(key[len(prefix):], properties):
                s3._delete_object(bucket, key)
    keys = properties["SourceObjectKeys"] if _flag(properties.get("OutputObjectKeys"), default=True) else []
    return {"DestinationBucketArn": properties.get("DestinationBucketArn", f"arn:aws:s3:::{bucket}"), "SourceObjectKeys": keys}


def _demand(properties, bucket, prefix):
    """Raises ValueError unless the function's role allows what `aws s3 cp` and `aws s3 sync` do, the invalidation and the log."""
    _, configuration, name = lambda_svc._get_func_record_for_ref(properties["ServiceToken"])
    if configuration is None:
        raise ValueError(f"Function not found: {properties['ServiceToken']}")
    target = f"arn:aws:s3:::{bucket}"
    needs = [*log_needs(configuration), need("s3:ListBucket", target)]
    needs += [need(f"s3:{action}", f"{target}/{prefix}file") for action in ("PutObject", "DeleteObject")]
    for source, key in zip(properties["SourceBucketNames"], properties["SourceObjectKeys"], strict=True):
        needs += [need("s3:GetObject", f"arn:aws:s3:::{source}/{key}"), need("s3:ListBucket", f"arn:aws:s3:::{source}")]
    if properties.get("DistributionId"):
        distribution = f"arn:aws:cloudfront::{get_account_id()}:distribution/{properties['DistributionId']}"
        needs += [need(f"cloudfront:{action}", distribution) for action in ("CreateInvalidation", "GetInvalidation")]
    refused = refusals(role(configuration["Role"], name), needs)
    if refused:
        raise ValueError(refused[0])


def _files(properties):
    """Name and content of each file of each source in turn; a later source wins."""
    buckets, keys = properties["SourceBucketNames"], properties["SourceObjectKeys"]
    all_markers = properties.get("SourceMarkers") or [{}] * len(keys)
    configurations = properties.get("SourceMarkersConfig") or [{}] * len(keys)
    for bucket, key, markers, configuration in zip(buckets, keys, all_markers, configurations, strict=True):
        source = s3._get_object_data(bucket, key)
        if source is None:
            raise ValueError(f"The source of a deployment does not exist: s3://{bucket}/{key}")
        if not _flag(properties.get("Extract"), default=True):
            yield key.rsplit("/", 1)[-1], source
            continue
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            for name in archive.namelist():
                if not name.endswith("/"):
                    yield name, _replace_markers(archive.read(name), markers, configuration)


def _replace_markers(content, markers, configuration):
    if not markers:
        return content
    for marker, value in markers.items():
        text = value if isinstance(value, str) else json.dumps(value)
        if _flag((configuration or {}).get("jsonEscape"), default=False) and isinstance(value, str):
            text = json.dumps(text)[1:-1]
        content = content.replace(marker.encode(), text.encode())
    # `https://` may stand before the marker of a domain name: only now is there an address to replace.
    return public_names.reachable_text(content.decode()).encode() if _is_text(content) else content


def _is_text(content):
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _passes_filters(name, properties):
    """As `aws s3 sync`: every --exclude, then every --include, and the last that matches decides."""
    passes = True
    for pattern in properties.get("Exclude") or []:
        passes = passes and not fnmatch.fnmatchcase(name, pattern)
    return passes or any(fnmatch.fnmatchcase(name, pattern) for pattern in properties.get("Include") or [])


def _headers(key, properties):
    extension = key.rsplit(".", 1)[-1].lower()
    headers = {"content-type": _CONTENT_TYPES.get(extension) or mimetypes.guess_type(key)[0] or "binary/octet-stream"}
    system = {name.lower(): str(value) for name, value in (properties.get("SystemMetadata") or {}).items()}
    headers.update({name: system[name] for name in _OBJECT_HEADERS if name in system})
    user = properties.get("UserMetadata") or {}
    headers.update({f"x-amz-meta-{name.lower()}": str(value) for name, value in user.items()})
    return headers


def _destination(properties):
    prefix = (properties.get("DestinationBucketKeyPrefix") or "").strip("/")
    return properties["DestinationBucketName"], f"{prefix}/" if prefix else ""


def _existing(bucket, prefix):
    found = s3._ensure_bucket(bucket)
    return [key for key in (found["objects"] if found else {}) if key.startswith(prefix)]


def _empty(properties):
    bucket, prefix = _destination(properties)
    for key in _existing(bucket, prefix):
        s3._delete_object(bucket, key)


def _owned_by_another(properties):
    bucket, prefix = _destination(properties)
    tag = f"{_OWNER_TAG}:{prefix.rstrip('/')}" if prefix else _OWNER_TAG
    return any(name.startswith(tag) for name in s3._bucket_tags.get(bucket) or {})


def _retains(properties):
    return _flag(properties.get("RetainOnDelete"), default=True)


def _flag(value, default):
    return default if value is None else str(value).lower() == "true"
