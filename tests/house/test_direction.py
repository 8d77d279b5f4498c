"""The river flows one way: imports, and foreign keys written as strings."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ringvirkning"
STAGES = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0][
    "layers"
]
# Stage → how far down the list it stands. Data flows down from the last to the first.
FLOOR = {
    stage.strip(" ()"): floor for floor, together in enumerate(STAGES) for stage in together.replace("|", " ").split()
}
# A stage may keep tables under more than one label: "notices" lies in the catalogue.
FLOOR |= {
    app.label: FLOOR[app.name.split(".")[1]] for app in apps.get_app_configs() if app.name.startswith("ringvirkning.")
}
OUR_MODELS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("ringv")]


def test_imports_point_one_way(tmp_path: Path) -> None:
    code = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--cache-dir", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert " 0 broken" in done.stdout


def test_every_folder_of_the_source_has_its_place_in_the_river() -> None:
    folders = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}
    assert folders - set(FLOOR) <= {"config", "data"}


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_a_table_points_only_at_tables_upstream(model: type[models.Model]) -> None:
    own = FLOOR[model._meta.app_label]
    for field in [*model._meta.get_fields(include_hidden=True), *model._meta.many_to_many]:
        target = getattr(field, "related_model", None)
        if target is None or (field.auto_created and not field.concrete):
            continue  # the other end of somebody else's key
        assert FLOOR[target._meta.app_label] >= own, f"{model._meta.label}.{field.name} → {target._meta.label}"


def _string_targets() -> list[tuple[Path, int, str]]:
    """Every "app.Model" or app label that a model names in words rather than by import."""
    found = []
    for path in SOURCE.rglob("models*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "attr", "")
            if isinstance(node, ast.Call) and name in {"ForeignKey", "OneToOneField", "ManyToManyField"}:
                given = [*node.args, *(one.value for one in node.keywords if one.arg in {"to", "through"})]
                words = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                found += [(path, node.lineno, word) for word in words]
    return found


def test_a_key_written_as_a_string_does_not_slip_past_the_import_rules() -> None:
    for path, line, target in _string_targets():
        own = path.relative_to(SOURCE).parts[0]
        named = target.split(".")[0] if "." in target else own
        assert FLOOR[named] >= FLOOR[own], f"{path.name}:{line} points downstream at {target}"


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_table_has_a_name_of_its_own_choosing(model: type[models.Model]) -> None:
    table = model._meta.db_table
    if model._meta.auto_created:
        owner = model._meta.auto_created
        assert table in {field.db_table for field in owner._meta.many_to_many}
    else:
        assert model._meta.original_attrs.get("db_table") == table
    assert table.startswith(model._meta.app_label)


def test_no_package_says_anything_in_its_init() -> None:
    assert [str(path) for path in SOURCE.rglob("__init__.py") if path.stat().st_size] == []


@pytest.mark.django_db
def test_the_migrations_are_those_the_models_ask_for() -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
