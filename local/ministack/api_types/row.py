"""What is said of a CloudFormation type that is provisioned by an API."""

from dataclasses import dataclass, field
from typing import Any, Callable


@dataclass(frozen=True)
class ApiType:
    """One CloudFormation type whose create, update and delete are the operations Create<noun>, Update<noun>, Delete<noun>."""

    service: str
    """As botocore names it."""
    noun: str
    name: str
    """The property that names the resource; drawn when the template leaves it out."""
    identifier: str
    """The member of Update and Delete (and of Describe where `status` asks) that says which one is meant: it gets the resource's Ref."""
    replaced_by: tuple[str, ...]
    """Properties whose change makes a new resource ("Update requires: Replacement")."""
    attributes: Callable[[dict[str, Any]], dict[str, str]]
    """Fn::GetAtt's attributes from the answer to Create or Update."""
    envelope: str | None = None
    """The member that holds the properties, when they are not the request itself."""
    longest_name: int = 100
    left_out: dict[str, str] = field(default_factory=dict)
    """Properties that no operation takes, with the reason why nothing is lost here. Others are refused."""
    prepare: Callable[[dict[str, Any]], dict[str, Any]] = lambda properties: properties
    """Rewrites what CloudFormation shapes differently from the API."""
    after_create: Callable[[Any, str, dict[str, Any], dict[str, Any]], None] | None = None
    after_update: Callable[[Any, str, dict[str, Any], dict[str, Any]], None] | None = None
    """Further calls, given the client, the Ref, the properties and the answer to Create or Update."""
    ref: Callable[[dict[str, Any]], str] | None = None
    """The Ref from the answer to Create, where it is not the name."""
    status: Callable[[dict[str, Any]], str] | None = None
    """The status in the answer to Describe<noun>, which Create waits for to be one of `done`; none where a thing is there at once."""
    done: tuple[str, ...] = ("ACTIVE",)
    reason: Callable[[dict[str, Any]], str] | None = None
    """Why it FAILED, from the same answer."""
    members: Callable[[str], dict[str, str]] | None = None
    """The members that say which one is meant, from its Ref, where they are several."""
    only_created: tuple[str, ...] = ()
    """Properties that Create alone takes: `after_update` sees to them."""
    delete_with: dict[str, Any] = field(default_factory=dict)
    """What Delete is told beside that."""
