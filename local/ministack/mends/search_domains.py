"""An OpenSearch domain's endpoint is `<domain>.<region>.ministack.local:9200`, or the one of another program for all of them.

AWS: `search-<domain>-<id>.<region>.es.amazonaws.com` (https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createupdatedomains.html).
Here the id is the account, by which public_names.py finds the domain's place at the gateway.
"""

from ministack.core.responses import get_account_id, get_region
from ministack.services import opensearch
from ministack.services.cloudformation import provisioners

from .expectation import expect_source
from .resource_handlers import after_provisioning


def apply():
    expect_source(__name__, opensearch._spawn_dataplane, has=["ministack.local"])
    expect_source(__name__, provisioners._opensearch_attributes, has=['"DomainEndpoint"', 'rec.get("Endpoint")'])
    after_provisioning("AWS::OpenSearchService::Domain", _with_endpoint)


def _with_endpoint(name, attributes, _properties):
    endpoint = f"search-{name}-{get_account_id()}.{get_region()}.es.amazonaws.com"
    record = opensearch._domains[name]
    record["Endpoint"] = record["_Endpoint"] = endpoint
    return {**attributes, "DomainEndpoint": endpoint}
