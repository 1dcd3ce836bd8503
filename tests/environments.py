"""Environments of other tools, which the project's cannot share: made once, kept beside pytest's cache."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import BIN, ROOT

KEPT = ROOT / ".pytest_cache"
COMPLETE = ".complete"


def environment(name: str, *install: str) -> Path:
    """Return the Python of an environment, made where it is not there; a test that cannot have it is skipped.

    Args:
        name: Of its folder, with the versions in it: another version is another environment.
        install: What `uv pip install` is told.
    """
    folder = KEPT / name
    python = folder / "bin" / "python"
    if (folder / COMPLETE).exists():
        return python
    uv = shutil.which("uv") or str(BIN / "uv")
    if not Path(uv).exists():
        pytest.skip(f"uv, which makes the environment of {name}, is not installed")
    subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, folder], check=True)
    command = [uv, "pip", "install", "--quiet", "--python", str(python), *install]
    installed = subprocess.run(command, check=False, capture_output=True, text=True)
    if installed.returncode:
        shutil.rmtree(folder)
        pytest.skip(f"{name} cannot be installed: {installed.stderr.strip()[-200:]}")
    (folder / COMPLETE).touch()
    return python
