"""`sbom.cdx.json`: what the release was made with, as a CycloneDX software bill of materials.

One component per package that was installed and is pinned in `requirements.lock`, with its version and its
licence as the package states it. What the lock pins for other platforms or Pythons, and was not installed,
is left out. The digests of the packages' archives stand in the lock, whose own digest is in the manifest. The
serial number follows from the content: the same packages make the same bill.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from arsenale.releases.manifest import Imprint

if TYPE_CHECKING:
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component
    from cyclonedx.model.license import License

SBOM_NAME = "sbom.cdx.json"
CLASSIFIER = "License :: "
OPERATORS = {"AND", "OR"}
UNSTATED = ("", "UNKNOWN")
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


@dataclass(frozen=True)
class Package:
    """A package that is pinned and installed.

    Attributes:
        name: As in the lock.
        version: As installed; the installer has checked it against the lock.
        licence: As the package states it; empty where it states none.
    """

    name: str
    version: str
    licence: str


def write_sbom(folder: Path, imprint: Imprint, lock_file: Path) -> None:
    """Write the bill of what is installed of the lock."""
    # Imported here: it takes a fifth of a second, which only a publish should pay.
    from cyclonedx.output.json import JsonV1Dot6  # noqa: PLC0415

    text = JsonV1Dot6(_bom(imprint, list(installed(lock_file)))).output_as_string(indent=2)
    (folder / SBOM_NAME).write_text(f"{text}\n", encoding="utf-8")


def installed(lock_file: Path) -> Iterator[Package]:
    """Yield the packages of the lock that are installed, by name."""
    found = {_normalised(one.name): one for one in metadata.distributions() if one.name}
    # The lock pins some packages twice, for different Pythons.
    for name, version in sorted(set(PINNED.findall(lock_file.read_text(encoding="utf-8")))):
        distribution = found.get(_normalised(name))
        if distribution and distribution.version == version:
            yield Package(name, version, licence_of(distribution.metadata))


def licence_of(stated: metadata.PackageMetadata) -> str:
    """Return the licence of a package as it states it: an SPDX expression, a name, or its classifiers."""
    expression, text = ("".join(stated.get_all(name) or ()) for name in ("License-Expression", "License"))
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in stated.get_all("Classifier") or ()
        if line.startswith(CLASSIFIER)
    ]
    name, *more = text.strip().rpartition(" :: ")[2].splitlines() or [""]
    # Some packages have the whole text of a licence where its name belongs; its first line may be its name.
    if expression or (name.upper() not in UNSTATED and not (more and classifiers)):
        return expression or name
    return " AND ".join(classifiers)


def _normalised(name: str) -> str:
    """Return the name as the package index spells it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _bom(imprint: Imprint, packages: list[Package]) -> Bom:
    from cyclonedx.model.bom import Bom, BomMetaData  # noqa: PLC0415
    from cyclonedx.model.component import Component, ComponentType  # noqa: PLC0415

    release = Component(
        name="arsenale", version=imprint.release_id, type=ComponentType.DATA, bom_ref="release"
    )
    bom = Bom(
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, repr(packages)),
        metadata=BomMetaData(component=release, timestamp=imprint.built_at),
        components=[_component(package) for package in packages],
    )
    bom.register_dependency(release, list(bom.components))
    return bom


def _component(package: Package) -> Component:
    from cyclonedx.model.component import Component, ComponentType  # noqa: PLC0415
    from packageurl import PackageURL  # noqa: PLC0415

    return Component(
        name=package.name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{package.name}@{package.version}",
        purl=PackageURL("pypi", None, package.name, package.version),
        licenses=[_licence(package.licence)] if package.licence else [],
    )


def _licence(stated: str) -> License:
    """Return a licence as an SPDX id or expression where it is one, else by its name.

    CycloneDX's own factory asks a parser of expressions, whose list of licences takes longer to load than
    all else here.
    """
    from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression  # noqa: PLC0415
    from cyclonedx.spdx import is_supported_id  # noqa: PLC0415

    if is_supported_id(stated):
        return DisjunctiveLicense(id=stated)
    words = set(re.findall(r"[^\s()]+", stated))
    if words & OPERATORS and all(map(is_supported_id, words - OPERATORS)):
        return LicenseExpression(stated)
    return DisjunctiveLicense(name=stated)
