"""The recogniser works offline and without its angle classifier."""

from __future__ import annotations

import socket
from pathlib import Path

import numpy as np
import pytest
import rapidocr

from extract.readers.scan import recognition


def test_models_come_with_the_package_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object, **__: object) -> None:
        pytest.fail("the recogniser asked for the network")

    monkeypatch.setattr(socket, "socket", no_network)
    engine = recognition._engine.__wrapped__()  # as in a process that has recognised nothing yet
    engine._load_det_model()
    engine._load_rec_model()
    package = Path(rapidocr.__file__).parent
    for path in (engine.cfg.Det.model_path, engine.cfg.Rec.model_path):
        assert Path(path).is_relative_to(package)


def test_the_angle_classifier_is_off_and_each_worker_has_one_thread() -> None:
    settings = recognition._engine().cfg
    assert settings.Global.use_cls is False
    assert settings.EngineConfig.onnxruntime.intra_op_num_threads == 1


def test_texts_come_in_the_order_they_were_asked() -> None:
    blank = np.full((40, 200), 255, np.uint8)
    assert [words.text for words in recognition.recognised([blank, blank[:, :60]])] == ["", ""]
    assert recognition.recognised([]) == []
