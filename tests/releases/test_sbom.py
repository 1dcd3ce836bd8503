"""The bill of materials: what a release was made with."""

from __future__ import annotations

import json
from datetime import timedelta
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import Any, cast

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from arsenale.releases.manifest import Provenance
from arsenale.releases.publish import publish
from arsenale.releases.sbom import installed, licence_of

from .conftest import TODAY, Warehouse, make_database

LOCK = Path(__file__).parents[2] / "requirements.lock"


def bill_of(warehouse: Warehouse, days: int = 0) -> dict[str, Any]:
    make_database(warehouse.private, f"update rpt_freshness set age_days = {days}")
    run = Provenance("c", lock_file=LOCK)
    release = publish(warehouse.private, warehouse.settings, run, now=TODAY + timedelta(days=days)).release
    return json.loads((release.folder / "sbom.cdx.json").read_text(encoding="utf-8"))


def test_the_bill_is_valid_and_lists_what_is_installed_of_the_lock(warehouse: Warehouse) -> None:
    bill = bill_of(warehouse)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None
    versions = {one["name"]: one["version"] for one in bill["components"]}
    assert versions["duckdb"] == metadata.version("duckdb")
    assert versions["dbt-core"] == metadata.version("dbt-core")
    assert bill["metadata"]["component"]["version"].startswith("2026-11-22-")


def test_nearly_every_package_states_its_licence(warehouse: Warehouse) -> None:
    packages = list(installed(LOCK))
    assert len(packages) > 100
    assert len([package for package in packages if not package.licence]) < 5


def test_the_same_packages_make_the_same_bill(warehouse: Warehouse) -> None:
    first, second = bill_of(warehouse), bill_of(warehouse, days=1)
    assert first["serialNumber"] == second["serialNumber"]
    assert first["components"] == second["components"]


def test_a_pin_that_is_not_installed_or_installed_otherwise_is_left_out(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    duckdb = metadata.version("duckdb")
    lock.write_text(
        "no-such-package==1.0 \\\n    --hash=sha256:0\n"
        f"duckdb=={duckdb} ; python_version >= '3' \\\n    --hash=sha256:0\n    # via arsenale\n"
        "polars==0.0.1 \\\n    --hash=sha256:0\n"
    )
    assert [(package.name, package.version) for package in installed(lock)] == [("duckdb", duckdb)]


@pytest.mark.parametrize(
    ("stated", "licence"),
    [
        ({"License-Expression": "MIT OR Apache-2.0", "License": "x"}, "MIT OR Apache-2.0"),
        ({"License": "MIT License\n\nCopyright (c) ..."}, "MIT License"),
        (
            {"License": "Copyright (c) X\n\n...", "Classifier": "License :: OSI Approved :: MIT License"},
            "MIT License",
        ),
        ({"License": "License :: OSI Approved :: MIT License"}, "MIT License"),
        ({"License": "UNKNOWN", "Classifier": "License :: OSI Approved :: BSD License"}, "BSD License"),
        ({"Classifier": "Topic :: Database"}, ""),
        ({}, ""),
    ],
)
def test_a_licence_is_taken_as_stated(stated: dict[str, str], licence: str) -> None:
    message = Message()
    for name, text in stated.items():
        message[name] = text
    assert licence_of(cast("metadata.PackageMetadata", message)) == licence
