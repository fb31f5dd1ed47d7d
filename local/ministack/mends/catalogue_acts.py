"""What whoever reads a table of the Glue catalogue needs, which AWS asks for twice: of the catalogue, and of the files.

AWS: https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html ("the catalog, the database and the table"),
https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html.
"""

import urllib.parse

from ministack.core.responses import get_account_id, get_region
from ministack.services import athena, s3

from .service_acts import need


def of_catalogue(action, database, table=None):
    """A need of the catalogue, the database and, for what is done to a table, the table."""
    glue = f"arn:aws:glue:{get_region()}:{get_account_id()}"
    resources = [f"{glue}:catalog", f"{glue}:database/{database}", *([f"{glue}:table/{database}/{table}"] if table else [])]
    return [need(f"glue:{action}", resource) for resource in resources]


def of_files(location):
    """A need of listing what lies below a location, and of reading it: its first and its last object stand for those between."""
    place = urllib.parse.urlparse(location)
    bucket, prefix = place.netloc, place.path.strip("/")
    objects = (s3._buckets.get(bucket) or {"objects": {}})["objects"]
    keys = sorted(key for key in list(objects) if key.startswith(f"{prefix}/") and not athena._hidden(key[len(prefix) + 1 :]))
    ends = {keys[0], keys[-1]} if keys else set()
    return [need("s3:ListBucket", f"arn:aws:s3:::{bucket}", s3_prefix=f"{prefix}/"), *(need("s3:GetObject", f"arn:aws:s3:::{bucket}/{key}") for key in sorted(ends))]
