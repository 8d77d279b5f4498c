"""Bringing the vectors up to the newest change: only texts that are new are read by the model."""

from collections.abc import Callable
from hashlib import sha256

from ringvirkning.catalogue import queries
from ringvirkning.search.casedoc import KIND
from ringvirkning.search.meaning.kept import KeptVectors, Row
from ringvirkning.search.meaning.model import Meaning, Vectors
from ringvirkning.search.meaning.texts import texts_for
from ringvirkning.search.only_one import only_one

IN_A_BATCH = 20  # cases: what is lost when a process is killed
Step = Callable[[], None]


def follow(model: Meaning, kept: KeptVectors, *, wait: bool, step: Step) -> bool:
    """Work out the vectors that lack. Returns whether anything was done; not when another process is at it already.

    Raises ``sqlite3.Error`` when the file cannot be read or written.
    """
    with only_one(kept.path.with_suffix(".lock"), wait=wait) as mine:
        newest, held = queries.last_library_change(), kept.change()
        if not mine or held == newest:
            return False
        behind = held is not None and held < newest  # a larger one comes from another database
        keys = queries.changed_cases(held if held and behind else 0, newest)
        for start in range(0, len(keys), IN_A_BATCH):
            some = keys[start : start + IN_A_BATCH]
            _follow_some(model, kept, some)
            for _ in some:
                step()
        kept.is_whole(newest)
    return True


def _follow_some(model: Meaning, kept: KeptVectors, ids: list[str]) -> None:
    """Put in the vectors of some cases, and take out those of texts and cases that are gone."""
    texts: dict[str, dict[str, str]] = {f"{KIND}/{one}": {} for one in ids}  # key → digest → text
    for case_id, case in queries.cases_by_id(ids).items():
        said = texts_for(queries.case_file_of(case)) if case.revision else []
        texts[f"{KIND}/{case_id}"] = {sha256(text.encode()).hexdigest(): text for text in said}
    held = kept.digests(texts)
    lacking = [
        (key, digest, text) for key, said in texts.items() for digest, text in said.items() if digest not in held[key]
    ]
    vectors: Vectors = model.of_texts([text for _, _, text in lacking]) if lacking else ()
    rows = [Row(key, digest, row.tobytes()) for (key, digest, _), row in zip(lacking, vectors, strict=True)]
    kept.put(rows, [(key, set(said)) for key, said in texts.items()])
