"""Documents of JSON, and careful steps in them: what is not of the kind it should be is as if it were not there."""

import json
from collections.abc import Iterator
from typing import Any

from ringvirkning.sources.notices.oddities import Unreadable
from ringvirkning.sources.notices.parsing import MEGABYTE, MOST_BYTES

Node = dict[str, Any]


def parse_json(data: bytes) -> Any:
    """Return what a document holds. Raises ``Unreadable`` when it is not JSON; control characters are let through."""
    if len(data) > MOST_BYTES:
        raise Unreadable("too-large", most=MOST_BYTES // MEGABYTE)
    try:
        return json.loads(data, strict=False, parse_constant=_refuse)
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
    except json.JSONDecodeError as fault:
        raise Unreadable("broken-json", line=fault.lineno) from None
    except RecursionError:
        raise Unreadable("too-deep") from None
    except ValueError:  # a number with thousands of digits, or one that is none
        raise Unreadable("broken-json", line=1) from None


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def at(node: Any, *path: str) -> Any:
    """Return what is at a path of names; None when there is nothing."""
    for name in path:
        node = node.get(name) if isinstance(node, dict) else None
    return node


def text(node: Any, *path: str) -> str | None:
    """Return the text at a path; numbers are written out, for ids are often numbers."""
    found = at(node, *path)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return None
    written = str(found).encode("utf-8", "replace").decode().strip()  # JSON can hold halves of letters
    return written or None


def nodes(node: Any, *path: str) -> Iterator[Node]:
    """Yield the objects in the list at a path."""
    found = at(node, *path)
    if isinstance(found, list):
        yield from (one for one in found if isinstance(one, dict))


def texts(node: Any, *path: str) -> list[str]:
    """Return the texts in the list at a path."""
    found = at(node, *path)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
