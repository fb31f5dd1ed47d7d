"""Makes MiniStack provision the types in the table by their APIs."""

import contextlib
import time

from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError
from ministack.services.cloudformation import provisioners

from mends.resource_handlers import run_off_the_event_loop

from .clients import client
from .shapes import UnknownProperty, to_shape
from .table import TABLE

_PAUSE_SECONDS = 0.2
_MOST_LOOKS = 3_000


def apply():
    for resource_type, row in TABLE.items():
        handler = _Handler(resource_type, row)
        provisioners._RESOURCE_HANDLERS[resource_type] = {"create": handler.create, "update": handler.update, "delete": handler.delete}
        # A replacement makes the new one under its own name, and deletes the old one once the update has succeeded.
        provisioners._REPLACING_PROPERTIES[resource_type] = row.replaced_by
        run_off_the_event_loop(resource_type)


class _Handler:
    def __init__(self, resource_type, row):
        self._type, self._row = resource_type, row

    def create(self, logical_id, properties, stack_name):
        """The resource's Ref and attributes; ValueError with AWS's words when the API refuses."""
        row = self._row
        name = properties.get(row.name) or provisioners._physical_name(stack_name, logical_id, max_len=row.longest_name)
        calls = client(row.service)
        answer = self._call(calls, f"Create{row.noun}", self._request(calls, f"Create{row.noun}", {**properties, row.name: name}))
        physical_id = row.ref(answer) if row.ref else name
        try:
            self._wait(calls, physical_id)
            self._further(row.after_create, calls, physical_id, properties, answer)
        except ValueError:
            # What did not come about would be in the way of the next attempt.
            with contextlib.suppress(ValueError):
                self.delete(physical_id, properties)
            raise
        return physical_id, row.attributes(answer)

    def _wait(self, calls, physical_id):
        """Returns when it is done. ValueError when it failed, or is not there after ten minutes."""
        row = self._row
        if not row.status:
            return
        for _ in range(_MOST_LOOKS):
            answer = self._call(calls, f"Describe{row.noun}", self._members(physical_id))
            status = row.status(answer)
            if status in row.done:
                return
            if "FAILED" in status:
                break
            time.sleep(_PAUSE_SECONDS)
        reason = row.reason(answer) if row.reason else ""
        raise ValueError(f"{self._type}: {physical_id} is {status}{': ' if reason else ''}{reason}")

    def _members(self, physical_id):
        """Which one is meant, as the operations are told."""
        return self._row.members(physical_id) if self._row.members else {self._row.identifier: physical_id}

    def update(self, physical_id, _old, new, _stack_name):
        row = self._row
        calls = client(row.service)
        properties = {name: value for name, value in new.items() if name != row.name and name not in row.only_created}
        answer = self._call(calls, f"Update{row.noun}", self._request(calls, f"Update{row.noun}", {**properties, **self._addressed(calls, physical_id)}))
        self._further(row.after_update, calls, physical_id, new, answer)
        return physical_id, row.attributes(answer)

    def delete(self, physical_id, _properties):
        try:
            self._call(client(self._row.service), f"Delete{self._row.noun}", {**self._members(physical_id), **self._row.delete_with})
        except _Refused as refused:
            if "NotFound" not in refused.code:
                raise

    def _request(self, calls, operation, properties):
        shape = calls.meta.service_model.operation_model(operation).input_shape
        sent = {name: value for name, value in self._row.prepare(properties).items() if name not in self._row.left_out}
        try:
            if not self._row.envelope:
                return to_shape(sent, shape)
            tags = sent.pop("Tags", None)
            request = {self._row.envelope: to_shape(sent, shape.members[self._row.envelope])}
            return {**request, **(to_shape({"Tags": tags}, shape) if tags and "tags" in shape.members else {})}
        except UnknownProperty as unknown:
            raise ValueError(f"{self._type}: the property {unknown} is not known on this machine") from None

    def _call(self, calls, operation, request):
        return self._translated(lambda: getattr(calls, xform_name(operation))(**request))

    def _addressed(self, calls, physical_id):
        """What Update is told of which one is meant: an id that stands within a property is there already."""
        members = self._members(physical_id)
        if not self._row.members:
            return members
        taken = calls.meta.service_model.operation_model(f"Update{self._row.noun}").input_shape.members
        return {name: value for name, value in members.items() if name in taken}

    def _further(self, calls_to_make, calls, name, properties, answer):
        if calls_to_make:
            self._translated(lambda: calls_to_make(calls, name, properties, answer))

    def _translated(self, call):
        try:
            return call()
        except ClientError as error:
            raise _Refused(self._row.service, error) from None
        except BotoCoreError as error:
            raise ValueError(f"{self._type}: {error}") from None


class _Refused(ValueError):
    def __init__(self, service, error):
        details = error.response.get("Error", {})
        self.code = details.get("Code", "Unknown")
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        super().__init__(f"{details.get('Message')} (Service: {service}, Status Code: {status}, Error Code: {self.code})")
