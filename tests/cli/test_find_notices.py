"""``ringvirkning find --notices``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ringvirkning.cli.main import main

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "notices"
pytestmark = pytest.mark.usefixtures("library")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, [*words])


@pytest.fixture
def loaded() -> None:
    """Load real notices."""
    if not SHARED.is_dir():
        pytest.skip(f"the real notices are not here: {SHARED}")
    assert run("load", str(SHARED / "doffin")).exit_code in (0, 3)


def test_real_notices_are_found_with_address_and_reason(loaded: None) -> None:
    found = json.loads(run("find", "--notices", "sykehus", "--json", "--limit", "3").output)
    assert found["query"] == "sykehus"
    assert found["total"] >= len(found["hits"]) == 3
    assert set(found["hits"][0]) == {"kind", "id", "title", "phase", "published", "score", "url", "why"}
    assert found["hits"][0]["url"] == f"/kunngjoringer/{found['hits'][0]['id']}/"
    assert found["facets"]["source"]["doffin"] == found["total"]


def test_a_number_in_doffin_finds_its_notice(loaded: None) -> None:
    found = json.loads(run("find", "--notices", "2023-653024", "--json").output)
    assert (found["total"], len(found["hits"])) == (1, 1)
    assert "/kunngjoringer/" in run("find", "--notices", "2023-653024").output


def test_nothing_found_ends_with_one() -> None:
    result = run("find", "--notices", "qqqqzzzz")
    assert result.exit_code == 1
    assert "Prøv andre ord" in result.output


def test_a_kind_of_case_is_no_notice() -> None:
    assert run("find", "--notices", "--kind", "case", "eldre").exit_code == 2
