"""Usual phrases (惯用语) of the centre's posts, by what they are said for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def phrases(purpose: str) -> tuple[str, ...]:
    """The phrases for a purpose: description_event, description_component, reject, answer, merge, send_back, void,
    requirement, return_to_filing, feed_back, ask_return, ask_extension, ask_suspension, ask_void, refuse, check_true,
    check_false, verify_pass, verify_fail, dispose_again, close_unqualified, redispatch.
    """
    tr = QCoreApplication.translate
    return {
        "description_event": (
            tr("Phrases", "占道影响通行"),
            tr("Phrases", "有异味、市民反映强烈"),
            tr("Phrases", "面积约2平方米"),
            tr("Phrases", "反复出现"),
        ),
        "description_component": (
            tr("Phrases", "破损"),
            tr("Phrases", "缺失，存在安全隐患"),
            tr("Phrases", "松动、倾斜"),
            tr("Phrases", "不亮"),
            tr("Phrases", "堵塞、外溢"),
        ),
        "reject": (
            tr("Phrases", "不属于城市管理范围"),
            tr("Phrases", "现场无此问题"),
            tr("Phrases", "与已有案卷重复"),
            tr("Phrases", "位置不清，联系不上反映人"),
        ),
        "answer": (
            tr("Phrases", "已当场解答"),
            tr("Phrases", "已告知主管部门及电话"),
            tr("Phrases", "已告知办理进度"),
        ),
        "merge": (tr("Phrases", "同一地点同一问题"), tr("Phrases", "同一问题多人反映")),
        "send_back": (
            tr("Phrases", "位置不准确，请重新核对"),
            tr("Phrases", "类别有误，请更正"),
            tr("Phrases", "照片不清晰，请补拍"),
            tr("Phrases", "描述不清，请补充"),
        ),
        "void": (tr("Phrases", "测试案卷"), tr("Phrases", "重复登记"), tr("Phrases", "问题已自行消除")),
        "requirement": (
            tr("Phrases", "请在时限内处置并反馈照片"),
            tr("Phrases", "先设置围挡警示，再行修复"),
            tr("Phrases", "处置后清理现场"),
            tr("Phrases", "请牵头单位协调配合单位共同处置"),
        ),
        "return_to_filing": (
            tr("Phrases", "立案条件不符"),
            tr("Phrases", "类别有误，权属不明"),
            tr("Phrases", "位置有误，请重新核实"),
        ),
        "feed_back": (
            tr("Phrases", "已修复"),
            tr("Phrases", "已更换"),
            tr("Phrases", "已清理完毕"),
            tr("Phrases", "已劝离，现场恢复"),
            tr("Phrases", "已设置警示并修复"),
        ),
        "ask_return": (
            tr("Phrases", "不属本单位职责范围"),
            tr("Phrases", "不在本单位辖区"),
            tr("Phrases", "权属为其他单位"),
            tr("Phrases", "位置描述有误，现场未找到"),
        ),
        "ask_extension": (
            tr("Phrases", "需订购配件"),
            tr("Phrases", "连续降雨无法施工"),
            tr("Phrases", "需办理占道施工手续"),
            tr("Phrases", "工程量大，时限内无法完成"),
        ),
        "ask_suspension": (
            tr("Phrases", "列入改造计划，待统一实施"),
            tr("Phrases", "权属有争议，待协调"),
            tr("Phrases", "需专项资金"),
        ),
        "ask_void": (tr("Phrases", "现场无此问题"), tr("Phrases", "与已办案卷重复")),
        "grant": (tr("Phrases", "情况属实，同意"),),
        "refuse": (
            tr("Phrases", "属你单位职责，请继续处置"),
            tr("Phrases", "理由不充分"),
            tr("Phrases", "请在时限内完成"),
        ),
        "check_true": (tr("Phrases", "情况属实"), tr("Phrases", "情况属实，已拍照")),
        "check_false": (
            tr("Phrases", "现场未发现问题"),
            tr("Phrases", "问题已自行消除"),
            tr("Phrases", "位置不符"),
        ),
        "verify_pass": (tr("Phrases", "已处置到位"), tr("Phrases", "符合结案标准")),
        "verify_fail": (
            tr("Phrases", "未处置"),
            tr("Phrases", "处置不到位"),
            tr("Phrases", "现场未清理"),
            tr("Phrases", "问题反弹"),
        ),
        "dispose_again": (tr("Phrases", "未达到结案标准，请再次处置"), tr("Phrases", "请按核查意见整改")),
        "close_unqualified": (tr("Phrases", "多次处置仍不合格"), tr("Phrases", "已无法补救")),
        "redispatch": (tr("Phrases", "应由其他单位处置"), tr("Phrases", "需更换牵头单位")),
    }[purpose]
