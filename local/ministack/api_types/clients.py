"""AWS clients with which MiniStack itself calls, through the gateway, what other servers of this machine answer."""

import functools
import os
import threading

import botocore.session
from botocore.config import Config
from ministack.core.responses import get_account_id, get_region

_making = threading.Lock()


def client(service):
    """A client in the account and region of the current request. It acts as the account itself: MiniStack does not keep the
    role that a stack was given."""
    with _making:
        return _client(service, get_region(), get_account_id())


@functools.cache
def _session():
    return botocore.session.Session()


@functools.lru_cache(maxsize=64)
def _client(service, region, account):
    return _session().create_client(
        service,
        region_name=region,
        endpoint_url=os.environ["LOCAL_GATEWAY_URL"],
        aws_access_key_id=account,
        aws_secret_access_key="local",
        config=Config(retries={"max_attempts": 0}, read_timeout=120, inject_host_prefix=False),
    )
