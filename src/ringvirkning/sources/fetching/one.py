"""Fetching one thing that was listed."""

from collections.abc import Callable

from ringvirkning.sources.fetching.calling import Caller
from ringvirkning.sources.fetching.exchange import OK, Answer
from ringvirkning.sources.fetching.feed import Got, NotThere
from ringvirkning.sources.fetching.whole import is_whole_xml
from ringvirkning.sources.raw import RawStore

# Answers that are about us and not about what we asked for: a robot control, no right to come in, too often.
CLOSED = {202, 401, 403, 429}
Refuse = Callable[[Answer], None]  # raises ``Trouble``


def notice(caller: Caller, path: str, store: RawStore, refuse: Refuse) -> Got:
    """Fetch the XML of a notice and keep it, if it came whole."""
    answer = caller.get(path, sound=lambda one: is_whole_xml(one.body))
    is_there(answer, refuse)
    return Got(address(caller, path), store.keep(answer.body), len(answer.body))


def is_there(answer: Answer, refuse: Refuse) -> None:
    """Raise ``NotThere`` when the source does not have it, or cannot hand it out now."""
    if answer.status in CLOSED:
        refuse(answer)
    if answer.status != OK:
        raise NotThere("not-found" if 400 <= answer.status < 500 else "down")


def address(caller: Caller, path: str) -> str:
    """Return the whole address of a path."""
    return caller.base.rstrip("/") + path
