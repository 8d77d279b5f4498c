"""Nothing of the machine it was written on, and nothing that hides where packages come from."""

import re
import socket
import subprocess
from pathlib import Path

import pytest

from ringvirkning.foundation.version import __version__

ROOT = Path(__file__).resolve().parents[2]
# In halves, so that this file does not name what it looks for.
REGISTRIES = tuple(
    host + ending
    for host, ending in (
        ("registry.npm", "js"),
        ("registry.yarn", "pkg"),
        ("pypi", ".org"),
        ("files.python", "hosted"),
        ("deb.", "debian"),
        ("crates", ".io/api"),
        ("ghcr", ".io"),
    )
)
MACHINE_PATH = re.compile(r"""(?:^|[\s"'`(=:])/(?:work|root|home|Users|workspace)/[\w.-]+""", re.MULTILINE)


def tracked() -> list[Path]:
    """Every file that is, or would be, shared."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("there is no git here to say which files are shared")
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="ignore") if path.stat().st_size < 5_000_000 else ""


def test_no_shared_file_names_a_package_registry() -> None:
    named = [(str(path.relative_to(ROOT)), host) for path in tracked() for host in REGISTRIES if host in text_of(path)]
    assert named == []


def test_no_shared_file_names_a_path_of_somebodys_machine() -> None:
    found = [
        (str(path.relative_to(ROOT)), match.group().strip())
        for path in tracked()
        if path.suffix not in {".woff2", ".png"}
        for match in MACHINE_PATH.finditer(text_of(path))
    ]
    assert found == []


def test_the_changelog_tells_of_this_version() -> None:
    assert __version__ in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_network_is_off_in_tests() -> None:
    with pytest.raises(OSError, match="network is off"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(OSError, match="network is off"):
        socket.getaddrinfo("eksempel.no", 443)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        socket.create_connection(listener.getsockname(), timeout=1).close()
