"""From the lock alone to a release, and to an answer, without a network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import BIN, PROJECT, ROOT, Project, new_project

CODE = ("arsenale", "orchestration", "pyproject.toml", "README.md")
"""What the package is built from."""

NAMESPACE = ("unshare", "--map-root-user", "--net")
"""A network of its own, in which nothing is up."""

REFUSE_SOCKETS = """
import socket

class NoNetwork(socket.socket):
    def connect(self, address):
        if self.family != socket.AF_UNIX:
            raise OSError(f"a test refuses the connection to {address}")
        return super().connect(address)
    connect_ex = connect

socket.socket = NoNetwork
"""
"""For machines whose kernel lends no namespaces: every Python of the environment begins with this."""


def has_namespaces() -> bool:
    return bool(shutil.which("unshare")) and subprocess.run([*NAMESPACE, "true"], check=False).returncode == 0


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose home holds an environment, installed from the lock with every hash checked."""
    project = new_project(tmp_path_factory.mktemp("supply"))
    environment = project.home / ".venv"
    for name in CODE:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, project.home / name)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    uv = [str(BIN / "uv"), "pip"]
    python = ["--quiet", "--python", str(environment / "bin" / "python")]
    lock = project.run([*uv, "sync", *python, "--require-hashes", str(project.home / "requirements.lock")])
    if re.search("Failed to fetch|error sending request|[Cc]onnection|not found in the package", lock.stderr):
        pytest.skip(f"the package index cannot be reached: {lock.stderr.strip().splitlines()[-1]}")
    assert lock.returncode == 0, lock.stderr
    ours = project.run([*uv, "install", *python, "--no-deps", "--no-build-isolation", str(project.home)])
    assert ours.returncode == 0, ours.stderr
    return project


def without_network(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed `arsenale` where no host can be reached."""
    environment = project.home / ".venv"
    isolation = NAMESPACE
    if not has_namespaces():
        (site_packages,) = environment.glob("lib/python*/site-packages")
        (site_packages / "sitecustomize.py").write_text(REFUSE_SOCKETS, encoding="utf-8")
        isolation = ()
    # PYTHONPATH would bring the code of the repository that is tested, and with it nothing installed.
    return project.run([*isolation, str(environment / "bin" / "arsenale"), *arguments], PYTHONPATH=None)


@pytest.mark.failure(18)
@pytest.mark.slow
def test_what_the_lock_installs_builds_and_answers_without_a_network(installed: Project) -> None:
    done = without_network(installed, "build", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["release"]["new"] is True
    answer = without_network(installed, "query", "select count(*) as figures from fct_figure", "--json")
    assert json.loads(answer.stdout)[0]["figures"] > 100
    verified = without_network(installed, "releases", "verify")
    assert verified.returncode == 0, verified.stdout
    bill = json.loads((installed.database.parent / "sbom.cdx.json").read_text(encoding="utf-8"))
    pinned = dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", _lock(), re.MULTILINE))
    assert {one["name"] for one in bill["components"]} <= set(pinned)


@pytest.mark.slow
@pytest.mark.skipif(not has_namespaces(), reason="this kernel lends no network namespaces")
def test_a_network_of_its_own_reaches_nobody() -> None:
    probe = "import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)"
    done = subprocess.run(
        [*NAMESPACE, sys.executable, "-c", probe], capture_output=True, text=True, check=False
    )
    assert "Network is unreachable" in done.stderr


@pytest.mark.failure(18)
def test_the_lock_pins_every_package_with_hashes_and_names_no_host() -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", _lock())
    assert len(blocks) > 100
    for block in blocks:
        assert re.match(r"[a-z0-9][a-z0-9._-]*==\S+", block), block
        assert "--hash=sha256:" in block, block
    assert not re.search(r"https?://|--index-url|--find-links", _lock())


def test_a_test_copies_all_that_a_build_reads() -> None:
    assert all((ROOT / name).exists() for name in (*PROJECT, *CODE))


def _lock() -> str:
    return Path(ROOT / "requirements.lock").read_text(encoding="utf-8")
