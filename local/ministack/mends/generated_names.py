"""A generated name is the same each time a stack is made. What was retained when its stack was deleted, or replaced under
`UpdateReplacePolicy: Retain`, is overwritten by its successor: tables lose their items, log groups their events.

AWS draws a new name for each new resource and keeps it through updates
(https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html). MiniStack can do that too:
it records a seed with the resource, and draws one for buckets.
"""

from ministack.core.responses import new_uuid
from ministack.services.cloudformation import provisioners, stacks

from .expectation import expect_source


def apply():
    expect_source(__name__, provisioners._physical_name, has=["_NAME_SEED.get() if seeded"])
    expect_source(__name__, stacks._provision_keeping_seed, has=['_NAME_SEED.set("")', "_provision_resource(*args)"])
    provision = stacks._provision_resource

    def provision_under_a_new_name(*arguments):
        if not provisioners._NAME_SEED.get():
            provisioners._NAME_SEED.set(new_uuid()[:8])
        return provision(*arguments)

    stacks._provision_resource = provision_under_a_new_name
