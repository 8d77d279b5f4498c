"""Serve the hello page: ``python bench/hello/serve.py SETTINGS``, the settings being Granian's own as JSON."""

import json
import sys
from typing import Any

from granian import Granian
from granian.constants import Interfaces


def main(settings: dict[str, Any]) -> None:
    """Serve until told to stop."""
    Granian("hello.app:application", **{**settings, "interface": Interfaces(settings["interface"])}).serve()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
