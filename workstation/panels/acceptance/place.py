"""Where a report is, asked of the services in the background: grid, nearest address, components, open cases nearby."""

from __future__ import annotations

from dataclasses import dataclass

from shapely import Point

from workstation.services.lists import CaseRow
from workstation.services.people import Person
from workstation.services.places import AddressFound, ComponentInfo, GridInfo, Plane
from workstation.services.services import Services

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


def find_address(services: Services, text: str) -> list[AddressFound]:
    """Places that a typed address names."""
    return services.places.find_address(text)


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
