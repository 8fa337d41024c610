"""The program's data are files beside it, or texts that it was given: the same folders, the same handbooks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from workstation.workflow import library
from workstation.workflow.calendar import calendar_names
from workstation.workflow.handbook import Handbook, HandbookError

PARTS = ("handbooks/*/*", "classes/*", "calendars/*", "indicators/*")


@pytest.fixture
def texts() -> Iterator[dict[str, str]]:
    """The data's texts by path; whatever a test serves is taken back."""
    data = library.data_folder()
    yield {
        f"data/{path.relative_to(data).as_posix()}": path.read_text("utf-8")
        for part in PARTS
        for path in data.glob(part)
        if path.suffix in (".toml", ".csv")
    }
    library.serve({})


def test_handbooks_are_the_same_from_texts(texts: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every shipped handbook and calendar is found and read; folders of a city's own count only where there are folders."""
    monkeypatch.setenv(library.HANDBOOKS, str(library.data_folder() / "handbooks" / "nowhere"))
    ids = {name: Handbook.named(name).id for name in Handbook.available()}
    names = calendar_names()
    library.serve({**texts, "workstation/__init__.py": ""})
    assert {name: Handbook.named(name).id for name in Handbook.available()} == ids
    assert calendar_names() == names and names
    assert str(library.data_folder()) == "data"
    library.serve({})
    assert library.data_folder().is_absolute()


def test_what_is_not_served_is_not_there(texts: dict[str, str]) -> None:
    """A missing text is a missing file."""
    del texts["data/handbooks/national/posts.toml"]
    library.serve(texts)
    folder = library.handbooks()["national"]
    assert (folder / "flow.toml").is_file() and not (folder / "posts.toml").is_file()
    with pytest.raises(FileNotFoundError):
        (folder / "posts.toml").read_text()
    with pytest.raises(HandbookError) as error:
        Handbook.named("national")
    assert error.value.code == "missing_file"
    assert [path.name for path in folder.glob("f*.toml")] == ["flow.toml"]
