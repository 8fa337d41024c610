"""Coordinates as people write them: degrees in all writings, metres, and the offset systems GCJ-02 and BD-09.

Positions are EPSG:4490 degrees (CGCS2000), from which WGS-84 differs by less than what a phone measures. GCJ-02 and
BD-09 are published as functions one way only; here they are inverted by iteration to far less than a millimetre. What
is left is what the offset itself is known to: one or two metres.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

Point = tuple[float, float]
"""Longitude, latitude; or easting, northing."""
Extent = tuple[float, float, float, float]

_AXIS = 6378245.0
_ECCENTRICITY = 0.00669342162296594323
"""Of the ellipsoid of Krasovsky, in which the offset of GCJ-02 is defined."""
_WAVE = math.pi * 3000.0 / 180.0
CHINA = (72.004, 0.8293, 137.8347, 55.8271)
"""Where GCJ-02 is offset: west, south, east, north. Outside it is the same as CGCS2000."""
NEAR_DEGREES = 0.3
"""So far outside the city's extent a reading is still held to be meant."""
TOLERANCE = 1e-11


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text may mean. ``system``: cgcs2000, gcj02, bd09 (of degrees) or metres; ``crs`` of metres, ``EPSG:n``.

    ``near``: inside or close to the city. ``said``: the text itself names the system. ``lon``, ``lat`` EPSG:4490.
    """

    lon: float
    lat: float
    system: str
    near: bool
    said: bool = False
    crs: str = ""

    @property
    def converted(self) -> bool:
        """Whether the position was computed from an offset system, and is as exact as that: one or two metres."""
        return self.system in ("gcj02", "bd09")


# ---- offset systems ------------------------------------------------------------------------------------------


def _in_china(lon: float, lat: float) -> bool:
    west, south, east, north = CHINA
    return west <= lon <= east and south <= lat <= north


def to_gcj02(lon: float, lat: float) -> Point:
    """The GCJ-02 position (高德, 腾讯) of a place in degrees of CGCS2000 or WGS-84; outside China the same."""
    if not _in_china(lon, lat):
        return lon, lat
    x, y = lon - 105.0, lat - 35.0
    ripple = 20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    north += (
        ripple
        + 20.0 * math.sin(y * math.pi)
        + 40.0 * math.sin(y / 3.0 * math.pi)
        + 160.0 * math.sin(y / 12.0 * math.pi)
        + 320.0 * math.sin(y * math.pi / 30.0)
    ) * (2.0 / 3.0)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    east += (
        ripple
        + 20.0 * math.sin(x * math.pi)
        + 40.0 * math.sin(x / 3.0 * math.pi)
        + 150.0 * math.sin(x / 12.0 * math.pi)
        + 300.0 * math.sin(x / 30.0 * math.pi)
    ) * (2.0 / 3.0)
    turn = math.radians(lat)
    bent = 1.0 - _ECCENTRICITY * math.sin(turn) ** 2
    meridian = _AXIS * (1.0 - _ECCENTRICITY) / (bent * math.sqrt(bent))
    parallel = _AXIS / math.sqrt(bent) * math.cos(turn)
    return lon + math.degrees(east / parallel), lat + math.degrees(north / meridian)


def _gcj02_to_bd09(lon: float, lat: float) -> Point:
    length = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _WAVE)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _WAVE)
    return length * math.cos(angle) + 0.0065, length * math.sin(angle) + 0.006


def to_bd09(lon: float, lat: float) -> Point:
    """The BD-09 position (百度) of a place in degrees of CGCS2000 or WGS-84."""
    return _gcj02_to_bd09(*to_gcj02(lon, lat))


def _inverted(forward: Callable[[float, float], Point], lon: float, lat: float) -> Point:
    """The place that ``forward`` takes to the given one: what is missing is added until nothing is.

    The functions change their offset by less than a hundredth of the way, so each round leaves a hundredth of the fault.
    """
    x, y = lon, lat
    for _ in range(30):
        there = forward(x, y)
        dx, dy = lon - there[0], lat - there[1]
        x, y = x + dx, y + dy
        if abs(dx) < TOLERANCE and abs(dy) < TOLERANCE:
            break
    return x, y


def from_gcj02(lon: float, lat: float) -> Point:
    """The place in degrees of CGCS2000 whose GCJ-02 position is given."""
    return _inverted(to_gcj02, lon, lat)


def from_bd09(lon: float, lat: float) -> Point:
    """The place in degrees of CGCS2000 whose BD-09 position is given."""
    return _inverted(to_gcj02, *_inverted(_gcj02_to_bd09, lon, lat))


# ---- metres --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _transformer(crs: str, back: bool) -> Callable[[float, float], Point]:
    from pyproj import Transformer  # takes a while to load, and most texts are no metres

    ends = ("EPSG:4490", crs)
    made = Transformer.from_crs(*(ends[::-1] if back else ends), always_xy=True)
    transform: Callable[[float, float], Point] = made.transform
    return transform


def to_metres(lon: float, lat: float, crs: str) -> Point:
    """Easting and northing in a CRS, such as the city's."""
    x, y = _transformer(crs, False)(lon, lat)
    return float(x), float(y)


def from_metres(x: float, y: float, crs: str) -> Point:
    """Degrees of an easting and a northing; infinite where the CRS does not reach."""
    lon, lat = _transformer(crs, True)(x, y)
    return float(lon), float(lat)


def zone_crs(zone: int) -> str:
    """The CGCS2000 Gauss-Krüger zone whose number stands before the easting; "" where there is none of that number.

    25 to 45 are zones of three degrees, 13 to 23 of six.
    """
    if 25 <= zone <= 45:
        return f"EPSG:{4513 + zone - 25}"
    if 13 <= zone <= 23:
        return f"EPSG:{4491 + zone - 13}"
    return ""


def _metre_readings(a: float, b: float, city: str, extent: Extent) -> list[Reading]:
    out = []
    for x, y in ((a, b), (b, a)):
        if not 100_000 <= y <= 10_000_000:
            continue
        if x >= 13_000_000:
            crs = zone_crs(int(x // 1_000_000))
        elif 100_000 <= x < 1_000_000 and city:
            crs = city
        else:
            continue
        if crs:
            out.append(_reading(*from_metres(x, y, crs), "metres", extent, said=True, crs=crs))
    return [reading for reading in out if math.isfinite(reading.lon) and math.isfinite(reading.lat)]


# ---- reading -------------------------------------------------------------------------------------------------

_SYSTEMS = (
    ("gcj02", re.compile(r"gcj[-_ ]?(?:02)?|火星(?:坐标)?|高德(?:地图|坐标)?|腾讯(?:地图|坐标)?|amap")),
    ("bd09", re.compile(r"bd[-_ ]?09(?:ll)?|百度(?:地图|坐标)?|baidu")),
    (
        "cgcs2000",
        re.compile(r"cgcs[-_ ]?2000|(?:国家)?2000坐标系?|国家2000|wgs[-_ ]?84|epsg:?4490|epsg:?4326|gps"),
    ),
)
_WORDS = (
    (re.compile(r"东经|经度|longitude|lng|lon"), "e"),
    (re.compile(r"北纬|纬度|latitude|lat"), "n"),
    (re.compile(r"西经"), "w"),
    (re.compile(r"南纬"), "s"),
    (re.compile(r"坐标|[xy]\s*[=:]|米"), " "),
)
_MARKS = str.maketrans(
    {
        "′": "'",
        "’": "'",
        "‘": "'",
        "分": "'",
        "″": '"',
        "”": '"',
        "“": '"',
        "秒": '"',
        "度": "°",
        "º": "°",
        "˚": "°",
        "、": " ",
        "。": ".",
    }
)
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_ANGLE = re.compile(
    rf"\s*(?P<before>[nsew])?\s*[=:]?\s*(?P<deg>{_NUMBER})\s*(?:°\s*(?:(?P<min>\d+(?:\.\d+)?)\s*'\s*(?:(?P<sec>\d+(?:\.\d+)?)\s*(?:\"|'')\s*)?)?)?"
    r"(?P<after>[nsew](?![a-z\d=:]))?\s*[,;/|()]*\s*"
)


@dataclass(frozen=True, slots=True)
class _Angle:
    value: float
    axis: str  # x, y or "" where nothing says which
    plain: bool  # a bare number


def read(text: str, extent: Extent, map_crs: str = "") -> list[Reading]:
    """What positions a text may mean, the likeliest first; none where it is not a position.

    ``extent`` of the city says in which order and which system numbers make sense: readings in or near it come first, and
    where there are any, those far away are left out. ``map_crs`` is that of metres without a zone's number.
    """
    system, rest = _system(text)
    pair = _pair(rest)
    if pair is None:
        return []
    first, second = pair
    if first.plain and second.plain and min(abs(first.value), abs(second.value)) > 360:
        readings = [] if system else _metre_readings(first.value, second.value, map_crs, extent)
    else:
        readings = [
            _reading(*convert(lon, lat), name, extent, said=bool(system))
            for name, convert in _CONVERT.items()
            if name == (system or name)
            for lon, lat in _orders(first, second)
        ]
    near = [reading for reading in readings if reading.near]
    return near or readings


def _same(lon: float, lat: float) -> Point:
    return lon, lat


_CONVERT: dict[str, Callable[[float, float], Point]] = {
    "cgcs2000": _same,
    "gcj02": from_gcj02,
    "bd09": from_bd09,
}


def _reading(
    lon: float, lat: float, system: str, extent: Extent, *, said: bool = False, crs: str = ""
) -> Reading:
    west, south, east, north = extent
    near = (
        west - NEAR_DEGREES <= lon <= east + NEAR_DEGREES
        and south - NEAR_DEGREES <= lat <= north + NEAR_DEGREES
    )
    return Reading(lon, lat, system, near, said, crs)


def _system(text: str) -> tuple[str, str]:
    """The system that the text names, "" for none, and the rest of it in one spelling."""
    rest = unicodedata.normalize("NFKC", text).casefold()
    found = ""
    for name, pattern in _SYSTEMS:
        rest, count = pattern.subn(" ", rest, count=1)
        if count:
            found = name
            break
    for pattern, letter in _WORDS:
        rest = pattern.sub(letter, rest)
    rest = rest.translate(_MARKS)  # only now: 度 stands in 百度 and 经度 too
    return found, rest.strip(" ,;:()[]/|")


def _pair(rest: str) -> tuple[_Angle, _Angle] | None:
    found: list[_Angle] = []
    at = 0
    while at < len(rest):
        match = _ANGLE.match(rest, at)
        if match is None or match.end() == at or len(found) == 2:
            return None
        angle = _angle(match)
        if angle is None:
            return None
        found.append(angle)
        at = match.end()
    if len(found) != 2 or (found[0].axis and found[0].axis == found[1].axis):
        return None
    return found[0], found[1]


def _angle(match: re.Match[str]) -> _Angle | None:
    value = float(match["deg"])
    minutes, seconds = float(match["min"] or 0), float(match["sec"] or 0)
    letter = match["before"] or match["after"] or ""
    if (match["before"] and match["after"]) or minutes >= 60 or seconds >= 60:
        return None
    size = abs(value) + minutes / 60 + seconds / 3600
    value = -size if value < 0 or letter in ("s", "w") else size
    plain = not letter and "°" not in match.group()
    return _Angle(value, {"e": "x", "w": "x", "n": "y", "s": "y"}.get(letter, ""), plain)


def _orders(first: _Angle, second: _Angle) -> list[Point]:
    """The ways in which two angles can be longitude and latitude."""
    out = []
    for x, y in ((first, second), (second, first)):
        if x.axis != "y" and y.axis != "x" and abs(x.value) <= 180 and abs(y.value) <= 90:
            out.append((x.value, y.value))
    return out


# ---- writing -------------------------------------------------------------------------------------------------

FORMS = ("degrees", "dms", "metres", "gcj02", "bd09")


def write(lon: float, lat: float, form: str, map_crs: str) -> str:
    """A position as text in one of :data:`FORMS`: what :func:`read` reads again. Degrees to six places, about 10 cm."""
    if form == "dms":
        return f"{_dms(lat, 'NS')} {_dms(lon, 'EW')}"
    if form == "metres":
        x, y = to_metres(lon, lat, map_crs)
        return f"{x:.2f}, {y:.2f}"
    if form in ("gcj02", "bd09"):
        lon, lat = (to_gcj02 if form == "gcj02" else to_bd09)(lon, lat)
        return f"{'GCJ02' if form == 'gcj02' else 'BD09'} {lon:.6f}, {lat:.6f}"
    return f"{lon:.6f}, {lat:.6f}"


def _dms(value: float, letters: str) -> str:
    hundredths = round(abs(value) * 360_000)  # so that 59.996″ does not become 60.00″
    degrees, rest = divmod(hundredths, 360_000)
    minutes, seconds = divmod(rest, 6_000)
    return f"{degrees}°{minutes:02d}′{seconds / 100:05.2f}″{letters[value < 0]}"
