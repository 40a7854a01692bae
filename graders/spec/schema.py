"""The JSON Schema of assignments, for editors: `python -m graders.spec.schema` writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from graders.spec.assignment import Assignment

SCHEMA_PATH = Path(__file__).with_name("assignment.schema.json")


class _Generator(GenerateJsonSchema):
    def encode_default(self, dft: object) -> object:
        """Write defaults as YAML would."""
        match dft:
            case None | bool() | int() | float() | str():
                return dft
            case tuple():
                return list(dft)
        return str(dft)

    def field_title_should_be_set(self, schema: object) -> bool:
        """Leave out titles, which would only repeat the keys."""
        return False


def schema() -> dict[str, Any]:
    """The schema as data."""
    generated = Assignment.model_json_schema(by_alias=True, schema_generator=_Generator)
    for definition in [generated, *generated["$defs"].values()]:
        del definition["title"]
    return {"$schema": _Generator.schema_dialect, **generated}


def schema_text() -> str:
    """The schema as the file has it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_PATH.write_text(schema_text(), encoding="utf-8")
