"""Where docks stand by default, for each post, on a wide and on a narrow screen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

Groups = tuple[tuple[str, ...], ...]

NARROW = 1500
"""Below this width, in pixels, a window has one column beside the map."""


@dataclass(frozen=True)
class Arrangement:
    """Columns beside the map: each a stack of tab groups, top to bottom; the first tab of a group is in front.

    ``closed`` are places kept for docks that are not open at first. Widths are in pixels.
    """

    left: Groups = ()
    right: Groups = ()
    bottom: Groups = ()
    closed: frozenset[str] = field(default_factory=frozenset)
    left_width: int = 400
    right_width: int = 460

    def side(self, name: str) -> Groups:
        """The groups of left, right or bottom."""
        groups: Groups = getattr(self, name)
        return groups

    def place_of(self, key: str) -> tuple[str, tuple[str, ...]]:
        """The side and the group of a dock; the last group of the right side for one without a place."""
        for side in ("left", "right", "bottom"):
            for group in self.side(side):
                if key in group:
                    return side, group
        return "right", self.right[-1] if self.right else ()

    def only(self, keys: Collection[str]) -> Arrangement:
        """The same without docks that are not among ``keys``."""

        def kept(groups: Groups) -> Groups:
            return tuple(g for g in (tuple(k for k in group if k in keys) for group in groups) if g)

        return replace(self, left=kept(self.left), right=kept(self.right), bottom=kept(self.bottom))

    def keys(self) -> list[str]:
        """Every dock that has a place."""
        return [key for side in (self.left, self.right, self.bottom) for group in side for key in group]


_WIDE: dict[str, Arrangement] = {
    "operator": Arrangement(
        left=(("acceptance",),),
        right=(("caselist", "verification", "case", "layers"),),
        left_width=420,
        right_width=520,
    ),
    "shift_leader": Arrangement(
        left=(("caselist", "acceptance", "supervision", "meeting", "handbook"),),
        right=(("filing", "verification", "case", "layers", "evaluation"),),
        closed=frozenset({"acceptance", "evaluation", "supervision", "meeting", "handbook"}),
        left_width=520,
        right_width=500,
    ),
    "dispatcher": Arrangement(
        left=(("dispatch", "coordination", "caselist", "supervision", "meeting", "areas"),),
        right=(("case", "layers", "evaluation"),),
        closed=frozenset({"evaluation", "supervision", "meeting", "areas"}),
        left_width=480,
        right_width=500,
    ),
    "receiver": Arrangement(
        left=(("disposal", "caselist"),), right=(("case", "layers"),), left_width=480, right_width=500
    ),
    "evaluator": Arrangement(
        left=(("evaluation", "audit"),),
        right=(("caselist", "case", "layers"),),
        closed=frozenset({"audit"}),
        left_width=820,
        right_width=480,
    ),
    "commander": Arrangement(
        left=(("caselist", "supervision", "evaluation", "meeting", "handbook", "areas"),),
        right=(("coordination", "dispatch", "case", "layers"),),
        closed=frozenset({"meeting", "handbook", "areas"}),
        left_width=560,
        right_width=480,
    ),
    "gis": Arrangement(
        left=(("areas",),),
        right=(("layers", "caselist", "case"),),
        closed=frozenset({"areas", "caselist", "case"}),
        left_width=520,
        right_width=380,
    ),
    "admin": Arrangement(
        left=(("accounts", "caselist", "handbook", "calendar", "areas"),),
        right=(("case", "layers", "evaluation"),),
        closed=frozenset({"handbook", "calendar", "areas"}),
        left_width=520,
        right_width=500,
    ),
}
_OTHERS = Arrangement(
    left=(
        (
            *("acceptance", "disposal", "dispatch", "filing", "verification", "caselist", "handbook"),
            *("calendar", "audit"),
        ),
    ),
    right=(("case", "layers", "evaluation"),),
    closed=frozenset({"handbook", "calendar", "evaluation", "audit"}),
    left_width=460,
    right_width=500,
)
"""Of posts that are only some city's: their work in front, as far as there is any."""
_WIDE["unit_leader"] = _WIDE["receiver"]
_WIDE["district_dispatcher"] = _WIDE["receiver"]


def arrangement_for(post: str, width: int) -> Arrangement:
    """The default arrangement of a post for a window of that width.

    On a narrow one the right column's panels are tabs of the left one, but the case, which opens at the right. What
    has no room there, the layers first, is opened when it is wanted.
    """
    wide = _WIDE.get(post, _OTHERS)
    if width >= NARROW:
        return wide
    moved = tuple(key for group in wide.right for key in group if key != "case")
    if not wide.left:
        return Arrangement(right=wide.right, closed=wide.closed, right_width=min(wide.right_width, 360))
    first, *rest = wide.left
    closed = wide.closed | {"case", "layers"}
    if post in _WIDE and post != "evaluator":  # there is room for three tabs
        closed |= {"evaluation"}
        closed |= set([key for key in first + moved if key not in closed][3:])
    return Arrangement(
        left=(first + moved, *rest),
        right=(("case",),),
        closed=closed,
        left_width=min(wide.left_width, 420 if post != "evaluator" else 640),
        right_width=400,
    )
