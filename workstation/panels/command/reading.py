"""An operation with its log, what each unit did about each order, and whom to call there; read in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workstation.services.centre.contacts import Contact
from workstation.services.centre.operations import OperationEvent, OperationInfo, Response
from workstation.services.services import Services
from workstation.workflow.event import Actor
from workstation.workflow.handbook import Plan


@dataclass(frozen=True)
class OperationLine:
    """An operation in the list: how many units were called, and how many have said anything."""

    info: OperationInfo
    called: int
    answered: int


@dataclass(frozen=True)
class OperationView:
    """One operation as the panel shows it."""

    info: OperationInfo
    events: tuple[OperationEvent, ...]
    responses: tuple[Response, ...]
    contacts: Mapping[str, list[Contact]]
    names: Mapping[str, str]
    plan: Plan | None
    commands: bool
    """Whether the actor commands it."""


def read_operations(services: Services, actor: Actor, open: bool) -> list[OperationLine]:
    """The operations that the actor sees."""
    out = []
    for info in services.operations.all(actor, open=open):
        responses = services.operations.responses(info.id)
        answered = sum(response.answered_at is not None for response in responses)
        out.append(OperationLine(info, len(responses), answered))
    return out


def read_operation(services: Services, operation_id: str, actor: Actor) -> OperationView:
    """One operation."""
    operations = services.operations
    info = operations.get(operation_id)
    responses = operations.responses(operation_id)
    units = {response.unit for response in responses}
    return OperationView(
        info,
        operations.events(operation_id),
        responses,
        {unit: services.units.contacts(unit) for unit in sorted(units)},
        {unit.code: unit.short_name or unit.name for unit in services.units.all()},
        services.handbook.plans.get(info.plan),
        operations.may_command(actor),
    )
