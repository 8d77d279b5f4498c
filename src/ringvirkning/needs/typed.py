"""From what people type to a sound needs assessment, or a refusal in a sentence. Pure.

Blank is absent; characters no database can keep are taken away; a national identity number is never stored.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ringvirkning.foundation.personal import holds_identity_number
from ringvirkning.needs.assessment import Assessment
from ringvirkning.needs.refusals import Refused
from ringvirkning.needs.sections import content_of

MOST_BYTES = 2_000_000  # of a whole assessment: ten times the longest need
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
NUMBERS = {"decimal_parsing", "decimal_type", "greater_than_equal", "less_than", "finite_number", "decimal_max_digits"}
CODES = {
    "string_too_long": "too_long",
    "too_long": "too_many",
    "markup": "markup",
    "control_characters": "markup",
    "extra_forbidden": "not_of_this_section",
}


def tidied(value: Any) -> Any:
    """Return typed content without blanks and without characters that cannot be kept. A blank becomes None."""
    if isinstance(value, str):
        return UNSTORABLE.sub("", value).strip() or None
    if isinstance(value, Mapping):
        pairs = ((str(name), tidied(one)) for name, one in value.items())
        return {name: one for name, one in pairs if one is not None}
    if isinstance(value, list | tuple):
        return [one for one in map(tidied, value) if one not in (None, {})]
    return value


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text inside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)


def read_typed(content: Mapping[str, Any]) -> Assessment:
    """Return the assessment that typed content makes. Raises ``Refused`` with a sentence."""
    made = _validated(content)
    if len(json.dumps(content_of(made), ensure_ascii=False).encode()) > MOST_BYTES:
        raise Refused("too_large")
    return made


def _validated(content: Mapping[str, Any]) -> Assessment:
    try:
        clean = tidied(content)
        if any(map(holds_identity_number, texts_in(clean))):
            raise Refused("identity_number")
        return Assessment.model_validate(clean)
    except ValidationError as error:
        raise _refusal(error.errors()[0]) from None
    except RecursionError:
        raise Refused("not_understood") from None


def _refusal(fault: ErrorDetails) -> Refused:
    """Return the refusal for one fault of the model."""
    kind, place = fault["type"], ".".join(map(str, fault["loc"]))
    if kind == "missing" and place in ("title", "need"):
        return Refused(f"no_{place}", place)
    if kind in NUMBERS:
        return Refused("not_a_number", place)
    told = fault.get("ctx", {})
    most = told.get("max_length", "")
    return Refused(CODES.get(kind, "not_understood"), place, most=most)
