"""A folder with a model, as those who share sentence models lay it out: its files, and how it is to be used."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from ringvirkning.search.meaning.model import MeaningMissing

MODELS = ("model.onnx", "onnx/model.onnx")
TOKENIZER = "tokenizer.json"
POOLING, LENGTH, PROMPTS = "1_Pooling/config.json", "sentence_bert_config.json", "config_sentence_transformers.json"
MOST_TOKENS = 512  # what these models are made for at most
USUAL_TOKENS = 256
A_PIECE = 1 << 20  # bytes


@dataclass(frozen=True)
class ModelFolder:
    """The files of a model, and how it is used."""

    path: Path
    model: Path
    tokenizer: Path
    first_token: bool  # the text's vector is that of its first token, not the mean of all
    tokens: int  # of a text that are read
    need_prompt: str  # put before what somebody looks for
    text_prompt: str  # put before what may be found

    @property
    def name(self) -> str:
        """The folder's name and a digest of everything that decides what vectors come out."""
        digest = sha256(repr((self.first_token, self.tokens, self.need_prompt, self.text_prompt)).encode())
        for path in (self.tokenizer, self.model, self.model.with_name("model.onnx_data")):
            for piece in _pieces(path):
                digest.update(piece)
        plain = "".join(one for one in self.path.name.lower() if one.isascii() and (one.isalnum() or one == "-"))
        return f"{plain or 'model'}-{digest.hexdigest()[:12]}"


def _pieces(path: Path) -> Iterator[bytes]:
    if path.exists():
        with path.open("rb") as handle:
            while piece := handle.read(A_PIECE):
                yield piece


def read_folder(path: Path) -> ModelFolder:
    """Read how a model is to be used. Raises ``MeaningMissing`` when files lack or cannot be read."""
    model = next((path / name for name in MODELS if (path / name).is_file()), None)
    if model is None or not (path / TOKENIZER).is_file():
        raise MeaningMissing(
            f"Mappen {path} har ingen modell å søke på mening med. Den må ha filene model.onnx og {TOKENIZER}. "
            "Legg dem der, eller pek RINGVIRKNING_MEANING_MODEL på en annen mappe."
        )
    length, prompts = _read(path / LENGTH).get("max_seq_length"), _read(path / PROMPTS).get("prompts")
    said = prompts if isinstance(prompts, dict) else {}
    return ModelFolder(
        path=path,
        model=model,
        tokenizer=path / TOKENIZER,
        first_token=bool(_read(path / POOLING).get("pooling_mode_cls_token")),
        tokens=min(length, MOST_TOKENS) if isinstance(length, int) and length > 0 else USUAL_TOKENS,
        need_prompt=str(said.get("query", "")),
        text_prompt=str(said.get("document", said.get("passage", ""))),
    )


def _read(path: Path) -> dict[str, Any]:
    """Return what a settings file of the model says; nothing when there is none."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise MeaningMissing(f"Filen {path} kan ikke leses som JSON ({error}). Hent modellen på nytt.") from error
    return read if isinstance(read, dict) else {}
