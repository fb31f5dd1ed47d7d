"""CloudFormation types that MiniStack lacks, or only pretends to have, provisioned as calls of their service's own API."""
