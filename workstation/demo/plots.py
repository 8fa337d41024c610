"""The plots of the demo city's cases: one of each turn for the smallest city, then drawn by weight."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Plot:
    """What is to happen in one story.

    ``end`` is closed, unqualified, rejected, false, answered, void, void_asked, transferred, merged or self (put right by
    the collector alone). ``request`` is what the unit asks for, ``dispute`` how a coordinated responsibility ends
    (upheld, assigned, committee, withdrawn), ``direct`` what came from above (urge, supervise, instruct), ``way`` rapid or
    first, ``part`` whether the case is a part that an earlier one was divided into. ``late`` how the disposal keeps its
    limit (share of the limit used); ``hold`` the arrow after which (or, with a leading ``<``, before which) it stands
    today, ``ago`` minutes since then. What the handbook does not have does not happen.
    """

    end: str = "closed"
    checked: bool = False
    rework: int = 0
    request: str = ""  # return, return_refused, extension, extension_refused, suspension, withdrawn
    cooperate: bool = False
    scene: bool = False
    direct: str = ""
    dispute: str = ""
    way: str = ""
    key: bool = False
    inside: bool = False
    part: bool = False
    warning: bool = False
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
    Plot(late=True, direct="urge"),
    Plot(hold="receive", share=1.3),
    Plot(hold="<grant_return", request="return", ago=(5, 30), share=0.02),
    Plot(hold="<grant_extension", request="extension", long=True, share=0.7),
    Plot(hold="<grant_suspension", request="suspension", long=True, share=0.7),
    Plot(hold="grant_suspension", request="suspension", long=True, share=0.85),
    Plot(hold="<grant_void", end="void_asked", share=0.3),
    Plot(hold="dispose_again", rework=1, ago=(4, 30)),
    # The ways around: under way today, then run through.
    Plot(hold="coordinate", dispute="assigned", ago=(20, 60)),
    Plot(hold="escalate", dispute="committee", long=True, share=0.4),
    Plot(hold="coordinate", dispute="upheld", long=True, share=0.3),
    Plot(hold="supervise", direct="supervise", long=True, share=0.7),
    Plot(hold="instruct", direct="instruct", long=True, share=0.5),
    Plot(hold="receive", key=True, long=True, share=0.05),
    Plot(hold="progress", key=True, long=True, share=0.6, ago=(10, 150)),
    Plot(hold="dispatch_inside", inside=True, long=True, share=0.3),
    Plot(hold="receive", inside=True, long=True, share=0.1),
    Plot(hold="rapid", way="rapid", ago=(3, 30)),
    Plot(hold="receive", way="first", urgent=True, share=0.4),
    Plot(hold="<endorse_request", request="extension", long=True, share=0.7),
    Plot(hold="<approve_receipt", share=0.1),
    Plot(end="void", hold="<grant_void", ago=(5, 40)),
    Plot(dispute="assigned"),
    Plot(dispute="committee", long=True),
    Plot(dispute="upheld", long=True),
    Plot(dispute="withdrawn"),
    Plot(direct="supervise", long=True),
    Plot(direct="instruct", key=True, long=True),
    Plot(key=True, long=True),
    Plot(inside=True),
    Plot(way="rapid"),
    Plot(way="first", urgent=True),
    Plot(end="self"),
    Plot(part=True),
    Plot(warning=True, urgent=None),
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
    ("coordinate", 2, (10, 90), False),
)

# What is being disposed of today: (weight, plot, share of the limit that has passed; None: anything).
_DISPOSAL: tuple[tuple[float, Plot, tuple[float, float] | None], ...] = (
    (49, Plot(hold="receive"), None),
    (17, Plot(hold="on_scene", scene=True), None),
    (5, Plot(hold="<grant_extension", request="extension", long=True), (0.3, 0.9)),
    (2, Plot(hold="<endorse_request", request="extension", long=True), (0.3, 0.8)),
    (2, Plot(hold="<grant_return", request="return"), (0.005, 0.03)),
    (2, Plot(hold="<grant_suspension", request="suspension", long=True), (0.2, 0.8)),
    (4, Plot(hold="grant_suspension", request="suspension", long=True), (0.3, 1.5)),
    (1.3, Plot(hold="<grant_void", end="void_asked"), (0.1, 0.6)),
    (3, Plot(hold="dispose_again", rework=1, ago=(6, 56)), None),
    (1.2, Plot(hold="coordinate", dispute="upheld", long=True), (0.1, 0.5)),
    (0.8, Plot(hold="escalate", dispute="committee", long=True), (0.2, 0.7)),
    (2.2, Plot(hold="supervise", direct="supervise", long=True), (0.5, 1.2)),
    (0.8, Plot(hold="instruct", direct="instruct", long=True), (0.2, 0.8)),
    (2, Plot(hold="progress", key=True, long=True, ago=(10, 150)), (0.3, 0.8)),
    (1, Plot(hold="receive", key=True, long=True), (0.02, 0.08)),
    (3.5, Plot(hold="dispatch_inside", inside=True, long=True), (0.1, 0.8)),
    (1.5, Plot(hold="receive", inside=True, long=True), (0.03, 0.2)),
    (1.5, Plot(hold="receive", way="rapid", long=True), (0.05, 0.5)),
    (0.4, Plot(hold="receive", way="first", urgent=True), (0.1, 0.8)),
    (1, Plot(hold="<approve_receipt"), (0.02, 0.1)),
)

# How a case ends otherwise than closed, and how often.
_ENDS: tuple[tuple[float, Plot], ...] = (
    (0.035, Plot(end="rejected")),
    (0.025, Plot(end="false", checked=True)),
    (0.010, Plot(end="answered")),
    (0.008, Plot(end="void")),
    (0.008, Plot(end="void_asked")),
    (0.004, Plot(end="transferred")),
    (0.013, Plot(end="merged")),
    (0.007, Plot(end="unqualified", rework=2)),
    (0.028, Plot(end="self", urgent=None)),
)


def desk_plot(rng: random.Random) -> Plot:
    """A case that lies on somebody's desk today."""
    arrow, _, ago, checked = rng.choices(_DESK, [w for _, w, _, _ in _DESK])[0]
    if rng.random() < 0.08:
        ago = (ago[1], ago[1] * 2.2)  # left lying too long
    rework = 1 if arrow == "verified" and rng.random() < 0.3 else 0
    return Plot(
        hold=arrow,
        ago=ago,
        checked=checked or rng.random() < 0.2,
        rework=rework,
        scene=rng.random() < 0.1,
        dispute="assigned" if arrow == "coordinate" else "",
    )


def disposal_plot(rng: random.Random) -> Plot:
    """A case that is being disposed of today, mostly inside its limit."""
    _, plot, bounds = rng.choices(_DISPOSAL, [w for w, _, _ in _DISPOSAL])[0]
    if plot.hold == "dispose_again":
        return plot
    if bounds is not None:
        return replace(plot, share=rng.uniform(*bounds))
    share = rng.uniform(0.03, 0.93) if rng.random() < 0.9 else rng.uniform(1.02, 1.7)
    return replace(plot, share=share, long=rng.random() < 0.88, checked=rng.random() < 0.2)


def past_plot(rng: random.Random, source_checked: bool) -> Plot:
    """A case that has run its course, unless the present catches up with it."""
    roll = rng.random()
    for share, plot in _ENDS:
        roll -= share
        if roll < 0:
            return plot
    request = rng.choices(
        ("", "extension", "extension_refused", "return", "return_refused", "suspension", "withdrawn"),
        (86, 4.5, 1.2, 3.6, 1.2, 0.9, 0.6),
    )[0]
    dispute = direct = way = ""
    if not request:
        dispute = rng.choices(
            ("", "assigned", "upheld", "committee", "withdrawn"), (98.2, 0.8, 0.5, 0.3, 0.2)
        )[0]
        direct = rng.choices(("", "urge", "supervise", "instruct"), (93.5, 4.2, 1.8, 0.5))[0]
        way = rng.choices(("", "rapid", "first"), (96.6, 3, 0.4))[0]
    plot = Plot(
        checked=source_checked,
        rework=1 if rng.random() < 0.055 else 2 if rng.random() < 0.006 else 0,
        request=request,
        cooperate=rng.random() < 0.03,
        scene=rng.random() < 0.16,
        direct=direct,
        dispute=dispute,
        key=direct == "instruct" or rng.random() < 0.008,
        inside=rng.random() < 0.25,
        warning=rng.random() < 0.01,
        urgent=None,
        long=request in ("suspension", "withdrawn"),
        late=rng.random() < 0.085,
    )
    return replace(plot, way=way, dispute="", urgent=True if way == "first" else None) if way else plot
