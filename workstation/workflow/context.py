"""What a decision is made in: when, by whom, under which handbook and calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .calendar import WorkCalendar
from .event import Actor
from .handbook import Handbook


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a decision may depend on besides the case and the command. ``now`` is aware.

    ``certified``: the actor is trained and passed as far as the post asks for it (MQ-14-TRAINED).
    """

    now: datetime
    actor: Actor
    handbook: Handbook
    calendar: WorkCalendar
    certified: bool = True
