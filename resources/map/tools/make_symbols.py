"""Draws the component symbols: ``python3 resources/map/tools/make_symbols.py`` writes ``symbols/*.svg``.

One family: a badge in the colour of the main class with a white picture on it, so that the class is seen from afar
and the thing from near. Its shape says what kind of thing it is: round for what lies in the ground (covers, grates),
a rounded square for what stands, a leaf-green disc for what grows. 24 x 24 units, strokes of 1.8.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "symbols"

COLOURS = {"01": "#4678b0", "02": "#7a62ab", "03": "#2f9184", "04": "#5b9a47", "05": "#8b7a66"}
LINE = 'fill="none" stroke="#ffffff" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'
SOLID = 'fill="#ffffff"'


def line(path: str) -> str:
    """A white line."""
    return f'<path d="{path}" {LINE}/>'


def solid(path: str) -> str:
    """A white area."""
    return f'<path d="{path}" {SOLID}/>'


def disc(x: float, y: float, radius: float) -> str:
    """A white disc."""
    return f'<circle cx="{x}" cy="{y}" r="{radius}" {SOLID}/>'


def ring(x: float, y: float, radius: float) -> str:
    """A white circle."""
    return f'<circle cx="{x}" cy="{y}" r="{radius}" {LINE}/>'


DROP = solid("M12 6.2 C12 6.2 8 11 8 13.8 A4 4 0 0 0 16 13.8 C16 11 12 6.2 12 6.2 Z")
BOLT = solid("M13.4 5.8 L8 13 H11.4 L10.6 18.2 L16 11 H12.6 Z")
FLAME = line("M12.4 5.6 C13 8.8 16.4 10 16.4 13.8 A4.4 4.4 0 0 1 7.6 13.8 C7.6 11.6 9 10.8 9.6 9") + line(
    "M12 13.2 V17"
)

CROWN = (
    '<path d="M12 1.6 C14.2 1.6 15 3 16.6 3.6 C18.4 4.2 20 4.6 20.8 6.6 C21.5 8.4 20.8 9.8 21.4 11.6 C22 13.4 22.2 15 21 16.8'
    " C20 18.4 18.4 18.4 17 19.6 C15.6 20.8 14.6 22.4 12.4 22.4 C10.2 22.4 9.2 21 7.6 20.4 C5.8 19.8 4.2 19.4 3.2 17.6"
    " C2.4 16 3 14.6 2.6 12.8 C2.2 11 1.6 9.4 2.8 7.4 C3.8 5.8 5.4 5.6 6.8 4.4 C8.2 3.2 9.6 1.6 12 1.6 Z"
    '" fill="#8cc46f" fill-opacity="0.7" stroke="#4f9139" stroke-opacity="0.75" stroke-width="1.1"/>'
)

# name: (main class, shape, picture)
SYMBOLS: dict[str, tuple[str, str, str]] = {
    # Covers: round, with a rim like the thing itself.
    "manhole": ("01", "cover", line("M9 9 L15 15 M15 9 L9 15")),
    "manhole_water": ("01", "cover", DROP),
    "manhole_sewage": (
        "01",
        "cover",
        line("M7.2 10.2 q1.6 -1.8 3.2 0 t3.2 0 t3.2 0") + line("M7.2 14.2 q1.6 -1.8 3.2 0 t3.2 0 t3.2 0"),
    ),
    "manhole_rain": (
        "01",
        "cover",
        line("M9.6 7.6 L8 11.4 M13 7.6 L11.4 11.4 M16.4 7.6 L14.8 11.4 M11.2 13.2 L9.6 17 M14.6 13.2 L13 17"),
    ),
    "manhole_power": ("01", "cover", BOLT),
    "manhole_telecom": (
        "01",
        "cover",
        disc(12, 12, 1.5) + line("M9.2 14.8 a4 4 0 0 1 0 -5.6 M14.8 9.2 a4 4 0 0 1 0 5.6"),
    ),
    "manhole_heat": (
        "01",
        "cover",
        line("M8.8 16 q-1.6 -2 0 -4 t0 -4 M12 16 q-1.6 -2 0 -4 t0 -4 M15.2 16 q-1.6 -2 0 -4 t0 -4"),
    ),
    "manhole_gas": ("01", "cover", FLAME),
    "grate": ("01", "square", line("M8 8 V16 M12 8 V16 M16 8 V16")),
    "hydrant": (
        "01",
        "square",
        solid("M9.2 18 V10.4 A2.8 2.8 0 0 1 14.8 10.4 V18 Z")
        + line("M8 18 H16 M7.2 12.6 H16.8")
        + disc(12, 6.6, 1.3),
    ),
    "cabinet": (
        "01",
        "square",
        line("M8 6.5 H16 V17.5 H8 Z M12 6.5 V17.5 M10.2 11.4 V12.8 M13.8 11.4 V12.8"),
    ),
    "pole": ("01", "square", line("M12 5.8 V18.2 M8 8.6 H16 M9 11.6 H15")),
    "lamp": (
        "01",
        "square",
        line("M10 18.2 V8.6 A3 3 0 0 1 13 5.9 H14.4")
        + solid("M13.2 7.2 H18.4 L17.4 10 H14.2 Z")
        + line("M8 18.2 H12"),
    ),
    "kiosk": ("01", "square", solid("M6.4 10.2 L8 6.6 H16 L17.6 10.2 Z") + line("M8 11.4 V17.6 H16 V11.4")),
    "post_box": ("01", "square", line("M7 8 H17 V16.4 H7 Z M7.4 8.6 L12 12.4 L16.6 8.6")),
    "fitness": (
        "01",
        "square",
        line("M8 8.4 V15.6 M16 8.4 V15.6 M8 12 H16 M5.8 10.4 V13.6 M18.2 10.4 V13.6"),
    ),
    "camera": (
        "01",
        "square",
        solid("M6 8.4 H14.4 V13.6 H6 Z M15.2 10.2 L18.4 8.6 V13.4 L15.2 11.8 Z") + line("M10 14 V17.4 H7"),
    ),
    "charger": (
        "01",
        "square",
        line(
            "M7.4 18 V7.4 A1 1 0 0 1 8.4 6.4 H12.4 A1 1 0 0 1 13.4 7.4 V18 M6.2 18 H14.6 M13.6 12 H15.4 V15.2 A1.2 1.2 0 0 0 17.8 15.2 V10.2 L16 8.4"
        )
        + solid("M11 8 L8.8 11.8 H10.3 L9.9 14.6 L12.1 10.8 H10.6 Z"),
    ),
    # Traffic.
    "parking": ("02", "square", line("M9.6 17.8 V6.6 H12.8 A3.2 3.2 0 0 1 12.8 13 H9.6")),
    "bus_stop": (
        "02",
        "square",
        solid("M7.4 7.4 A1.6 1.6 0 0 1 9 5.8 H15 A1.6 1.6 0 0 1 16.6 7.4 V16 H7.4 Z")
        + '<path d="M8.8 8 H15.2 V11.6 H8.8 Z" fill="#7a62ab"/>'
        + disc(9.6, 17, 1.4)
        + disc(14.4, 17, 1.4),
    ),
    "footbridge": (
        "02",
        "square",
        line("M6 15.6 H18 M7 15.6 A5 5.4 0 0 1 17 15.6 M9.6 15.4 V12 M14.4 15.4 V12 M12 15.4 V10.4"),
    ),
    "traffic_sign": ("02", "square", line("M12 6 L17 14 H7 Z M12 14 V18.4")),
    "street_sign": ("02", "square", solid("M6 7 H16 L18.2 9.5 L16 12 H6 Z") + line("M11.4 12 V18.2")),
    "traffic_light": (
        "02",
        "square",
        line("M9 5.8 H15 V18.2 H9 Z") + disc(12, 8.6, 1.25) + disc(12, 12, 1.25) + disc(12, 15.4, 1.25),
    ),
    "barrier": ("02", "square", line("M6 9.4 H18 M6 13.4 H18 M8.4 7.4 V17 M15.6 7.4 V17")),
    "bollard": ("02", "square", solid("M10 18 V9 A2 2 0 0 1 14 9 V18 Z") + line("M8.4 18 H15.6")),
    "bicycle": (
        "02",
        "square",
        ring(8, 14.4, 2.7)
        + ring(16, 14.4, 2.7)
        + line(
            "M8 14.4 L10.8 9.2 H14.2 L16 14.4 M10.8 9.2 L12.6 14.2 L14.2 9.2 M9.6 7.8 H11.4 M13.8 7.6 H15.4"
        ),
    ),
    # Sanitation and street scene.
    "toilet": (
        "03",
        "square",
        disc(8.6, 7.2, 1.6)
        + solid("M6.6 9.6 H10.6 L10.2 14 H9.6 V18 H7.6 V14 H7 Z")
        + disc(15.4, 7.2, 1.6)
        + solid("M14 9.6 H16.8 L18.2 14.2 H16.6 V18 H14.2 V14.2 H12.6 Z"),
    ),
    "transfer": (
        "03",
        "square",
        solid("M6 8.6 H13 V15 H6 Z M14 10.6 H16.6 L18.4 13 V15 H14 Z")
        + disc(8.8, 16.4, 1.5)
        + disc(15.8, 16.4, 1.5),
    ),
    "litter_bin": (
        "03",
        "square",
        solid("M8 9.6 H16 L15.2 18 H8.8 Z") + line("M7 8 H17 M10.4 7.6 V6.2 H13.6 V7.6"),
    ),
    "billboard": (
        "03",
        "square",
        line("M6 6.6 H18 V13.2 H6 Z M9.4 13.4 V18 M14.6 13.4 V18") + line("M8.6 9.9 H15.4"),
    ),
    "notice_board": ("03", "square", line("M7 6.4 H17 V15 H7 Z M12 15.2 V18.2 M9.4 9.2 H14.6 M9.4 12 H13")),
    # Greenery.
    "old_tree": (
        "04",
        "crown",
        '<path d="M12 7.2 L13.4 10.3 L16.8 10.6 L14.2 12.8 L15 16.2 L12 14.4 L9 16.2 L9.8 12.8 L7.2 10.6 L10.6 10.3 Z" fill="#ffffff" fill-opacity="0.95"/>',
    ),
    "tree": ("04", "crown", '<circle cx="12" cy="12" r="1.7" fill="#3f7a31" fill-opacity="0.75"/>'),
    "flower": (
        "04",
        "disc",
        disc(12, 7.4, 2)
        + disc(15.4, 9.8, 2)
        + disc(14.2, 13.6, 2)
        + disc(9.8, 13.6, 2)
        + disc(8.6, 9.8, 2)
        + '<circle cx="12" cy="10.9" r="1.5" fill="#5b9a47"/>'
        + line("M12 15.4 V18.6"),
    ),
    "sculpture": (
        "04",
        "square",
        line("M8 18 H16")
        + solid(
            "M9.6 16.8 V14.6 H14.4 V16.8 Z M12 5.6 C15 6.4 14.6 9 13.2 10.2 L14 13.6 H10 L10.8 10.2 C9.4 9 9.6 7.2 12 5.6 Z"
        ),
    ),
    "bench": ("04", "square", line("M6.4 12.6 H17.6 M7 9 H17 M8 12.8 V16.8 M16 12.8 V16.8")),
    "railing": ("04", "square", line("M6 9.4 H18 M6 15 H18 M8 7.4 V17 M12 7.4 V17 M16 7.4 V17")),
    "fountain": (
        "04",
        "square",
        line("M12 14 V9 M12 9 C12 6.6 8.4 6.6 8.2 10 M12 9 C12 6.6 15.6 6.6 15.8 10")
        + solid("M6.4 14.4 H17.6 L15.8 18 H8.2 Z"),
    ),
    # Others.
    "fuel": (
        "05",
        "square",
        line(
            "M7.4 18 V6.4 H13.4 V18 M6.2 18 H14.6 M13.6 11.6 H15.4 V15.4 A1.2 1.2 0 0 0 17.8 15.4 V9.6 L15.8 7.6"
        )
        + solid("M9 8.2 H11.8 V11 H9 Z"),
    ),
    "embankment": (
        "05",
        "square",
        line("M6 8.4 H18 M8.4 8.4 V12 M12 8.4 V12 M15.6 8.4 V12")
        + line("M6 15.6 q1.5 -1.7 3 0 t3 0 t3 0 t3 0"),
    ),
    "heritage": (
        "05",
        "square",
        solid("M5.8 10 L12 5.6 L18.2 10 Z") + line("M8 11.6 V16 M12 11.6 V16 M16 11.6 V16 M6.4 18 H17.6"),
    ),
    # Supply and the smaller public things.
    "tap": (
        "01",
        "square",
        line("M7 10.4 H13.4 A2.6 2.6 0 0 1 16 13 V14 M10.4 10.2 V7.4 M8 7.2 H12.8") + disc(16, 17, 1.3),
    ),
    "pump": ("01", "square", ring(12, 11.6, 4) + line("M12 11.6 L14.4 9.4 M6 18 H18 M12 15.8 V18")),
    "pipe": (
        "01",
        "square",
        line(
            "M6.4 8 H11.6 A4 4 0 0 1 15.6 12 V17.6 M6.4 12 H10.4 A1.2 1.2 0 0 1 11.6 13.2 V17.6 M6.2 6.2 V13.8 M9.8 17.8 H17.4"
        ),
    ),
    "tower": ("01", "square", line("M12 5.8 L8 18.2 M12 5.8 L16 18.2 M7.4 9 H16.6 M9.6 13.4 H14.4")),
    "machine": (
        "01",
        "square",
        line("M8 5.8 H16 V18.2 H8 Z M8 14.6 H16") + solid("M9.8 7.6 H14.2 V12 H9.8 Z"),
    ),
    "plate": ("01", "square", line("M7 6.6 H17 V13 H7 Z M12 13 V18.2") + disc(12, 9.8, 1.2)),
    "gateway": (
        "01",
        "square",
        solid("M5.8 8 L7.4 5.8 H16.6 L18.2 8 Z") + line("M8.2 9 V18.2 M15.8 9 V18.2 M6.6 11.4 H17.4"),
    ),
    "guide_sign": (
        "02",
        "square",
        line("M6.8 6.4 H17.2 V13.4 H6.8 Z M12 13.4 V18.2 M9.4 9.9 H14.4 M12.8 8.4 L14.4 9.9 L12.8 11.4"),
    ),
    "screen": (
        "02",
        "square",
        line("M6 7 H18 V14.6 H6 Z M12 14.6 V18 M9 18 H15")
        + disc(9.4, 10.8, 1)
        + disc(12, 10.8, 1)
        + disc(14.6, 10.8, 1),
    ),
    "rail": ("02", "square", line("M9 6 L7 18 M15 6 L17 18 M8.4 9.4 H15.6 M8 12.6 H16 M7.4 15.8 H16.6")),
    "access": (
        "02",
        "square",
        disc(11, 6.6, 1.5)
        + line("M11 9 V13 H14.8 L16.6 17.4 M11 10.8 H14")
        + line("M9.2 12 A3.6 3.6 0 1 0 13.8 16.6"),
    ),
    "monitor": (
        "03",
        "square",
        line("M6 15.6 L9.4 11 L12 13.6 L14.4 8.4 L16 12 H18.2") + line("M6 18.2 H18.2"),
    ),
    "leaf": (
        "04",
        "disc",
        solid("M7.4 16.6 C7.4 10.4 11 7.4 16.8 7.2 C16.8 13.2 13.6 16.8 7.4 16.6 Z")
        + line("M6.4 17.8 L8 16"),
    ),
    "sprinkler": (
        "04",
        "square",
        line("M12 18.2 V12 M9 18.2 H15")
        + disc(12, 9.6, 1.2)
        + disc(8, 8.2, 1)
        + disc(16, 8.2, 1)
        + disc(9.8, 6.2, 1)
        + disc(14.2, 6.2, 1),
    ),
    "basement": ("05", "square", line("M6 7 H9 V10 H12 V13 H15 V16 H18")),
    "hazard": ("05", "square", line("M12 6 L18.2 17.4 H5.8 Z M12 10.2 V13") + disc(12, 15.2, 0.9)),
    # What has no symbol of its own.
    "other_05": ("05", "square", disc(8.2, 12, 1.4) + disc(12, 12, 1.4) + disc(15.8, 12, 1.4)),
}


def badge(main: str, shape: str) -> str:
    """What the picture stands on, with the white rim that lifts it off the map."""
    ink = COLOURS[main]
    if shape == "square":
        return f'<rect x="1.4" y="1.4" width="21.2" height="21.2" rx="5.4" fill="{ink}" stroke="#ffffff" stroke-width="1.6"/>'
    if shape == "cover":
        return (
            f'<circle cx="12" cy="12" r="10.6" fill="{ink}" stroke="#ffffff" stroke-width="1.6"/>'
            '<circle cx="12" cy="12" r="8.2" fill="none" stroke="#ffffff" stroke-opacity="0.45" stroke-width="0.9"/>'
        )
    if shape == "crown":  # a tree from above: soft, and seen through
        return CROWN
    return f'<circle cx="12" cy="12" r="10.6" fill="{ink}" stroke="#ffffff" stroke-width="1.6"/>'


# The mark of a component that is not as it should be: a shape of its own for each, told without any colour.
RIM = 'stroke="#ffffff" stroke-width="2.4" stroke-linejoin="round" paint-order="stroke"'
STATES = {
    "state_damaged": (
        f'<path d="M12 2.6 L22.4 21 H1.6 Z" fill="#c05600" {RIM}/>'
        '<path d="M12 9 V14.4" fill="none" stroke="#ffffff" stroke-width="2.8" stroke-linecap="round"/>'
        '<circle cx="12" cy="18" r="1.6" fill="#ffffff"/>'
    ),
    "state_missing": (
        f'<circle cx="12" cy="12" r="9.4" fill="#ffffff" {RIM}/>'
        '<circle cx="12" cy="12" r="8.6" fill="none" stroke="#a3201a" stroke-width="3"/>'
        '<path d="M6.4 17.6 L17.6 6.4" fill="none" stroke="#a3201a" stroke-width="3"/>'
    ),
    "state_abandoned": (
        f'<rect x="2.6" y="2.6" width="18.8" height="18.8" rx="2" fill="#4b5563" {RIM}/>'
        '<path d="M7.4 7.4 L16.6 16.6 M16.6 7.4 L7.4 16.6" fill="none" stroke="#ffffff" stroke-width="2.8"'
        ' stroke-linecap="round"/>'
    ),
}


def main() -> None:
    """Writes all symbols."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (main_class, shape, picture) in SYMBOLS.items():
        text = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">'
            f"{badge(main_class, shape)}{picture}</svg>\n"
        )
        (FOLDER / f"{name}.svg").write_text(text, encoding="utf-8")
    for name, picture in STATES.items():
        text = f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">{picture}</svg>\n'
        (FOLDER / f"{name}.svg").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
