from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.building import Project, built_project


@pytest.fixture
def project() -> Iterator[Project]:
    """The shared project; whatever the test does, what it published stays as it was."""
    project = built_project()
    release, content = project.release_id(), project.content()
    yield project
    assert project.release_id() == release
    assert project.content() == content
