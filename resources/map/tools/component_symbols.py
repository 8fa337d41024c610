"""Which component class is drawn with which symbol, and how large: what ``make_styles.py`` makes categories of.

Classes are named, not numbered: the editions of the code standard give the same thing different numbers, and its
name says what it is. ``codes()`` looks the numbers up in ``data/classes``.
"""

from __future__ import annotations

import csv
from pathlib import Path

CLASSES = Path(__file__).resolve().parents[3] / "data" / "classes"
OLD_EDITION = "cjt214-2007.csv"
"""Its numbers mean other things than those of the two later editions, which agree but for a nought: its are marked."""
OLD_MARK = "07:"

# Group: (title, ((symbol, title, names of classes), ...)).
COMPONENTS: dict[str, tuple[str, tuple[tuple[str, str, str], ...]]] = {
    "01": (
        "公用设施",
        (
            ("manhole_water", "上水井盖", "上水井盖 供水井盖 中水井盖"),
            ("manhole_sewage", "污水井盖", "污水井盖 化粪池井盖 化粪池"),
            ("manhole_rain", "雨水井盖", "雨水井盖"),
            ("grate", "雨水箅子", "雨水箅子 沟槽盖板"),
            ("manhole_power", "电力井盖", "电力井盖 路灯井盖 信号灯电源井盖 电缆井盖"),
            ("manhole_telecom", "通信井盖", "通信井盖 通讯井盖 电视井盖 网络井盖"),
            ("manhole_heat", "热力井盖", "热力井盖"),
            ("manhole_gas", "燃气井盖", "燃气井盖 输油（气）井盖"),
            ("manhole", "其他井盖", "公安井盖 园林井盖 公交井盖 特殊井盖 不明井盖 无主井盖"),
            ("hydrant", "消防设施", "消防设施 水鹤"),
            ("tap", "供水设施", "水井 民用水井 供水器 水塔"),
            ("pump", "泵站、闸、排放口", "防蚊闸 排水泵站 雨污水排放口"),
            ("pipe", "露天管道、管廊", "跨河管道 露天燃气管道 露天供热管道 综合管廊附属设施"),
            (
                "cabinet",
                "交接箱、配电设施",
                "通讯交接箱 通信交接箱 电力设施 变压器（箱） 燃气调压站（箱） 路灯配电箱",
            ),
            (
                "pole",
                "立杆",
                "立杆 电力立杆 通信立杆 公交立杆 特殊立杆 不明立杆 旗杆 综合杆",
            ),
            ("tower", "铁塔、基站", "高压线铁塔 通信基站"),
            ("lamp", "路灯", "路灯 地灯 景观灯"),
            (
                "kiosk",
                "亭",
                "报刊亭 电话亭 信息亭 售货亭 岗亭（治安亭） 治安岗亭 休息亭 交通岗亭",
            ),
            ("machine", "自助设备", "自动售货机 自助缴费机 快递柜 公用电梯"),
            ("post_box", "邮筒", "邮筒"),
            ("fitness", "健身、便民设施", "健身设施 户外健身设施 晒衣架"),
            ("camera", "监控、报警设施", "监控电子眼 监控电子眼设施 紧急报警点SOS"),
            ("charger", "充电桩", "充电站（桩） 充电桩"),
            ("plate", "标识牌", "电力设施标识牌 输油（气）标志 管理责任公示牌"),
            ("gateway", "牌楼", "牌楼（门楼）"),
        ),
    ),
    "02": (
        "交通设施",
        (
            ("parking", "停车设施", "停车场 立体车库 停车咪表 停车计费设备"),
            (
                "bus_stop",
                "公交、出租站",
                "公交站亭 公交站亭（牌） 公交站设施 出租车站牌 出租车停靠站 轨道交通设施",
            ),
            (
                "footbridge",
                "桥与通道",
                "过街天桥 地下通道 高架立交桥 立交桥 跨河桥 栈桥 铁路桥涵 公路隧道",
            ),
            (
                "traffic_sign",
                "交通标志",
                "交通标志牌 交通标志牌及标线 限高架（杆） 限高架标志 交通反视镜",
            ),
            ("street_sign", "路名牌、地名牌", "路名牌 地名牌 门（楼号）牌"),
            (
                "guide_sign",
                "指示牌",
                "水域标示牌 应急避难指示牌 救助站指示牌 文物建筑标志牌 公安指示牌 景区标识牌 公厕指示牌",
            ),
            ("traffic_light", "交通信号灯", "交通信号灯 交通信号设施"),
            ("screen", "信息显示屏", "道路信息显示屏 停车信息显示屏 噪声显示屏"),
            ("barrier", "护栏、声屏障", "交通护栏 渠化岛 安全岛 道路隔音屏"),
            ("bollard", "道桩、减速带", "防撞桶 人行横道桩 便道桩 柔性隔离体 减速带"),
            ("bicycle", "非机动车停放", "非机动车停放点 自行车租赁点 存车支架"),
            ("rail", "铁道口", "铁道口设施"),
            ("access", "无障碍设施", "无障碍设施"),
        ),
    ),
    "03": (
        "市容环境设施",
        (
            ("toilet", "公共厕所", "公共厕所"),
            ("transfer", "垃圾站、工具间", "垃圾间（楼） 垃圾中转站 环卫工具间（箱）"),
            (
                "litter_bin",
                "垃圾箱、回收箱",
                "垃圾箱 垃圾箱（果皮箱、桶） 旧衣物回收箱 宠物拾便纸箱 烟头收集器或灭烟处",
            ),
            ("billboard", "户外广告、牌匾", "户外广告 牌匾标识 广告牌匾 灯箱霓虹灯"),
            ("notice_board", "宣传栏", "宣传栏"),
            (
                "monitor",
                "监测设施",
                "环保监测站 气象监测站 污水口监测站 污水监测器 防汛监测设施",
            ),
        ),
    ),
    "04": (
        "园林绿化设施",
        (
            ("old_tree", "古树名木", "古树名木"),
            ("tree", "树木", "行道树 独立树 护树设施 树池树穴"),
            ("flower", "花钵花架", "花钵花架 花架花钵 高架挂箱"),
            ("leaf", "绿地、林地", "绿地 林地及林地管护设施"),
            ("sprinkler", "绿地附属设施", "绿地附属设施 绿地维护设施"),
            ("sculpture", "雕塑", "雕塑"),
            ("bench", "街头座椅", "街头座椅 街头坐椅"),
            ("railing", "绿地护栏", "绿地护栏"),
            ("fountain", "喷泉", "喷泉"),
        ),
    ),
    "05": (
        "其他部件",
        (
            ("fuel", "加油站、气站", "车辆加油（气、电）站 液化气站"),
            ("embankment", "水域设施", "水域附属设施 水域护栏 防汛墙 港监设施"),
            ("heritage", "文物古迹", "文物古迹"),
            ("basement", "地下室、人防", "公房地下室 人防工事"),
            ("hazard", "危险源、工地", "重大危险源 工地"),
        ),
    ),
}
MAINS = {"01": ("01",), "02": ("02",), "03": ("03",), "04": ("04",), "05": ("05", "06")}
"""The main classes of a group: the edition of 2007 has a sixth."""

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
    ("lamp", "pole", "bollard", "barrier", "railing", "billboard", "sprinkler"), (2.9, 4.6, 2)
)
SIZES = {**CROWNS, **COVERS, **SMALL}
USUAL_SIZE = (3.7, 5.4, 3)

# A component that is not as it should be gets a mark beside its symbol; each has a shape of its own.
STATES = (
    ("damaged", "破损", "state_damaged"),
    ("missing", "丢失", "state_missing"),
    ("abandoned", "废弃", "state_abandoned"),
)


def codes() -> dict[str, list[str]]:
    """The class codes of all editions that ship, by symbol; those of the oldest with its mark before them."""
    symbols = {
        name: symbol
        for _, entries in COMPONENTS.values()
        for symbol, _, names in entries
        for name in names.split()
    }
    found: dict[str, list[str]] = {}
    for file in sorted(CLASSES.glob("*.csv")):
        mark = OLD_MARK if file.name == OLD_EDITION else ""
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["kind"] == "component" and row["name"] in symbols:
                    found.setdefault(symbols[row["name"]], []).append(mark + row["code"])
    return found
