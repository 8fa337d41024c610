"""The plots of the demo city's cases: one of each turn for the smallest city, then drawn by weight."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plot:
    """What is to happen in one story.

    ``end`` is closed, unqualified, rejected, false, answered, void, void_asked, transferred or merged; ``late`` how
    the disposal keeps its limit (share of the limit used); ``hold`` the arrow after which (or, with a leading ``<``,
    before which) it stands today, ``ago`` minutes since then.
    """

    end: str = "closed"
    checked: bool = False
    rework: int = 0
    request: str = ""  # return, return_refused, extension, extension_refused, suspension, withdrawn
    cooperate: bool = False
    scene: bool = False
    urged: bool = False
    urgent: bool | None = False
    long: bool = False
    late: bool = False
    hold: str = ""
    ago: tuple[float, float] = (1.0, 10.0)
    share: float = 0.0  # of the limit that has passed by today, for cases that are being disposed of


# One of each: every state and every turn is in the smallest city. Then they are drawn by weight.
SHOWN = (
    Plot(hold="report", ago=(1, 9)),
    Plot(hold="register", ago=(2, 20)),
    Plot(hold="send_check", checked=True, ago=(3, 22)),
    Plot(hold="checked", checked=True, ago=(1, 14)),
    Plot(hold="file", ago=(1, 9)),
    Plot(hold="dispatch", ago=(3, 40)),
    Plot(hold="receive", share=0.4),
    Plot(hold="on_scene", scene=True, share=0.6),
    Plot(hold="feed_back", ago=(3, 25)),
    Plot(hold="send_verify", ago=(3, 30)),
    Plot(hold="verified", ago=(1, 9)),
    Plot(hold="verified", rework=1, ago=(1, 9)),
    Plot(),
    Plot(end="unqualified", rework=2),
    Plot(end="rejected"),
    Plot(end="false", checked=True),
    Plot(end="answered"),
    Plot(end="void"),
    Plot(end="void_asked"),
    Plot(end="transferred"),
    Plot(end="merged"),
    Plot(checked=True, request="extension"),
    Plot(request="return"),
    Plot(request="return_refused"),
    Plot(request="extension_refused"),
    Plot(request="withdrawn", long=True),
    Plot(request="suspension", long=True),
    Plot(rework=1),
    Plot(cooperate=True),
    Plot(urgent=True, scene=True),
    Plot(late=True, urged=True),
    Plot(hold="receive", share=1.3),
    Plot(hold="<grant_return", request="return", ago=(5, 30), share=0.02),
    Plot(hold="<grant_extension", request="extension", long=True, share=0.5),
    Plot(hold="<grant_suspension", request="suspension", long=True, share=0.4),
    Plot(hold="grant_suspension", request="suspension", long=True, share=0.5),
    Plot(hold="<grant_void", end="void_asked", share=0.3),
    Plot(hold="dispose_again", rework=1, ago=(4, 30)),
)

# The desk today: (arrow, weight, minutes since the last step, checked).
_DESK: tuple[tuple[str, float, tuple[float, float], bool], ...] = (
    ("report", 9, (1, 12), False),
    ("register", 9, (2, 36), False),
    ("send_check", 9, (2, 24), True),
    ("checked", 8, (2, 20), True),
    ("file", 14, (1, 12), False),
    ("dispatch", 20, (2, 50), False),
    ("feed_back", 13, (2, 45), False),
    ("send_verify", 14, (3, 50), False),
    ("verified", 8, (1, 11), False),
)


def desk_plot(rng: random.Random) -> Plot:
    """A case that lies on somebody's desk today."""
    arrow, _, ago, checked = rng.choices(_DESK, [w for _, w, _, _ in _DESK])[0]
    if rng.random() < 0.08:
        ago = (ago[1], ago[1] * 2.2)  # left lying too long
    rework = 1 if arrow == "verified" and rng.random() < 0.3 else 0
    return Plot(
        hold=arrow, ago=ago, checked=checked or rng.random() < 0.2, rework=rework, scene=rng.random() < 0.1
    )


def disposal_plot(rng: random.Random) -> Plot:
    """A case that is being disposed of today, mostly inside its limit."""
    roll = rng.random()
    share = rng.uniform(0.03, 0.93) if roll < 0.9 else rng.uniform(1.02, 1.7)
    kind = rng.random()
    if kind < 0.60:
        return Plot(hold="receive", share=share, long=rng.random() < 0.9, checked=rng.random() < 0.25)
    if kind < 0.80:
        return Plot(hold="on_scene", scene=True, share=share, long=rng.random() < 0.85)
    if kind < 0.86:
        return Plot(hold="<grant_extension", request="extension", long=True, share=rng.uniform(0.3, 0.9))
    if kind < 0.89:
        return Plot(hold="<grant_return", request="return", share=rng.uniform(0.005, 0.03))
    if kind < 0.91:
        return Plot(hold="<grant_suspension", request="suspension", long=True, share=rng.uniform(0.2, 0.8))
    if kind < 0.96:
        return Plot(hold="grant_suspension", request="suspension", long=True, share=rng.uniform(0.3, 1.5))
    if kind < 0.975:
        return Plot(hold="<grant_void", end="void_asked", share=rng.uniform(0.1, 0.6))
    return Plot(hold="dispose_again", rework=1, ago=(6, 56))


def past_plot(rng: random.Random, source_checked: bool) -> Plot:
    """A case that has run its course, unless the present catches up with it."""
    roll = rng.random()
    if roll < 0.035:
        return Plot(end="rejected")
    if roll < 0.060:
        return Plot(end="false", checked=True)
    if roll < 0.070:
        return Plot(end="answered")
    if roll < 0.078:
        return Plot(end="void")
    if roll < 0.086:
        return Plot(end="void_asked")
    if roll < 0.090:
        return Plot(end="transferred")
    if roll < 0.103:
        return Plot(end="merged")
    if roll < 0.110:
        return Plot(end="unqualified", rework=2)
    request = rng.choices(
        ("", "extension", "extension_refused", "return", "return_refused", "suspension", "withdrawn"),
        (86, 4.5, 1.2, 3.6, 1.2, 0.9, 0.6),
    )[0]
    return Plot(
        checked=source_checked,
        rework=1 if rng.random() < 0.055 else 2 if rng.random() < 0.006 else 0,
        request=request,
        cooperate=rng.random() < 0.03,
        scene=rng.random() < 0.16,
        urged=rng.random() < 0.04,
        urgent=None,
        long=request in ("suspension", "withdrawn"),
        late=rng.random() < 0.085,
    )
