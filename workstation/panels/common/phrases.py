"""Usual phrases (惯用语) of the centre's posts, by what they are said for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def phrases(purpose: str) -> tuple[str, ...]:
    """The phrases for a purpose: description_event, description_component, description_warning, reject, answer, merge, send_back, void,
    requirement, return_to_filing, feed_back, ask_return, ask_extension, ask_suspension, ask_void, refuse, check_true,
    check_false, verify_pass, verify_fail, dispose_again, close_unqualified, redispatch, urge, supervise, instruct, reply, approve, progress, coordinate,
    decision, escalate, inside, return_inside, recall_inside, rapid, first_response, settle, mark_key, transfer, visit.
    """
    translate = QCoreApplication.translate
    return {
        "description_event": (
            translate("Phrases", "占道影响通行"),
            translate("Phrases", "有异味、市民反映强烈"),
            translate("Phrases", "面积约2平方米"),
            translate("Phrases", "反复出现"),
        ),
        "description_component": (
            translate("Phrases", "破损"),
            translate("Phrases", "缺失，存在安全隐患"),
            translate("Phrases", "松动、倾斜"),
            translate("Phrases", "不亮"),
            translate("Phrases", "堵塞、外溢"),
        ),
        "description_warning": (
            translate("Phrases", "读数超过警戒值"),
            translate("Phrases", "读数持续升高"),
            translate("Phrases", "设备离线，无法读数"),
        ),
        "reject": (
            translate("Phrases", "不属于城市管理范围"),
            translate("Phrases", "现场无此问题"),
            translate("Phrases", "与已有案卷重复"),
            translate("Phrases", "位置不清，联系不上反映人"),
        ),
        "answer": (
            translate("Phrases", "已当场解答"),
            translate("Phrases", "已告知主管部门及电话"),
            translate("Phrases", "已告知办理进度"),
        ),
        "merge": (translate("Phrases", "同一地点同一问题"), translate("Phrases", "同一问题多人反映")),
        "send_back": (
            translate("Phrases", "位置不准确，请重新核对"),
            translate("Phrases", "类别有误，请更正"),
            translate("Phrases", "照片不清晰，请补拍"),
            translate("Phrases", "描述不清，请补充"),
        ),
        "void": (
            translate("Phrases", "测试案卷"),
            translate("Phrases", "重复登记"),
            translate("Phrases", "问题已自行消除"),
        ),
        "requirement": (
            translate("Phrases", "请在时限内处置并反馈照片"),
            translate("Phrases", "先设置围挡警示，再行修复"),
            translate("Phrases", "处置后清理现场"),
            translate("Phrases", "请牵头单位协调配合单位共同处置"),
        ),
        "return_to_filing": (
            translate("Phrases", "立案条件不符"),
            translate("Phrases", "类别有误，权属不明"),
            translate("Phrases", "位置有误，请重新核实"),
        ),
        "feed_back": (
            translate("Phrases", "已修复"),
            translate("Phrases", "已更换"),
            translate("Phrases", "已清理完毕"),
            translate("Phrases", "已劝离，现场恢复"),
            translate("Phrases", "已设置警示并修复"),
        ),
        "ask_return": (
            translate("Phrases", "不属本单位职责范围"),
            translate("Phrases", "不在本单位辖区"),
            translate("Phrases", "权属为其他单位"),
            translate("Phrases", "位置描述有误，现场未找到"),
        ),
        "ask_extension": (
            translate("Phrases", "需订购配件"),
            translate("Phrases", "连续降雨无法施工"),
            translate("Phrases", "需办理占道施工手续"),
            translate("Phrases", "工程量大，时限内无法完成"),
        ),
        "ask_suspension": (
            translate("Phrases", "列入改造计划，待统一实施"),
            translate("Phrases", "权属有争议，待协调"),
            translate("Phrases", "需专项资金"),
        ),
        "ask_void": (translate("Phrases", "现场无此问题"), translate("Phrases", "与已办案卷重复")),
        "grant": (translate("Phrases", "情况属实，同意"),),
        "refuse": (
            translate("Phrases", "属你单位职责，请继续处置"),
            translate("Phrases", "理由不充分"),
            translate("Phrases", "请在时限内完成"),
        ),
        "check_true": (translate("Phrases", "情况属实"), translate("Phrases", "情况属实，已拍照")),
        "check_false": (
            translate("Phrases", "现场未发现问题"),
            translate("Phrases", "问题已自行消除"),
            translate("Phrases", "位置不符"),
        ),
        "verify_pass": (translate("Phrases", "已处置到位"), translate("Phrases", "符合结案标准")),
        "verify_fail": (
            translate("Phrases", "未处置"),
            translate("Phrases", "处置不到位"),
            translate("Phrases", "现场未清理"),
            translate("Phrases", "问题反弹"),
        ),
        "dispose_again": (
            translate("Phrases", "未达到结案标准，请再次处置"),
            translate("Phrases", "请按核查意见整改"),
        ),
        "close_unqualified": (translate("Phrases", "多次处置仍不合格"), translate("Phrases", "已无法补救")),
        "redispatch": (translate("Phrases", "应由其他单位处置"), translate("Phrases", "需更换牵头单位")),
        "urge": (
            translate("Phrases", "请抓紧办理"),
            translate("Phrases", "即将超期，请按时反馈"),
            translate("Phrases", "已超期，请立即处置"),
        ),
        "supervise": (
            translate("Phrases", "请说明进展和完成时间"),
            translate("Phrases", "请主要负责人督促落实"),
        ),
        "instruct": (
            translate("Phrases", "请牵头单位尽快办结并报结果"),
            translate("Phrases", "举一反三，全面排查"),
        ),
        "reply": (
            translate("Phrases", "正在处置，按期完成"),
            translate("Phrases", "今日完成"),
            translate("Phrases", "已加派人员"),
        ),
        "approve": (
            translate("Phrases", "同意，请按时限办理"),
            translate("Phrases", "请安排专人负责"),
        ),
        "progress": (
            translate("Phrases", "人员已到场"),
            translate("Phrases", "已设置围挡警示"),
            translate("Phrases", "正在施工"),
            translate("Phrases", "待配件到货"),
        ),
        "coordinate": (
            translate("Phrases", "权属不明，多家单位均不认领"),
            translate("Phrases", "位于两家辖区交界"),
            translate("Phrases", "两家单位对职责有争议"),
        ),
        "decision": (
            translate("Phrases", "按属地管理，由该单位负责"),
            translate("Phrases", "按权属，由该单位负责"),
            translate("Phrases", "谁养护谁负责"),
        ),
        "escalate": (
            translate("Phrases", "各方意见不一致，报请裁定"),
            translate("Phrases", "超出本级协调权限"),
        ),
        "inside": (
            translate("Phrases", "请在时限内处置并报区"),
            translate("Phrases", "属地处置，报送前后照片"),
        ),
        "return_inside": (translate("Phrases", "不在本单位辖区"), translate("Phrases", "不属本单位职责")),
        "recall_inside": (translate("Phrases", "改派其他单位"), translate("Phrases", "改由区直接办理")),
        "rapid": (translate("Phrases", "小修小补，快速处置"), translate("Phrases", "先行排险，恢复原状")),
        "first_response": (
            translate("Phrases", "先行排险，责任后定"),
            translate("Phrases", "危及安全，立即处置"),
        ),
        "settle": (translate("Phrases", "经核实权属明确"), translate("Phrases", "经协调明确责任")),
        "mark_key": (
            translate("Phrases", "群众反映强烈"),
            translate("Phrases", "领导交办"),
            translate("Phrases", "存在安全隐患"),
            translate("Phrases", "媒体曝光"),
        ),
        "transfer": (
            translate("Phrases", "涉嫌违法，移送查处"),
            translate("Phrases", "多次劝改拒不整改"),
        ),
        "visit": (
            translate("Phrases", "对处置结果满意"),
            translate("Phrases", "认为处置不彻底"),
            translate("Phrases", "电话无人接听"),
        ),
    }[purpose]
