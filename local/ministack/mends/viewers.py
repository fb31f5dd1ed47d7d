"""A viewer has no account, so a distribution is looked for, and served, in MiniStack's default account alone: those of the
other accounts do not answer. Here a viewer's request is served in the account that owns the distribution.

A distribution also answers to its id (`<id>.cloudfront.net`), the name by which the gateway asks for its site.
"""

import ministack.app
from ministack.core.responses import _request_account_id
from ministack.services import cloudfront

from .expectation import expect, expect_source


def apply():
    expect_source(__name__, cloudfront.find_distribution_for_label, has=["_distributions.values()"])
    expect(__name__, hasattr(cloudfront._distributions, "_data"), "distributions are kept by account and id")
    expect(__name__, ministack.app._CLOUDFRONT_HOST_RE.match("e1a2b3c4d5e6f7.cloudfront.net"), "a distribution's id can be a host's label")
    serve = cloudfront.handle_viewer_request

    async def serve_as_owner(distribution, *request):
        token = _request_account_id.set(_owner(distribution))
        try:
            return await serve(distribution, *request)
        finally:
            _request_account_id.reset(token)

    cloudfront.find_distribution_for_label = _find
    cloudfront.handle_viewer_request = serve_as_owner


def _find(label):
    names = {label.lower(), f"{label.lower()}.cloudfront.net"}
    for distribution in list(cloudfront._distributions._data.values()):
        if names & {distribution["Id"].lower(), distribution["DomainName"].lower()}:
            return distribution
    return None


def _owner(distribution):
    return distribution["ARN"].split(":")[4]
