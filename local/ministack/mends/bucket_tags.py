"""A bucket's `Tags` in a template are not put on the bucket.

CDK's custom resource that empties a bucket before its deletion does nothing to a bucket without its tag.
"""

from ministack.services import s3
from ministack.services.cloudformation import provisioners

from .expectation import expect_source
from .resource_handlers import after_provisioning


def apply():
    for function in (provisioners._s3_create, provisioners._s3_update):
        expect_source(__name__, function, lacks=["Tags"])

    def put_tags(bucket, attributes, properties):
        tags = provisioners._tag_map(properties.get("Tags"))
        if tags:
            s3._bucket_tags[bucket] = tags
        else:
            s3._bucket_tags.pop(bucket, None)
        return attributes

    after_provisioning("AWS::S3::Bucket", put_tags)
