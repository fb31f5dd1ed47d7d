"""An unsigned request names no account, so a distribution or an HTTP API is looked for in MiniStack's default account alone:
those of all other accounts do not answer. Their names are unique across accounts; whoever owns one serves the request.

A distribution also answers to its id (`<id>.cloudfront.net`), the name by which the gateway asks for its site.
"""

import ministack.app
from ministack.core.responses import _request_account_id
from ministack.services import apigateway, cloudfront

from .expectation import expect, expect_source


def apply():
    expect_source(__name__, apigateway.find_api_scope, has=["if stored_account == account_id and stored_api_id == api_id"])
    expect_source(__name__, cloudfront.find_distribution_for_label, has=["_distributions.values()"])
    expect(__name__, hasattr(cloudfront._distributions, "_data"), "distributions are kept by account and id")
    expect(__name__, ministack.app._CLOUDFRONT_HOST_RE.match("e1a2b3c4d5e6f7.cloudfront.net"), "a distribution's id can be a host's label")
    find_own_api, serve = apigateway.find_api_scope, cloudfront.handle_viewer_request

    def find_api(api_id):
        return find_own_api(api_id) or next(
            ((account, region) for (account, region, found_id), _ in apigateway._apis.all_items() if found_id == api_id), None
        )

    async def serve_as_owner(distribution, *request):
        token = _request_account_id.set(distribution["ARN"].split(":")[4])
        try:
            return await serve(distribution, *request)
        finally:
            _request_account_id.reset(token)

    apigateway.find_api_scope = find_api
    cloudfront.find_distribution_for_label = _find_distribution
    cloudfront.handle_viewer_request = serve_as_owner


def _find_distribution(label):
    names = {label.lower(), f"{label.lower()}.cloudfront.net"}
    for distribution in list(cloudfront._distributions._data.values()):
        if names & {distribution["Id"].lower(), distribution["DomainName"].lower()}:
            return distribution
    return None
