"""The OpenAPI 3.1 document of what other programs ask for over HTTP, generated from its classes."""

from typing import Any

from orgdata.api.answers import VERSION
from orgdata.api.resources import FILTERS, RESOURCES, Resource
from orgdata.api.schema import Schema, schema_of
from orgdata.gaps import SEVERITIES

BASE = f"/api/v{VERSION}"
COMMON = {  # parameters of every resource
    "as_of": "the day to measure on, at most ten years from that of the pages, which it is "
    "without",
    "source": "the name of a saved source; without it the server's own",
    "scenario": "a scenario that counts in what is shown"}
PAGING = {"limit": "rows of the answer at most", "offset": "rows to leave out before"}
MOST_ROWS = 100_000
_NUMBER: Schema = {"type": "integer", "minimum": 0, "maximum": MOST_ROWS}
_VALUES: dict[str, Schema] = {  # of parameters; any text else
    "as_of": {"type": "string", "format": "date"}, "severity": {"enum": list(SEVERITIES)},
    "since": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "format": "date"}]},
    "limit": _NUMBER, "offset": _NUMBER}
PROBLEM = "application/problem+json"
ENVELOPE: dict[str, Schema] = {
    "as_of": {"type": "string", "format": "date"}, "source": {"type": "string"},
    "method": {"type": "string"},
    "unknown": {"type": "array", "items": {"type": "string"},
                "description": "what the figures leave open, in sentences"},
    "page": {"type": "string", "description": "the address of the page that shows the same"}}
_REFUSALS = {
    "400": "a parameter cannot be used", "401": "no token that counts", "403": "not for the role "
    "of this token", "404": "not there, or not for this token", "429": "too many requests; "
    "Retry-After says when to ask again", "503": "the source or the store cannot be read"}


def document() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Portfolio alignment", "version": VERSION,
                 "description": "Where the portfolio is out of line and why: read-only, the "
                 "numbers of the pages, and of these what the role of a token is shown."},
        "servers": [{"url": BASE}],
        "security": [{"token": []}],
        "paths": {one.path: {"get": _operation(one)} for one in RESOURCES} | {
            "/openapi.json": {"get": {
                "operationId": "openapi", "summary": "This document.",
                "responses": {"200": {"description": "It", "content": {
                    "application/json": {"schema": {"type": "object"}}}}, **_refused()}}}},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": _problem(), **{one.kind.__name__: schema_of(one.kind)
                                                  for one in RESOURCES}}}}


def body_schema(resource: Resource) -> Schema:
    """The schema of an answer in JSON: day, source and what is unknown, and what was asked for:
    `items` of a list, with how many there are in all; else `item`."""
    of: Schema = {"$ref": f"#/components/schemas/{resource.kind.__name__}"}
    content: dict[str, Schema] = {"items": {"type": "array", "items": of},
                                  "in_all": {"type": "integer"}} if resource.is_list else {
                                      "item": of}
    return {"type": "object", "properties": ENVELOPE | content,
            "required": sorted(ENVELOPE | content), "additionalProperties": False}


def _operation(resource: Resource) -> dict[str, Any]:
    content: dict[str, Any] = {"application/json": {"schema": body_schema(resource)}}
    if resource.is_list:
        content["text/csv"] = {"schema": {"type": "string"}}
    return {
        "operationId": resource.name, "summary": resource.about,
        "description": f"For those who may open the page {resource.page}.",
        "parameters": [*_parameters(resource)],
        "responses": {
            "200": {"description": resource.about, "content": content, "headers": {
                "ETag": {"schema": {"type": "string"}}}},
            "304": {"description": "it is what If-None-Match names"}, **_refused()}}


def _parameters(resource: Resource) -> list[dict[str, Any]]:
    named = [{"name": "key", "in": "path", "required": True, "schema": {"type": "string"},
              "description": "of a gap, as /gaps lists it"}] if "{key}" in resource.path else []
    paging = PAGING if resource.is_list else {}
    return [*named, *({
        "name": name, "in": "query", "required": False, "description": text,
        "schema": _VALUES.get(name, {"type": "string"})}
        for name, text in ({one: FILTERS[one] for one in resource.filters} | paging
                           | COMMON).items())]


def _refused() -> dict[str, Any]:
    return {status: {"description": text, "content": {PROBLEM: {"schema": {
        "$ref": "#/components/schemas/Problem"}}}} for status, text in _REFUSALS.items()}


def _problem() -> Schema:
    return {"type": "object", "required": ["status", "title", "type"], "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string"}}, "additionalProperties": False}
