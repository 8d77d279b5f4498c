"""Our own tables: small data files that come with the program. Read once, never changed while running."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any


def data_folder() -> Path:
    """Return the folder of the package's data files."""
    return Path(str(files("ringvirkning.data")))


@cache
def table(name: str) -> Any:
    """Return the parsed data file ``name`` (with ending), e.g. ``themes.json``."""
    return json.loads((data_folder() / name).read_text(encoding="utf-8"))


@cache
def themes() -> dict[str, dict[str, str]]:
    """Return the themes in their order: id → label per language."""
    return {theme["id"]: theme for theme in table("themes.json")["themes"]}


def cpv_labels() -> dict[str, list[str]]:
    """Return CPV code → [bokmål label, English label]."""
    codes: dict[str, list[str]] = table("cpv.json")["codes"]
    return codes


def los_concepts() -> dict[str, dict[str, Any]]:
    """Return Los path → labels ``nb``, ``nn``, ``en`` and ``synonyms``."""
    concepts: dict[str, dict[str, Any]] = table("los.json")["concepts"]
    return concepts
