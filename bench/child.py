"""Call one function in a process of its own: arguments as JSON in, answer as JSON out. See ``harness.in_child``."""

import contextlib
import importlib
import json
import sys

from ringvirkning.cli.house_door import open_house


def main() -> None:
    """Do what ``harness.in_child`` asks."""
    module, function = sys.argv[1:3]
    given = json.load(sys.stdin)
    open_house()
    with contextlib.redirect_stdout(sys.stderr):
        answer = getattr(importlib.import_module(module), function)(**given)
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
