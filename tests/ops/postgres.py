"""A PostgreSQL of the tests' own, from Debian's package, on a Unix socket in a folder that goes with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DEBIAN = Path("/usr/lib/postgresql")
USER = "postgres"


def programs() -> Path:
    """Return the folder of PostgreSQL's programs, installed where that can be done.

    Skips with the reason where it cannot.
    """
    if not list(DEBIAN.glob("*/bin/initdb")):
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            pytest.skip("PostgreSQL is not installed, and only root with apt-get could install it")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "--yes", "--no-install-recommends", "postgresql"]
        # A fresh machine has no list of packages yet.
        for command in (install, ["apt-get", "update"], install):
            done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
            if command is install and not done.returncode:
                break
        else:
            pytest.skip(f"apt-get cannot install postgresql: {done.stderr.strip().splitlines()[-1:]}")
    return max(DEBIAN.glob("*/bin"))


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a cluster, and yield the address of an empty database."""
    folder = Path(tempfile.mkdtemp(prefix="arsenale-pg-", dir="/tmp"))
    root = os.geteuid() == 0
    if root:
        # PostgreSQL refuses to run as root.
        shutil.chown(folder, USER, USER)

    def run(*words: str) -> None:
        prefix = ["runuser", "-u", USER, "--"] if root else []
        subprocess.run(
            [*prefix, str(bin_folder / words[0]), *words[1:]], cwd=folder, check=True, capture_output=True
        )

    bin_folder = programs()
    data, log = str(folder / "data"), str(folder / "log")
    try:
        run("initdb", "--pgdata", data, "--auth", "trust", "--username", "arsenale", "--encoding", "UTF8")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "--pgdata", data, "--log", log, "--wait", "--options", options, "start")
        try:
            run("createdb", "--host", str(folder), "--username", "arsenale", "arsenale")
            yield f"postgresql://arsenale@/arsenale?host={folder}"
        finally:
            run("pg_ctl", "--pgdata", data, "--wait", "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
