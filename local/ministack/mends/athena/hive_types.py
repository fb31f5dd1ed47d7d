"""Types of the Glue catalogue, in Hive's notation, as DuckDB calls them."""

import re

_SIMPLE = {"string": "VARCHAR", "char": "VARCHAR", "varchar": "VARCHAR", "int": "INTEGER", "binary": "BLOB"}


def to_duckdb(hive):
    """`array<struct<a:bigint>>` is `STRUCT("a" bigint)[]`."""
    kind, inside = re.fullmatch(r"\s*(\w+)\s*(?:[<(](.*)[>)])?\s*", hive, re.DOTALL).groups()
    kind = kind.lower()
    if kind == "array":
        return f"{to_duckdb(inside)}[]"
    if kind == "map":
        return f"MAP({', '.join(to_duckdb(part) for part in _parts(inside))})"
    if kind == "struct":
        members = (part.split(":", 1) for part in _parts(inside))
        return f"STRUCT({', '.join(f'{name.strip().lower()} {to_duckdb(of)}' for name, of in members)})"
    return f"DECIMAL({inside or '10,0'})" if kind == "decimal" else _SIMPLE.get(kind, kind.upper())


def _parts(text):
    """Splits at commas that stand in no bracket."""
    depth, begin = 0, 0
    for at, letter in enumerate(text):
        depth += (letter in "<(") - (letter in ">)")
        if letter == "," and depth == 0:
            yield text[begin:at]
            begin = at + 1
    yield text[begin:]


_FROM_DUCKDB = {"VARCHAR": "string", "INTEGER": "int", "UINTEGER": "bigint", "UBIGINT": "bigint", "HUGEINT": "bigint", "BLOB": "binary", "JSON": "string", "UUID": "string", "TIMESTAMP WITH TIME ZONE": "timestamp"}
_DATES = ("DATE", "TIME", "TIMESTAMP")


def from_duckdb(of, *, dates=True):
    """`STRUCT(a BIGINT)[]` is `array<struct<a:bigint>>`. Without `dates` they are texts."""
    of = of.strip()
    if of.endswith("[]"):
        return f"array<{from_duckdb(of[:-2], dates=dates)}>"
    nested = re.fullmatch(r"(STRUCT|MAP)\((.*)\)", of, re.DOTALL)
    if nested and nested[1] == "MAP":
        return f"map<{','.join(from_duckdb(part, dates=dates) for part in _parts(nested[2]))}>"
    if nested:
        members = (re.fullmatch(r'\s*("(?:[^"]|"")*"|\S+)\s+(.*)', part, re.DOTALL).groups() for part in _parts(nested[2]))
        return f"struct<{','.join(f'{name.strip(chr(34)).lower()}:{from_duckdb(inner, dates=dates)}' for name, inner in members)}>"
    if not dates and of.startswith(_DATES):
        return "string"
    return _FROM_DUCKDB.get(of, of.replace(" ", "").lower())
