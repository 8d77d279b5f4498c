"""A model of meaning from a folder, run by ONNX Runtime on this machine. Nothing is ever fetched."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ringvirkning.search.meaning.folder import ModelFolder, read_folder
from ringvirkning.search.meaning.model import Meaning, MeaningMissing, Vectors

AT_A_TIME = 16  # texts
THREADS = 1  # the other cores serve those who wait for a page


def load(path: Path) -> Meaning:
    """Load the model in a folder. Raises ``MeaningMissing`` when it, or what runs it, is not there."""
    folder = read_folder(path)
    try:
        return OnnxMeaning(folder)
    except ImportError as error:
        raise MeaningMissing(
            f"Søk på mening trenger pakker som ikke er installert ({error.name}). Kjør "
            "«.venv/bin/python -m pip install --require-hashes -r requirements/meaning.txt» og start på nytt."
        ) from error
    except Exception as error:  # the runtime and the tokenizer each have their own, and plain Exception too
        raise MeaningMissing(
            f"Modellen i {path} kan ikke brukes ({error}). Hent den på nytt, eller velg en annen."
        ) from error


class OnnxMeaning:
    """A sentence model. Safe between threads, as the runtime is."""

    def __init__(self, folder: ModelFolder) -> None:
        """Load it. Raises ``ImportError`` without the packages, and whatever they raise on files that are broken."""
        import numpy
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        self._numpy = numpy
        self._folder = folder
        self._tokenizer = Tokenizer.from_file(str(folder.tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(folder.tokens)
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = THREADS
        self._session = InferenceSession(str(folder.model), options, providers=["CPUExecutionProvider"])
        self._wanted = [one.name for one in self._session.get_inputs()]
        self.name = folder.name
        self.of_need("prøve")  # a file that is no sentence model shows it now

    def of_need(self, text: str) -> Vectors:
        """Return the vector of what somebody looks for."""
        return self._of([self._folder.need_prompt + text])[0]

    def of_texts(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text that may be found. Texts of about the same length are run together."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        rows: dict[int, Any] = {}
        for start in range(0, len(order), AT_A_TIME):
            some = order[start : start + AT_A_TIME]
            vectors = self._of([self._folder.text_prompt + texts[place] for place in some])
            rows |= dict(zip(some, vectors, strict=True))
        return self._numpy.array([rows[place] for place in range(len(texts))], dtype=self._numpy.float32)

    def _of(self, texts: Sequence[str]) -> Vectors:
        np = self._numpy
        read = self._tokenizer.encode_batch(list(texts))
        shape = (len(read), max(len(one.ids) for one in read))
        given = {name: np.zeros(shape, dtype=np.int64) for name in ("input_ids", "attention_mask", "token_type_ids")}
        for row, one in enumerate(read):
            given["input_ids"][row, : len(one.ids)] = one.ids
            given["attention_mask"][row, : len(one.ids)] = one.attention_mask
        answer = self._session.run(None, {name: given[name] for name in self._wanted})[0]
        return self._pooled(answer.astype(np.float32), given["attention_mask"])

    def _pooled(self, answer: Any, mask: Any) -> Vectors:
        """Return one vector of length 1 for each text, from one for each token, or from one that is made already."""
        if answer.ndim == 3 and self._folder.first_token:
            answer = answer[:, 0]
        elif answer.ndim == 3:
            kept = mask[..., None].astype(self._numpy.float32)
            answer = (answer * kept).sum(axis=1) / kept.sum(axis=1).clip(min=1)
        lengths = self._numpy.linalg.norm(answer, axis=1, keepdims=True)
        return answer / lengths.clip(min=1e-9)
