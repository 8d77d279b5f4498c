#!/usr/bin/env python3
"""Write docs/reference/kilder.md from the declarations of the sources."""

from pathlib import Path

from ringvirkning.sources.declarations import page

(Path(__file__).resolve().parents[1] / "docs" / "reference" / "kilder.md").write_text(page(), encoding="utf-8")
