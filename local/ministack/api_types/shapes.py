"""From a template's values to an API's request."""

import json
import re


class UnknownProperty(ValueError):
    """A property that the API has no member for."""


def to_shape(value, shape, path=""):
    """`value`, with names and scalars as CloudFormation writes them (PascalCase, numbers and booleans also as strings), as
    this botocore shape has them.

    Raises UnknownProperty with the path of a property that the shape has no member for.
    """
    kind = shape.type_name
    if kind == "structure" and isinstance(value, dict):
        return _to_structure(value, shape, path)
    if kind == "list":
        return [to_shape(item, shape.member, f"{path}[]") for item in (value if isinstance(value, list) else [value])]
    if kind == "map" and isinstance(value, dict):
        return {key: to_shape(item, shape.value, f"{path}.{key}") for key, item in value.items()}
    return _to_scalar(value, kind)


def _to_structure(value, shape, path):
    members = {_letters(name): name for name in shape.members}
    result = {}
    for name, item in value.items():
        member = members.get(_letters(name))
        if member is None:
            raise UnknownProperty(f"{path}.{name}".lstrip("."))
        result[member] = to_shape(item, shape.members[member], f"{path}.{name}")
    return result


def _to_scalar(value, kind):
    if kind == "boolean":
        return value if isinstance(value, bool) else str(value).lower() == "true"
    if kind in ("integer", "long"):
        return int(float(value))
    if kind in ("double", "float"):
        return float(value)
    if kind == "string" and isinstance(value, (dict, list)):
        return json.dumps(value)
    if kind == "string":
        return str(value).lower() if isinstance(value, bool) else str(value)
    return value


def _letters(name):
    return re.sub(r"[^a-z0-9]", "", name.lower())
