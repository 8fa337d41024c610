"""Which component class is drawn with which symbol, and how large: what ``make_styles.py`` makes rules of."""

from __future__ import annotations

# Symbol, title, class codes of GB/T 30428.2-2013 (main class and sub-class, two digits each).
COMPONENTS: dict[str, tuple[str, tuple[tuple[str, str, str], ...]]] = {
    "01": (
        "公用设施",
        (
            ("manhole_water", "上水井盖", "0101 0119"),
            ("manhole_sewage", "污水井盖", "0102 0118"),
            ("manhole_rain", "雨水井盖", "0103"),
            ("grate", "雨水箅子", "0104 0126"),
            ("manhole_power", "电力井盖", "0105 0106 0115 0117"),
            ("manhole_telecom", "通信井盖", "0107 0108 0109"),
            ("manhole_heat", "热力井盖", "0110"),
            ("manhole_gas", "燃气井盖", "0111 0121"),
            ("manhole", "其他井盖", "0112 0114 0120 0122 0123"),
            ("hydrant", "消防设施", "0113"),
            ("cabinet", "交接箱、配电设施", "0127 0128 0148 0149"),
            ("pole", "立杆", "0130 0131 0132 0133 0134 0135 0147"),
            ("lamp", "路灯", "0137 0138 0139"),
            ("kiosk", "亭", "0140 0141 0143 0144 0145 0151 0152"),
            ("post_box", "邮筒", "0142"),
            ("fitness", "健身设施", "0146"),
            ("camera", "监控电子眼", "0150"),
            ("charger", "充电桩", "0154"),
        ),
    ),
    "02": (
        "交通设施",
        (
            ("parking", "停车场", "0201 0202 0203"),
            ("bus_stop", "公交站", "0204 0205"),
            ("footbridge", "桥与通道", "0206 0207 0208 0209"),
            ("traffic_sign", "交通标志", "0210 0211"),
            ("street_sign", "路名牌", "0212 0213"),
            ("traffic_light", "交通信号灯", "0214 0215"),
            ("barrier", "交通护栏", "0217 0219 0224"),
            ("bollard", "道桩", "0218 0220 0221 0222"),
            ("bicycle", "非机动车停放", "0225 0226 0227"),
        ),
    ),
    "03": (
        "市容环境设施",
        (
            ("toilet", "公共厕所", "0301 0302"),
            ("transfer", "垃圾中转站", "0303 0304"),
            ("litter_bin", "垃圾箱", "0305"),
            ("billboard", "户外广告、牌匾", "0306 0307"),
            ("notice_board", "宣传栏", "0308"),
        ),
    ),
    "04": (
        "园林绿化设施",
        (
            ("old_tree", "古树名木", "0401"),
            ("tree", "树木", "0402 0403 0404"),
            ("flower", "花钵花架", "0405"),
            ("sculpture", "雕塑", "0406"),
            ("bench", "街头座椅", "0407"),
            ("railing", "绿地护栏", "0408"),
            ("fountain", "喷泉", "0410"),
        ),
    ),
    "05": (
        "其他部件",
        (
            ("fuel", "加油站、气站", "0503 0504"),
            ("embankment", "水域设施", "0506 0507 0508"),
            ("heritage", "文物古迹", "0509"),
        ),
    ),
}

# What there is most of is drawn small and below: crowns of trees, then covers, then lamps and posts. The rest is
# looked for and stands out. Name: (millimetres, the same from 1:1,100 on, order).
CROWNS = dict.fromkeys(("tree", "old_tree"), (4.0, 7.0, 0))
COVERS = dict.fromkeys(
    (
        "manhole", "manhole_water", "manhole_sewage", "manhole_rain", "manhole_power", "manhole_telecom",
        "manhole_heat", "manhole_gas", "grate",
    ),
    (2.7, 4.4, 1),
)  # fmt: skip
SMALL = dict.fromkeys(
    ("lamp", "pole", "bollard", "barrier", "railing", "billboard", "other_04"), (2.9, 4.6, 2)
)
SIZES = {**CROWNS, **COVERS, **SMALL}
USUAL_SIZE = (3.7, 5.4, 3)
