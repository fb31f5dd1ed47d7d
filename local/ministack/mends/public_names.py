"""Names that AWS would make public, and that a browser on this machine could not reach, become addresses that it can:

- `https://<distribution>.cloudfront.net`, and the distribution's aliases → the distribution's site, `http://localhost:<port>`,
  a port that the gateway gives (POST <gateway>/_local/sites) and takes back (DELETE <gateway>/_local/sites/<id>);
- `https://<api>.execute-api.<region>.amazonaws.com` → `<gateway>/_local/apis/<api>`, since `*.localhost` has no address for most programs;
- `https://search-<domain>-<account>.<region>.es.amazonaws.com` → `<gateway>/_local/domains/<account>/<region>/<domain>`;
- `https://cognito-idp.<region>.amazonaws.com[/<pool>]` and `https://<prefix>.auth.<region>.amazoncognito.com` → the gateway;
- the origins in LOCAL_PUBLIC_NAMES, a JSON object such as `{"https://api.stripe.com": "http://127.0.0.1:4570"}` → the servers that
  stand for them.

This happens where CloudFormation resolves properties and outputs, after `Fn::Join` and `Fn::Sub` have made their string, so
that templates stay what they are on AWS. An authorizer keeps AWS's issuer, because that is what stands in the tokens.
"""

import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudfront
from ministack.services.cloudformation import stacks

from .expectation import expect, expect_source
from .resource_handlers import after_deletion, after_provisioning, before_provisioning, run_off_the_event_loop

_DISTRIBUTION = "AWS::CloudFront::Distribution"
_COGNITO = re.compile(r"https://(?:cognito-idp\.[a-z0-9-]+\.amazonaws\.com|[a-z0-9-]+\.auth\.[a-z0-9-]+\.amazoncognito\.com)")
_API = re.compile(r"https://([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com")
_DOMAIN = re.compile(r"https://search-([a-z0-9-]+)-(\d{12})\.([a-z0-9-]+)\.es\.amazonaws\.com")
_OTHERS = json.loads(os.environ.get("LOCAL_PUBLIC_NAMES") or "{}")
_POOL_PATH = r"/[a-z]{2}(?:-[a-z]+)+-\d_[A-Za-z0-9]+(?![A-Za-z0-9/])"


def apply():
    expect_source(__name__, stacks._deploy_stack_async, has=["resolved_props = _resolve_refs("])
    expect_source(__name__, stacks._resolve_stack_outputs, has=["out_value = _resolve_refs("])
    expect(__name__, callable(cloudfront._new_distribution_domain), "it draws a domain name for a distribution")
    resolve = stacks._resolve_refs
    stacks._resolve_refs = lambda *arguments: _reachable(resolve(*arguments))

    run_off_the_event_loop(_DISTRIBUTION)
    after_provisioning(_DISTRIBUTION, _open_site)
    after_deletion(_DISTRIBUTION, lambda distribution_id, _: _gateway("DELETE", f"/_local/sites/{distribution_id}"))
    before_provisioning("AWS::ApiGatewayV2::Authorizer", _with_issuer_of_aws)
    before_provisioning("AWS::CloudFront::ResponseHeadersPolicy", _with_origins_only)


def reachable_text(text):
    """The text with every public name in it replaced by the address that answers on this machine."""
    if "https://" not in text:
        return text
    text = _COGNITO.sub(_browser_gateway(), text)
    text = _API.sub(lambda match: f"{_browser_gateway()}/_local/apis/{match[1]}", text)
    text = _DOMAIN.sub(lambda match: f"{os.environ['LOCAL_GATEWAY_URL']}/_local/domains/{match[2]}/{match[3]}/{match[1]}", text)
    for public, origin in (*_sites(), *_OTHERS.items()):
        text = re.sub(rf"{re.escape(public)}(?![a-z0-9.:-])", origin, text, flags=re.IGNORECASE)
    return text


def is_reachable_origin(origin):
    """Whether an origin is the address of a server that stands for a public name."""
    return origin in _OTHERS.values()


def _reachable(value):
    if isinstance(value, str):
        return reachable_text(value)
    if isinstance(value, list):
        return [_reachable(item) for item in value]
    if isinstance(value, dict):
        return {key: _reachable(item) for key, item in value.items()}
    return value


def _sites():
    for distribution in list(cloudfront._distributions.values()):
        origin = distribution.get("LocalOrigin")
        if origin:
            for name in (distribution["DomainName"], *distribution.get("LocalAliases", ())):
                yield f"https://{name}", origin


def _open_site(distribution_id, attributes, properties):
    distribution = cloudfront._distributions[distribution_id]
    if not distribution.get("LocalOrigin"):
        request = {"account": get_account_id(), "region": get_region(), "distributionId": distribution_id}
        distribution["LocalOrigin"] = _gateway("POST", "/_local/sites", request)["origin"]
    distribution["LocalAliases"] = list((properties.get("DistributionConfig") or {}).get("Aliases") or [])
    return attributes


def _with_issuer_of_aws(properties):
    configuration = properties.get("JwtConfiguration") or {}
    issuer, base = str(configuration.get("Issuer", "")), f"{_browser_gateway()}/"
    if not issuer.startswith(base):
        return properties
    pool = issuer[len(base):].rstrip("/")
    region = pool.split("_")[0]
    return {**properties, "JwtConfiguration": {**configuration, "Issuer": f"https://cognito-idp.{region}.amazonaws.com/{pool}"}}


def _with_origins_only(properties):
    """A source with a path in a Content-Security-Policy allows that one path unless it ends in a slash: `<gateway>/<pool>`
    would not allow the discovery document below it (https://www.w3.org/TR/CSP3/#match-paths)."""
    gateway = _browser_gateway()
    return json.loads(re.sub(re.escape(gateway) + _POOL_PATH, gateway, json.dumps(properties)))


def _browser_gateway():
    """Browsers treat `localhost` as a secure context; the SDKs use the address."""
    return f"http://localhost:{urllib.parse.urlsplit(os.environ['LOCAL_GATEWAY_URL']).port}"


def _gateway(method, path, request=None):
    url = os.environ["LOCAL_GATEWAY_URL"] + path
    body = None if request is None else json.dumps(request).encode()
    message = urllib.request.Request(url, data=body, method=method, headers={"content-type": "application/json"})
    try:
        with urllib.request.urlopen(message, timeout=10) as answer:
            content = answer.read()
    except urllib.error.HTTPError as error:
        if method == "DELETE" and error.code == 404:
            return None
        raise ValueError(f"The gateway refused {method} {url}: {error.code} {error.read().decode(errors='replace')[:200]}") from error
    except (urllib.error.URLError, TimeoutError) as error:
        raise ValueError(f"The gateway, which gives each CloudFront distribution its port on this machine, does not answer at {url}: {error}") from error
    return json.loads(content) if content else None
