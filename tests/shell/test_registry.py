"""Every panel of the registry: it loads, is what the registry says, and opens on a real city for each of its posts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication

from tests.panels.desk import Desk
from workstation.shell import registry
from workstation.shell.arrangement import arrangement_for
from workstation.shell.panel import Panel
from workstation.workflow.handbook import Handbook


@pytest.mark.parametrize("key", [item.key for item in registry.PANELS])
def test_a_panel_opens(desk: Desk, key: str) -> None:
    """Made with a context, shown, filled and closed without an error or a warning of Qt."""
    item = registry.entry(key)
    kind = item.load()
    assert issubclass(kind, Panel) and kind.key == key
    post = sorted(item.posts)[0] if item.posts else "operator"
    actor = desk.actors["one"] if post in ("receiver", "unit_leader") else desk.actors["operator"]
    desk.context.set_actor(replace(actor, post=post))
    panel = kind(desk.context)
    desk.qtbot.addWidget(panel)
    panel.resize(420, 800)
    panel.show()
    desk.qtbot.wait(50)
    desk.settle()
    assert not panel.grab().isNull()
    panel.close()
    QCoreApplication.processEvents()


def test_names_and_posts() -> None:
    """Each panel has a Chinese name of its own, and every post has something to see."""
    titles = [registry.title_of(item) for item in registry.PANELS]
    assert len(set(titles)) == len(titles)
    assert all("\u4e00" <= title[0] <= "\u9fff" for title in titles)
    with pytest.raises(KeyError):
        registry.entry("no_such_panel")
    for post in ("operator", "shift_leader", "dispatcher", "receiver", "gis", "admin"):
        assert len(registry.panels_for(post)) >= 3


def test_a_post_that_only_one_city_has_sees_the_panels_of_its_moves() -> None:
    """A handbook lets a post of its own dispatch and urge: it sees those panels, and none that are not its business."""
    book = Handbook.national()
    own = tuple(
        replace(arrow, posts=(*arrow.posts, "town_chief")) if arrow.name in ("dispatch", "urge") else arrow
        for arrow in book.arrows
    )
    seen = {item.key for item in registry.panels_for("town_chief", replace(book, arrows=own))}
    assert {"dispatch", "supervision", "caselist", "case"} <= seen
    assert not seen & {"filing", "verification", "acceptance", "disposal"}
    assert "dispatch" not in {item.key for item in registry.panels_for("town_chief", book)}
    assert arrangement_for("town_chief", 1920).only(seen).left[0][0] == "dispatch", "the work in front"
