"""What stands in a city, by class of GB/T 30428.2-2013: how much of it, where, and who is responsible."""

from __future__ import annotations

from dataclasses import dataclass

EDITION = "GB/T 30428.2-2013"


@dataclass(frozen=True)
class Row:
    """Things in a row along streets.

    ``share`` is the part of all components; ``kinds`` the streets; ``offset`` metres from the kerb (positive: on the
    pavement, negative: on the carriageway); ``sides`` 1 or 2.
    """

    code: str
    name: str
    share: float
    kinds: str
    offset: float
    sides: int = 1
    jitter: float = 0.0


@dataclass(frozen=True)
class Spot:
    """Things at particular places.

    ``place``: signal, corner, stop, park, shop, yard, old, bank, bridge; ``group`` are put at one place.
    """

    code: str
    name: str
    share: float
    place: str
    group: int = 1


# kinds: m main, s secondary, b branch, l lane
ROWS = (
    Row("0137", "路灯", 0.115, "msbl", 0.7, 2),
    Row("0402", "行道树", 0.190, "msb", 1.6, 2, 0.04),
    Row("0102", "污水井盖", 0.075, "msbl", -0.30, 1, 0.05),
    Row("0103", "雨水井盖", 0.070, "msbl", -0.62, 1, 0.05),
    Row("0104", "雨水箅子", 0.090, "msb", -0.4, 2, 0.03),
    Row("0101", "上水井盖", 0.038, "msbl", -0.80, 1, 0.10),
    Row("0107", "通信井盖", 0.040, "msb", 2.3, 1, 0.08),
    Row("0105", "电力井盖", 0.030, "msb", 2.6, 1, 0.08),
    Row("0111", "燃气井盖", 0.022, "msb", -0.14, 1, 0.12),
    Row("0106", "路灯井盖", 0.020, "ms", 1.1, 2, 0.02),
    Row("0110", "热力井盖", 0.010, "ms", -0.52, 1, 0.15),
    Row("0108", "电视井盖", 0.007, "sb", 2.1, 1, 0.2),
    Row("0114", "园林井盖", 0.006, "m", 3.4, 2, 0.2),
    Row("0305", "垃圾箱", 0.042, "msb", 0.9, 2, 0.15),
    Row("0113", "消防设施", 0.016, "msb", 1.0, 1, 0.1),
    Row("0217", "交通护栏", 0.012, "m", -1.0, 1, 0.02),
    Row("0210", "交通标志牌", 0.014, "msb", 0.6, 2, 0.3),
    Row("0225", "非机动车停放点", 0.008, "msb", 3.0, 2, 0.4),
    Row("0201", "停车场", 0.004, "sb", 3.2, 1, 0.5),
    Row("0130", "电力立杆", 0.008, "l", 0.4, 1, 0.05),
    Row("0131", "通信立杆", 0.006, "l", 0.5, 1, 0.05),
    Row("0408", "绿地护栏", 0.006, "m", 3.2, 2, 0.1),
    Row("0404", "护树设施", 0.006, "ms", 1.6, 2, 0.3),
    Row("0118", "化粪池井盖", 0.006, "bl", 0.9, 1, 0.4),
)

SPOTS = (
    Spot("0214", "交通信号灯", 0.014, "signal", 4),
    Spot("0215", "交通信号设施", 0.003, "signal", 1),
    Spot("0115", "信号灯电源井盖", 0.003, "signal", 1),
    Spot("0150", "监控电子眼", 0.008, "signal", 2),
    Spot("0212", "路名牌", 0.016, "corner", 2),
    Spot("0221", "便道桩", 0.030, "corner", 6),
    Spot("0127", "通讯交接箱", 0.007, "corner", 1),
    Spot("0128", "电力设施", 0.006, "corner", 1),
    Spot("0140", "报刊亭", 0.002, "corner", 1),
    Spot("0142", "邮筒", 0.002, "corner", 1),
    Spot("0112", "公安井盖", 0.003, "corner", 1),
    Spot("0204", "公交站亭", 0.005, "stop", 1),
    Spot("0132", "公交立杆", 0.003, "stop", 1),
    Spot("0226", "自行车租赁点", 0.002, "stop", 1),
    Spot("0407", "街头座椅", 0.012, "park", 1),
    Spot("0139", "景观灯", 0.010, "park", 1),
    Spot("0403", "独立树", 0.014, "park", 1),
    Spot("0146", "户外健身设施", 0.005, "park", 3),
    Spot("0406", "雕塑", 0.0008, "park", 1),
    Spot("0405", "花钵花架", 0.005, "park", 2),
    Spot("0409", "绿地附属设施", 0.002, "park", 1),
    Spot("0152", "休息亭", 0.0008, "park", 1),
    Spot("0307", "牌匾标识", 0.024, "shop", 1),
    Spot("0306", "户外广告", 0.006, "shop", 1),
    Spot("0301", "公共厕所", 0.0018, "yard", 1),
    Spot("0304", "垃圾中转站", 0.0005, "yard", 1),
    Spot("0308", "宣传栏", 0.004, "yard", 1),
    Spot("0154", "充电桩", 0.004, "yard", 2),
    Spot("0148", "变压器", 0.004, "yard", 1),
    Spot("0149", "燃气调压箱", 0.003, "yard", 1),
    Spot("0401", "古树名木", 0.0012, "old", 1),
    Spot("0507", "水域护栏", 0.004, "bank", 1),
    Spot("0230", "水域标示牌", 0.001, "bank", 1),
    Spot("0209", "跨河桥", 0.0006, "bridge", 1),
)

NAMES = {item.code: item.name for item in (*ROWS, *SPOTS)}
STATES = (("intact", 0.962), ("damaged", 0.022), ("missing", 0.006), ("abandoned", 0.005), ("removed", 0.005))
