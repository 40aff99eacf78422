"""What the build of the wheel adds: the compiled SQL, and the library under the name ``disclosures``.

Loaded by hatchling in an environment of its own, so it imports nothing of the project. dbt is found where it
runs or in the environment that ``make setup`` made.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_LIBRARY = "from orchestration.library import *  # see there\nfrom orchestration.library import __all__\n"


class CompiledProject(BuildHookInterface):  # type: ignore[misc]
    """Compiles the project for a wheel; an editable installation compiles when it is set up."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add what is not in the checkout. Raises :class:`RuntimeError` when there is no dbt."""
        self._folder = tempfile.TemporaryDirectory(prefix="wheel-")
        library = Path(self._folder.name) / "__init__.py"
        library.write_text(_LIBRARY, encoding="utf-8")
        build_data["force_include"][str(library)] = "disclosures/__init__.py"
        build_data.setdefault("force_include_editable", {})[str(library)] = "disclosures/__init__.py"
        if version == "standard":
            subprocess.run(
                [_python(self.root), "-m", "orchestration.direct.compiling"], cwd=self.root, check=True
            )

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was written beside."""
        self._folder.cleanup()


def _python(root: str) -> str:
    if find_spec("dbt") is not None:
        return sys.executable
    of_checkout = Path(root, ".venv", "bin", "python")
    if not of_checkout.exists():
        raise RuntimeError("the wheel holds SQL that dbt compiles: run `make wheel`, which brings dbt")
    return str(of_checkout)
