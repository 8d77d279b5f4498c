"""The files of a draft: which it may name.

A known SHA-256 opens nothing: a draft may only name what was uploaded to it, or what the case it revises already names.
``only_sound`` keeps the rest out of every document a draft makes, and ``file_faults`` tells its writers.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ringvirkning.catalogue import files
from ringvirkning.catalogue.refusals import sentence
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.terms import Step
from ringvirkning.publishing.typed.faults import DraftFault
from ringvirkning.sources.documents.terms import Refusal


def sound_file(draft: Draft, file: object) -> dict[str, Any] | None:
    """Return the ``file`` of a document as it truly is, or None when this draft may not name it."""
    return files.sound_file(draft_key=draft.key, file=file, case=draft.case)


def file_of(draft: Draft, sha256: str) -> dict[str, Any] | None:
    """Return a file that the draft names and may name, else None."""
    part = draft.parts.filter(step=Step.DOCUMENTS).first()
    named = part is not None and sha256 in set(_digests([part.content]))
    return sound_file(draft, {"sha256": sha256}) if named else None


def only_sound(draft: Draft, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document with every file as it truly is, and an empty row where the draft may not name the file.

    The row stays, so that what is wrong with the rows after it is told where they were typed.
    """
    given = document.get("documents")
    if not isinstance(given, list):
        return dict(document)
    return {**document, "documents": [_sound_document(draft, one) or {} for one in given]}


def file_faults(draft: Draft, document: Mapping[str, Any]) -> list[DraftFault]:
    """Return a fault for each file that keeps the draft from being published, at the document that names it."""
    problems = file_problems(draft, document)
    return [
        DraftFault(Step.DOCUMENTS, f"documents.{place}", "file_refused", {"said": problems[place]})
        for place in sorted(problems)
    ]


def file_problems(draft: Draft, document: Mapping[str, Any]) -> dict[int, str]:
    """Return place in ``documents`` → a sentence, for each file that keeps the draft from being published."""
    given = document.get("documents")
    documents = given if isinstance(given, list) else []
    strange = [place for place, one in enumerate(documents) if _sound_document(draft, one) is None]
    return files.problems_of(document) | dict.fromkeys(strange, sentence(Refusal.GONE))


def _sound_document(draft: Draft, document: Any) -> Any:
    if not isinstance(document, Mapping) or "file" not in document:
        return document
    file = sound_file(draft, document["file"])
    return {**document, "file": file} if file else None


def _digests(contents: Iterable[Any]) -> Iterator[str]:
    """Yield the digests that the documents step names. What stands there was typed and may be of any shape."""
    for content in contents:
        documents = content.get("documents") if isinstance(content, dict) else None
        for one in documents if isinstance(documents, list) else ():
            file = one.get("file") if isinstance(one, dict) else None
            if isinstance(file, dict) and isinstance(file.get("sha256"), str):
                yield file["sha256"]
