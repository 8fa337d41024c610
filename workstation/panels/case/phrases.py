"""Usual phrases (惯用语) for the words a move asks for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from workstation.workflow.flow import Arrow


def phrases_for(arrow: Arrow, field: str = "") -> tuple[str, ...]:
    """The phrases for the reason or the note of a move, or for another of its fields that is words."""
    if field and field not in ("reason", "note", "requirement", "decision"):
        return ()
    common = _common() | _around()
    return common.get(arrow.name, ())


def _common() -> dict[str, tuple[str, ...]]:
    translate = QCoreApplication.translate
    return {
        "comment": (translate("Phrases", "请注意现场安全"), translate("Phrases", "请补充照片")),
        "reject": (
            translate("Phrases", "不符合立案条件"),
            translate("Phrases", "现场未发现问题"),
            translate("Phrases", "重复上报"),
        ),
        "send_back": (
            translate("Phrases", "类别有误，请更正"),
            translate("Phrases", "位置不清，请核实"),
            translate("Phrases", "照片不清晰，请补充"),
        ),
        "transfer": (translate("Phrases", "涉嫌违法，移送执法部门"), translate("Phrases", "不属于本区管辖")),
        "ask_return": (translate("Phrases", "不属于本单位职责"), translate("Phrases", "权属单位有误")),
        "return_inside": (translate("Phrases", "不属于本单位职责"), translate("Phrases", "不在本辖区")),
        "ask_extension": (
            translate("Phrases", "需要采购配件"),
            translate("Phrases", "受天气影响无法施工"),
            translate("Phrases", "需要夜间施工"),
        ),
        "ask_suspension": (translate("Phrases", "需立项审批"), translate("Phrases", "需与产权单位协商")),
        "refuse_request": (translate("Phrases", "理由不充分"), translate("Phrases", "经核对属本单位职责")),
        "endorse_request": (translate("Phrases", "情况属实，同意上报"), translate("Phrases", "已现场核对")),
        "approve_receipt": (
            translate("Phrases", "请按要求限时处置"),
            translate("Phrases", "先做好现场围挡，再行修复"),
        ),
        "dispose_again": (translate("Phrases", "现场未处置到位"), translate("Phrases", "照片与现场不符")),
    }


def _around() -> dict[str, tuple[str, ...]]:
    translate = QCoreApplication.translate
    void = (
        translate("Phrases", "重复上报"),
        translate("Phrases", "不属于城市管理范围"),
        translate("Phrases", "问题已自行消除"),
    )
    return {
        "propose_void": void,
        "ask_void": void,
        "void": void,
        "urge": (
            translate("Phrases", "临近时限，请尽快处置并反馈"),
            translate("Phrases", "群众反映强烈，请优先办理"),
            translate("Phrases", "已超期，请说明原因并立即处置"),
        ),
        "supervise": (
            translate("Phrases", "请于规定时间前办结并书面回复"),
            translate("Phrases", "请说明逾期原因和整改措施"),
            translate("Phrases", "请单位负责人现场督促落实"),
        ),
        "instruct": (
            translate("Phrases", "请主要负责同志亲自过问，限期解决"),
            translate("Phrases", "注意安全，防止发生次生事故"),
            translate("Phrases", "举一反三，排查同类问题"),
        ),
        "reply": (
            translate("Phrases", "已安排人员到场处置"),
            translate("Phrases", "已办结，现场照片随反馈上报"),
            translate("Phrases", "需采购配件，预计三日内完成"),
        ),
        "mark_key": (
            translate("Phrases", "领导批示件"),
            translate("Phrases", "媒体关注"),
            translate("Phrases", "群众多次反映"),
        ),
        "unmark_key": (translate("Phrases", "问题已基本解决"), translate("Phrases", "误列")),
        "progress": (
            translate("Phrases", "已制定处置方案"),
            translate("Phrases", "正在施工"),
            translate("Phrases", "等待配件到货"),
        ),
        "coordinate": (
            translate("Phrases", "权属不清，两家单位均称不属本单位"),
            translate("Phrases", "位于辖区交界处"),
            translate("Phrases", "多次回退，需明确责任"),
        ),
        "escalate": (translate("Phrases", "协调未达成一致"), translate("Phrases", "超出本级协调权限")),
        "uphold": (translate("Phrases", "经协调，维持原责任单位"),),
        "assign": (
            translate("Phrases", "按属地管理原则确定"),
            translate("Phrases", "按权属关系确定"),
        ),
        "self_dispose": (
            translate("Phrases", "现场随手处置，已恢复"),
            translate("Phrases", "已劝离，现场恢复正常"),
        ),
        "settle": (translate("Phrases", "经核查产权资料确定"), translate("Phrases", "经会议研究确定")),
        "visit": (translate("Phrases", "反映人表示满意"), translate("Phrases", "电话无人接听")),
    }
