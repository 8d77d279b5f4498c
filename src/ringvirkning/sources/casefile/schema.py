"""The JSON Schema of the case file, made from the model."""

from typing import Any

from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.casefile.terms import SCHEMA_PATH


def schema(base: str = "") -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12); ``base`` is the public address in front of its path."""
    made = CaseFile.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{base}{SCHEMA_PATH}", **made}
