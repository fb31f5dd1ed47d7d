"""CloudFormation resource types in MiniStack: a handler is create, update and delete, given resolved properties."""

from ministack.services.cloudformation import provisioners, stacks

from .expectation import expect

_blocking_types = set()


def after_provisioning(resource_type, then):
    """Runs `then(physical_id, attributes, properties) -> attributes` after each create and update of the type."""
    handler = _handler(resource_type)
    create, update = handler["create"], handler.get("update")

    def create_then(logical_id, properties, stack_name):
        physical_id, attributes = create(logical_id, properties, stack_name)
        return physical_id, then(physical_id, attributes, properties)

    def update_then(physical_id, old, new, *rest):
        physical_id, attributes = update(physical_id, old, new, *rest)
        return physical_id, then(physical_id, attributes, new)

    replacement = {**handler, "create": create_then}
    if update:
        replacement["update"] = update_then
    provisioners._RESOURCE_HANDLERS[resource_type] = replacement


def before_provisioning(resource_type, prepare):
    """Gives each create and update of the type `prepare(properties)` in place of its resolved properties."""
    handler = _handler(resource_type)
    create, update = handler["create"], handler.get("update")
    replacement = {
        **handler,
        "create": lambda logical_id, properties, stack_name: create(logical_id, prepare(properties), stack_name),
    }
    if update:
        replacement["update"] = lambda physical_id, old, new, *rest: update(physical_id, prepare(old), prepare(new), *rest)
    provisioners._RESOURCE_HANDLERS[resource_type] = replacement


def after_deletion(resource_type, then):
    """Runs `then(physical_id, properties)` after each delete of the type."""
    handler = _handler(resource_type)
    delete = handler["delete"]

    def delete_then(physical_id, properties):
        delete(physical_id, properties)
        then(physical_id, properties)

    provisioners._RESOURCE_HANDLERS[resource_type] = {**handler, "delete": delete_then}


def run_off_the_event_loop(resource_type):
    """For a type whose handler makes calls: on the event loop it would block the very server that may have to answer."""
    if not _blocking_types:
        runs_on_worker_thread = stacks._runs_on_worker_thread
        stacks._runs_on_worker_thread = lambda given: given in _blocking_types or runs_on_worker_thread(given)
    _blocking_types.add(resource_type)


def _handler(resource_type):
    handler = provisioners._RESOURCE_HANDLERS.get(resource_type)
    expect(__name__, handler is not None and "create" in handler, f"it provisions {resource_type}")
    return handler
