"""The JSON Schema of markscan.toml, made from the table of its keys.

The file schemas/config.schema.json is what `config_schema` returns, for editors that
complete and check TOML; a test keeps the two the same.
"""

from __future__ import annotations

from markscan.config_keys import KEYS, MANY, REQUIRED, TABLES
from markscan.key import CLOCK, Key
from markscan.lexicon import read_levels

Json = dict[str, object]


def config_schema() -> Json:
    """Return the schema (draft 2020-12) that every good markscan.toml fulfils."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "markscan.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {table: _table(table) for table in TABLES},
    }


def _table(table: str) -> Json:
    keys = [key for key in KEYS if key.table == table]
    schema: Json = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: _described(key) for key in keys},
    }
    required = [key.name for key in keys if (table, key.name) in REQUIRED]
    if required:
        schema["required"] = required
    return {"type": "array", "items": schema} if table in MANY else schema


def _described(key: Key) -> Json:
    return {"description": f"{key.help.zh} / {key.help.en}", **_value(key)}


def _value(key: Key) -> Json:
    text: Json = {"type": "string", "pattern": r"\S"}
    match key.kind:
        case "text":
            return text
        case "texts":
            return {"type": "array", "items": text}
        case "names":
            return {"type": "array", "minItems": 1, "items": text}
        case "codes":
            return {"type": "array", "items": {"type": "string", "pattern": r"^MS\d{3}$"}}
        case "choice":
            return {"enum": list(key.choices)}
        case "count":
            return {"type": "integer", "minimum": 1}
        case "whole":
            return {"type": "integer", "minimum": 0}
        case "flag":
            return {"type": "boolean"}
        case "number":
            return {"type": "number", "exclusiveMinimum": 0}
        case "clock":
            return {"type": "string", "pattern": f"^{CLOCK}$"}
        case "highest":
            return _highest()


def _highest() -> Json:
    schemes: Json = {}
    for scheme in read_levels().schemes:
        names = [
            name for level in scheme.levels for name in (level.code, level.zh, f"{level.zh}级")
        ]
        schemes[scheme.code] = {"description": f"{scheme.zh} / {scheme.en}", "enum": names}
    return {"type": "object", "additionalProperties": False, "properties": schemes}
