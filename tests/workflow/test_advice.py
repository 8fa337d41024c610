"""The recommendation that a dispatch is kept with: taken in one form only, and without any effect on the case."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workflow.machine_fields import ADVICE
from workstation.workflow.fields import ADVICE_AT_MOST, _advice
from workstation.workflow.flow import Arrow, FieldSpec
from workstation.workflow.handbook import Handbook

ARROW = Arrow("dispatch", "派遣", (), None, ())
SPEC = FieldSpec("advice", "advice", False, "推荐依据")


@pytest.mark.parametrize("city", ["national", "minqing", "taiyuan", "taizhou", "tianjiaan"])
def test_every_city_keeps_it_with_the_dispatch(city: str) -> None:
    """Each shipped handbook's dispatch takes it, and never asks for it."""
    arrow = Handbook.named(city).arrow("dispatch")
    spec = arrow.field("advice") if arrow is not None else None
    assert spec is not None and spec.type == "advice" and not spec.required


def test_it_is_kept_as_it_was_said() -> None:
    """A right one comes out as it went in, with its score as a number."""
    assert _advice(ADVICE, SPEC, ARROW) == ADVICE
    assert _advice({**ADVICE, "by": "automatic", "score": 3}, SPEC, ARROW)["score"] == 3.0


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "somebody"},
        {"verdict": "perhaps"},
        {"rank": True},
        {"rank": 1.0},
        {"rank": -1},
        {"rank": ADVICE_AT_MOST + 1},
        {"units": "U1"},
        {"units": ["U1", "U1"]},
        {"units": [f"U{n}" for n in range(ADVICE_AT_MOST + 1)]},
        {"reasons": [1]},
        {"score": float("nan")},
        {"more": 1},
    ],
)
def test_anything_else_is_refused(wrong: dict[str, Any]) -> None:
    """A value that it cannot have, one too many, or another key: refused like any wrong field."""
    with pytest.raises((ValueError, TypeError)):
        _advice({**ADVICE, **wrong}, SPEC, ARROW)
