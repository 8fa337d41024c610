"""Where a report is, asked of the services in the background: grid, nearest address, components, open cases nearby."""

from __future__ import annotations

from dataclasses import dataclass

from shapely import Point

from workstation.services.centre.people import Person
from workstation.services.lists.lists import CaseRow
from workstation.services.services import Services
from workstation.services.spatial import coordinates
from workstation.services.spatial.places import ComponentInfo, GridInfo, Plane
from workstation.shell.finder.text import reading_text
from workstation.workflow.event import Actor

COMPONENT_METRES = 30.0


@dataclass(frozen=True)
class PlaceFound:
    """What lies at a point. ``grid`` None: outside every grid. ``components`` nearest first. ``collector`` walks the grid."""

    lon: float
    lat: float
    grid: GridInfo | None
    address: str
    components: tuple[ComponentInfo, ...]
    collector: Person | None


def find_place(services: Services, lon: float, lat: float, with_components: bool) -> PlaceFound:
    """The grid, its collector, the nearest address and, if asked for, the components around a point (degrees)."""
    places = services.places
    grid = places.grid_at(lon, lat)
    components = tuple(places.components_near(lon, lat, COMPONENT_METRES)) if with_components else ()
    collector = services.people.collector_for(grid.code) if grid is not None else None
    return PlaceFound(lon, lat, grid, places.address_near(lon, lat), components, collector)


@dataclass(frozen=True)
class ComponentFound:
    """A component of the inventory with the names of those it belongs to; ``component`` None: there is none."""

    code: str
    component: ComponentInfo | None
    owner: str
    maintainer: str


def find_component(services: Services, code: str) -> ComponentFound:
    """The component of that code and its owner's and maintainer's names."""
    component = services.places.component(code)
    if component is None:
        return ComponentFound(code, None, "", "")
    names = {unit.code: unit.short_name or unit.name for unit in services.units.all()}
    return ComponentFound(
        code,
        component,
        names.get(component.owner_code, component.owner_code),
        names.get(component.maintainer_code, component.maintainer_code),
    )


@dataclass(frozen=True)
class AddressFound:
    """A place that what was typed names. ``by``: crossing (of two roads), building, road (then the road's middle), or
    coordinate (one of the ways to read numbers; ``label`` says which)."""

    label: str
    by: str
    lon: float
    lat: float


def find_address(
    services: Services, text: str, actor: Actor, near: tuple[float, float]
) -> list[AddressFound]:
    """Places that a typed address or typed coordinates name, the likeliest first; coordinates only in and near the city."""
    city = services.city
    readings = coordinates.read(text, city.extent, city.map_crs)
    if readings:
        return [AddressFound(reading_text(r, ""), "coordinate", r.lon, r.lat) for r in readings if r.near]
    found = services.finding.addresses(text, actor, near=near)
    return [
        AddressFound(item.title, item.kind, item.lon, item.lat)
        for item in found
        if item.lon is not None and item.lat is not None
    ]


@dataclass(frozen=True)
class Near:
    """An open case of the class near the point, ``metres`` away."""

    row: CaseRow
    metres: float


def find_near(services: Services, lon: float, lat: float, class_code: str, but: str) -> list[Near]:
    """Open cases of the class as near and as new as the handbook says, the nearest first, without the case ``but``."""
    plane = Plane(lon, lat)
    rules = services.handbook.rules
    rows = services.places.nearby_cases(lon, lat, class_code, rules.duplicate_metres, rules.duplicate_hours)
    return [Near(row, plane.distance(Point(row.lon, row.lat))) for row in rows if row.id != but]
