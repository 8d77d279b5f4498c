"""The index that follows beside a load: it is only haste, so whatever becomes of it, the load finishes the work."""

import json
import subprocess
import sys
from typing import Any

import pytest
from tests.conftest import ROOT

SCRIPT = """
import json, os, signal, sys, time
import django
from contextlib import suppress

def main():
    django.setup()
    from tests.analysis.made import a_notice, stored
    from ringvirkning.catalogue.queries import last_change
    from ringvirkning.cli.index_beside import IndexBeside
    from ringvirkning.cli.loading import bring_up_to_date
    from ringvirkning.search.notices.index import notices_index
    builds = notices_index.builds

    def store(first, last):
        stored(*(a_notice(f"Zlokk {one}", notice_uuid=f"{one:08x}-0000-4000-8000-000000000000")
                 for one in range(first, last)))
        index.stored(last_change())

    def reached():
        return builds.open(builds.current()).change

    def followed(change):
        until = time.monotonic() + 60
        while reached() < change and index._process.is_alive() and time.monotonic() < until:
            time.sleep(0.05)
        return reached() >= change

    bring_up_to_date()
    told = {}
    with suppress(KeyError), IndexBeside(enough=1, from_batch=1) as index:
        store(0, 40)
        told["followed"] = followed(last_change())
        if sys.argv[1] == "killed":
            os.kill(index._process.pid, signal.SIGKILL)
            index._process.join()
        store(40, 80)
        if sys.argv[1] == "stopped":
            raise KeyError
    told["alive"] = index._process.is_alive()
    told["finished"] = reached() == last_change()
    bring_up_to_date()
    told["end"] = [builds.open(builds.current()).size, reached() == last_change()]
    json.dump(told, sys.stdout)

if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize("what", ["calm", "killed", "stopped"])
def test_the_load_ends_with_a_whole_index_whatever_becomes_of_the_one_beside(set_up_home: Any, what: str) -> None:
    env = {**set_up_home.env, "DJANGO_SETTINGS_MODULE": "ringvirkning.config.settings"}
    env["PYTHONPATH"] = f"{env['PYTHONPATH']}:{ROOT}"
    done = subprocess.run([sys.executable, "-c", SCRIPT, what], env=env, capture_output=True, check=False, timeout=180)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    told = json.loads(done.stdout)
    assert told["followed"], "it followed while the load went on"
    assert not told["alive"]
    assert told["end"] == [80, True]
    assert told["finished"] or what != "calm", "undisturbed it has finished by itself"
    assert not told["finished"] or what != "killed", "what it had not done was left to the load"
