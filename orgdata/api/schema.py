"""The shape of an answer as a JSON Schema (2020-12), read from its class."""

from types import NoneType, UnionType
from typing import (
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

Schema = dict[str, Any]
_PLAIN: dict[object, Schema] = {
    str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"},
    bool: {"type": "boolean"}, NoneType: {"type": "null"}, Any: {}}


def schema_of(kind: Any) -> Schema:
    """The schema of a class, a list, a mapping from text, a choice or a plain value. Raises
    TypeError for anything else."""
    if is_typeddict(kind):
        return {"type": "object", "description": (kind.__doc__ or "").partition("\n\n")[0],
                "properties": {name: schema_of(one) for name, one in get_type_hints(kind).items()},
                "required": sorted(kind.__required_keys__), "additionalProperties": False}
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return {"anyOf": [schema_of(one) for one in inner]}
    if origin is list:
        return {"type": "array", "items": schema_of(*inner)}
    if origin is dict and inner[0] is str:
        return {"type": "object", "additionalProperties": schema_of(inner[1])}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is NotRequired:
        return schema_of(*inner)
    raise TypeError(f"no schema of {kind}")
