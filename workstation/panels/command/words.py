"""Words for operations: their kinds, and the steps of a unit's response."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def kind_text(kind: str) -> str:
    """What an operation is for."""
    translate = QCoreApplication.translate
    return {
        "event": translate("Command", "重大活动"),
        "weather": translate("Command", "恶劣天气"),
        "emergency": translate("Command", "突发事件"),
    }.get(kind, kind)


def step_text(step: str) -> str:
    """What a unit says to an order."""
    translate = QCoreApplication.translate
    return {
        "accepted": translate("Command", "接令"),
        "on_the_way": translate("Command", "出动"),
        "in_place": translate("Command", "到位"),
        "done": translate("Command", "完成"),
    }.get(step, step)


def took_text(minutes: float) -> str:
    """``6分``, ``1时20分``: how long after the order."""
    translate = QCoreApplication.translate
    hours, rest = divmod(max(0, round(minutes)), 60)
    if hours:
        return translate("Command", "{h}时{m}分").format(h=hours, m=rest)
    return translate("Command", "{m}分").format(m=rest)
