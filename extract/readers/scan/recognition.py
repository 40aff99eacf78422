"""Recognition of text in pictures, by RapidOCR with the models that its package brings: nothing is fetched.

The angle classifier stays off: it turns 99 into 66 and 08 into 80, with full confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from rapidocr import RapidOCR
from rapidocr.ch_ppocr_rec.typings import TextRecInput

from extract.readers.assembly import Words
from extract.readers.scan.picture import Picture

_BATCH = 4  # more lines at once are no faster, since the shorter are padded, and take more memory
_LONGEST_SIDE = 1600  # picture elements that the detection looks at; more finds no more, and takes memory


class Place(NamedTuple):
    """Where text was detected, in picture elements."""

    left: int
    top: int
    right: int
    bottom: int


def recognised(pictures: Sequence[Picture]) -> list[Words]:
    """The text in each picture of one line, with the mean score of its characters."""
    if not pictures:
        return []
    coloured = [cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR) for picture in pictures]
    read = _recogniser()(TextRecInput(img=coloured, return_word_box=False))
    return [Words(text, round(float(score), 4)) for text, score in zip(read.txts, read.scores, strict=True)]


def detected(picture: Picture, below: int = 0) -> list[Place]:
    """Where lines of text stand in a picture, or in a stripe of one that begins ``below`` its top."""
    found = _detector()(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))
    if found.boxes is None:
        return []
    height, width = picture.shape
    places = []
    for corners in np.asarray(found.boxes):
        left, top = np.floor(corners.min(axis=0)).astype(int)
        right, bottom = np.ceil(corners.max(axis=0)).astype(int)
        places.append(
            Place(max(0, left), max(0, top) + below, min(width, right), min(height, bottom) + below)
        )
    return places


def cut_out(picture: Picture, place: Place) -> Picture:
    """The part of a picture at a place."""
    return picture[place.top : place.bottom, place.left : place.right]


@cache
def _recogniser() -> Any:
    return _engine()._load_rec_model()  # type: ignore[no-untyped-call]


@cache
def _detector() -> Any:
    return _engine()._load_det_model()  # type: ignore[no-untyped-call]


@cache
def _engine() -> RapidOCR:
    models = Path(str(files("rapidocr"))) / "models"
    settings: dict[str, Any] = {
        "Global.use_cls": False,
        "Global.log_level": "error",
        "Global.model_root_dir": str(models),
        "Det.model_path": str(_only(models, "*_det_*.onnx")),
        "Rec.model_path": str(_only(models, "*_rec_*.onnx")),
        "Rec.rec_batch_num": _BATCH,
        # stripes of a page are long and low: by their shorter side they would be blown up
        "Det.limit_type": "max",
        "Det.limit_side_len": _LONGEST_SIDE,
        # there is a worker process for each processor already
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    return RapidOCR(params=settings)


def _only(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path
