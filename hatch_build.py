"""Builds what is not kept in the tree: styles and scripts (with npm), and translations (.po to .mo).

Runs as a hook when the package is built or installed, and by hand: ``python hatch_build.py``. Does nothing when
everything is fresh.
"""

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
PACKAGE = ROOT / "src" / "ringvirkning"
BUILT = PACKAGE / "web" / "static" / "built"


def build_styles() -> None:
    """Build the style sheet, scripts, fonts and pictures of the web face."""
    sys.path.insert(0, str(ROOT / "frontend"))
    import build

    build.build(BUILT)


def build_translations() -> None:
    """Compile every .po file whose .mo file is missing or older."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in PACKAGE.glob("locale/*/LC_MESSAGES/*.po"):
        made = source.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as read, made.open("wb") as written:
            write_mo(written, read_po(read))


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand without hatchling
    pass
else:

    class BuildHook(BuildHookInterface[Any]):
        """The door hatchling uses."""

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Build before files are gathered."""
            build_styles()
            build_translations()


if __name__ == "__main__":
    build_styles()
    build_translations()
