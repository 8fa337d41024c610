<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>AcceptanceForm</name>
    <message>
        <source>可不填</source>
        <translation>optional</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>反映人</source>
        <translation>Reported by</translation>
    </message>
    <message>
        <source>联系电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>来件所留</source>
        <translation>Given with report</translation>
    </message>
    <message>
        <source>上级系统的案号，办结后据此上报结果（可不填）</source>
        <translation>Case number in the higher system, to which the outcome is reported (optional)</translation>
    </message>
    <message>
        <source>上级案号</source>
        <translation>Higher case no.</translation>
    </message>
    <message>
        <source>应急案件</source>
        <translation>Emergency</translation>
    </message>
    <message>
        <source>应急案件连续计时，自受理起算，不分工作日</source>
        <translation>An emergency runs on continuous time from its registration, working day or not</translation>
    </message>
    <message>
        <source>问题描述</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>核实人</source>
        <translation>Checker</translation>
    </message>
    <message>
        <source>登记并派核实时，派给谁到现场核实</source>
        <translation>Who goes to check when you register and send</translation>
    </message>
    <message>
        <source>补全上报 {code}</source>
        <translation>Complete report {code}</translation>
    </message>
    <message>
        <source>登记新问题</source>
        <translation>Register a new problem</translation>
    </message>
    <message>
        <source>请选择来源</source>
        <translation>Choose a source</translation>
    </message>
    <message>
        <source>请在地图上取点，或输入地址后按回车定位</source>
        <translation>Pick a point on the map, or type an address and press Enter</translation>
    </message>
    <message>
        <source>请填写地点</source>
        <translation>Give the place</translation>
    </message>
    <message>
        <source>请填写问题描述</source>
        <translation>Describe the problem</translation>
    </message>
    <message>
        <source>· {condition}（{limit}）</source>
        <translation>· {condition} ({limit})</translation>
    </message>
    <message>
        <source>· 另有 {n} 条</source>
        <translation>· {n} more</translation>
    </message>
    <message>
        <source>立案条件</source>
        <translation>Filing conditions</translation>
    </message>
</context>
<context>
    <name>AcceptancePanel</name>
    <message>
        <source>新登记</source>
        <translation>New</translation>
    </message>
    <message>
        <source>登记新问题（Ctrl+N）；未登记的内容会保留</source>
        <translation>Register a new problem (Ctrl+N); what is not yet registered is kept</translation>
    </message>
    <message>
        <source>受理登记</source>
        <translation>Acceptance</translation>
    </message>
    <message>
        <source>待受理</source>
        <translation>To accept</translation>
    </message>
    <message>
        <source>没有待受理的上报</source>
        <translation>No reports to accept</translation>
    </message>
    <message>
        <source>待派核实</source>
        <translation>To check</translation>
    </message>
    <message>
        <source>没有待派核实的案卷</source>
        <translation>No cases to send for checking</translation>
    </message>
    <message>
        <source>核实中</source>
        <translation>Checking</translation>
    </message>
    <message>
        <source>没有正在核实的案卷</source>
        <translation>No cases being checked</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>其他办理</source>
        <translation>Other actions</translation>
    </message>
    <message>
        <source>不予立案</source>
        <translation>Reject</translation>
    </message>
    <message>
        <source>答复咨询</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>不属实</source>
        <translation>Not confirmed</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>登记并派核实</source>
        <translation>Register and send</translation>
    </message>
    <message>
        <source>登记，并派给所选采集员核实（Ctrl+Shift+Enter）</source>
        <translation>Register, and send the chosen collector to check (Ctrl+Shift+Enter)</translation>
    </message>
    <message>
        <source>派核实</source>
        <translation>Send to check</translation>
    </message>
    <message>
        <source>属实</source>
        <translation>Confirmed</translation>
    </message>
    <message>
        <source>请选择一件上报</source>
        <translation>Choose a report</translation>
    </message>
    <message>
        <source>登记新问题由受理员办理</source>
        <translation>New problems are registered by an operator</translation>
    </message>
    <message>
        <source>继续登记</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>已清空</source>
        <translation>Cleared</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Restore</translation>
    </message>
</context>
<context>
    <name>AccountKinds</name>
    <message>
        <source>开户</source>
        <translation>Account enabled</translation>
    </message>
    <message>
        <source>停用</source>
        <translation>Account disabled</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Signed in</translation>
    </message>
    <message>
        <source>密码错误</source>
        <translation>Wrong password</translation>
    </message>
    <message>
        <source>尝试登录</source>
        <translation>Sign-in tried</translation>
    </message>
    <message>
        <source>锁定</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>解锁</source>
        <translation>Unlocked</translation>
    </message>
    <message>
        <source>修改密码</source>
        <translation>Password changed</translation>
    </message>
    <message>
        <source>密码到期</source>
        <translation>Password expired</translation>
    </message>
    <message>
        <source>会话被结束</source>
        <translation>Session ended</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Signed out</translation>
    </message>
</context>
<context>
    <name>Accounts</name>
    <message>
        <source>密码多次输错，账号已锁定。请在 {time} 以后再登录，或请管理员解锁。</source>
        <translation>Too many wrong passwords; the account is locked. Sign in again after {time}, or have the administrator unlock it.</translation>
    </message>
    <message>
        <source>工号或密码不对，请重新输入。</source>
        <translation>The staff number or password is not right; enter it again.</translation>
    </message>
    <message>
        <source>密码已经失效，请管理员重置密码。</source>
        <translation>The password has expired; have the administrator reset it.</translation>
    </message>
    <message>
        <source>账号已停用。如需使用，请与管理员联系。</source>
        <translation>The account is disabled. Contact the administrator if you need it.</translation>
    </message>
    <message>
        <source>这个密码近期用过，请换一个新的。</source>
        <translation>This password was used recently; choose a new one.</translation>
    </message>
    <message>
        <source>账号刚被管理员变更，请重新登录后再改。</source>
        <translation>An administrator has just changed the account; sign in again before you change it.</translation>
    </message>
    <message>
        <source>原密码不对，请重新输入。</source>
        <translation>The old password is not right; enter it again.</translation>
    </message>
    <message>
        <source>密码太短，至少 {length} 位。</source>
        <translation>The password is too short; at least {length} characters.</translation>
    </message>
    <message>
        <source>密码太长了。</source>
        <translation>The password is too long.</translation>
    </message>
    <message>
        <source>密码里不能有姓名、工号或电话。</source>
        <translation>The password must not contain the name, staff number or phone number.</translation>
    </message>
    <message>
        <source>密码太简单，不要用重复或连续的字符。</source>
        <translation>The password is too simple; use no repeated or consecutive characters.</translation>
    </message>
    <message>
        <source>大写字母、小写字母、数字、符号，至少要有其中 {kinds} 种。</source>
        <translation>Use at least {kinds} of these: upper case, lower case, digits, symbols.</translation>
    </message>
    <message>
        <source>至少 {length} 位，大写字母、小写字母、数字、符号中至少 {kinds} 种，不含姓名和工号，不用最近 {kept} 次的密码。</source>
        <translation>At least {length} characters, at least {kinds} of upper case, lower case, digits and symbols, without the name or staff number, and none of the last {kept} passwords.</translation>
    </message>
    <message>
        <source>您已在别的席位登录，本席自动退出。未登记的内容已保留，重新登录后可继续。</source>
        <translation>You have signed in at another seat, so this one was signed out. What is not yet registered is kept; sign in again to continue.</translation>
    </message>
    <message>
        <source>本次登录已到时限。未登记的内容已保留，请重新登录。</source>
        <translation>This session has reached its time limit. What is not yet registered is kept; sign in again.</translation>
    </message>
    <message>
        <source>管理员已结束本席的登录。未登记的内容已保留，如需继续请重新登录或与管理员联系。</source>
        <translation>An administrator has ended the session at this seat. What is not yet registered is kept; to continue, sign in again or contact the administrator.</translation>
    </message>
    <message>
        <source>本席的登录已结束：您在别的席位登录了，或者管理员结束了登录。未登记的内容已保留，重新登录后可继续。</source>
        <translation>The session at this seat has ended: you signed in at another seat, or an administrator ended it. What is not yet registered is kept; sign in again to continue.</translation>
    </message>
    <message>
        <source>解锁密码多次输错，本席已退出。请重新登录。</source>
        <translation>Too many wrong passwords at the locked screen; this seat was signed out. Sign in again.</translation>
    </message>
    <message>
        <source>未开通</source>
        <translation>No account</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>待改密码</source>
        <translation>Must change</translation>
    </message>
    <message>
        <source>已锁定</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>密码失效</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>已停用</source>
        <translation>Disabled</translation>
    </message>
    <message>
        <source>开通账号</source>
        <translation>Account enabled</translation>
    </message>
    <message>
        <source>停用账号</source>
        <translation>Account disabled</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Signed in</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Signed out</translation>
    </message>
    <message>
        <source>密码输错</source>
        <translation>Wrong password</translation>
    </message>
    <message>
        <source>账号锁定</source>
        <translation>Account locked</translation>
    </message>
    <message>
        <source>解除锁定</source>
        <translation>Unlocked</translation>
    </message>
    <message>
        <source>修改密码</source>
        <translation>Password changed</translation>
    </message>
    <message>
        <source>密码失效，未能登录</source>
        <translation>Password expired, not signed in</translation>
    </message>
    <message>
        <source>登录被结束</source>
        <translation>Session ended</translation>
    </message>
    <message>
        <source>重置密码</source>
        <translation>Password reset</translation>
    </message>
    <message>
        <source>账号锁定至 {time}</source>
        <translation>Account locked until {time}</translation>
    </message>
</context>
<context>
    <name>AccountsPage</name>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>在席</source>
        <translation>Signed in</translation>
    </message>
    <message>
        <source>姓名、工号、单位或岗位</source>
        <translation>Name, staff no., unit or post</translation>
    </message>
    <message>
        <source>账号记录</source>
        <translation>Account history</translation>
    </message>
    <message>
        <source>没有符合条件的人员</source>
        <translation>No people match</translation>
    </message>
    <message>
        <source>本城市未启用密码登录：账号可以先开通，启用后每人凭密码登录。</source>
        <translation>This city does not use passwords yet: accounts can be enabled beforehand; once passwords are in use, everybody signs in with theirs.</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Posts</translation>
    </message>
    <message>
        <source>在席：{seat}，{at} 登录，最近活动 {seen}，有效至 {until}</source>
        <translation>Signed in: {seat}, since {at}, last active {seen}, valid until {until}</translation>
    </message>
    <message>
        <source>{time} 自动解锁</source>
        <translation>Unlocks by itself at {time}</translation>
    </message>
    <message>
        <source>密码 {time} 失效</source>
        <translation>Password expires {time}</translation>
    </message>
    <message>
        <source>自己的账号请由另一位管理员办理；修改密码在右上角。</source>
        <translation>Another administrator has to see to your own account; change your password at the top right.</translation>
    </message>
    <message>
        <source>结束登录</source>
        <translation>End session</translation>
    </message>
    <message>
        <source>解除锁定</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>重置密码</source>
        <translation>Reset password</translation>
    </message>
    <message>
        <source>停用账号</source>
        <translation>Disable account</translation>
    </message>
    <message>
        <source>开通账号</source>
        <translation>Enable account</translation>
    </message>
    <message>
        <source>{time}&#x3000;{what}</source>
        <translation>{time}&#x3000;{what}</translation>
    </message>
    <message>
        <source>重置 {name} 的密码？原密码作废，已登录的席位会退出。</source>
        <translation>Reset the password of {name}? The old one is no longer valid, and a seat that is signed in is signed out.</translation>
    </message>
    <message>
        <source>停用 {name} 的账号？停用后不能登录，已登录的席位会退出。</source>
        <translation>Disable the account of {name}? They can no longer sign in, and a seat that is signed in is signed out.</translation>
    </message>
    <message>
        <source>结束 {name} 在 {seat} 的登录？对方会回到登录页，未登记的内容保留在该席位。</source>
        <translation>End the session of {name} at {seat}? They go back to the sign-in page; what is not yet registered is kept at that seat.</translation>
    </message>
</context>
<context>
    <name>AccountsPanel</name>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>在席</source>
        <translation>Signed in</translation>
    </message>
    <message>
        <source>待处理</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>未开通</source>
        <translation>No account</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Accounts</translation>
    </message>
</context>
<context>
    <name>ActionBar</name>
    <message>
        <source>{what}（Ctrl+Enter）</source>
        <translation>{what} (Ctrl+Enter)</translation>
    </message>
</context>
<context>
    <name>ActionDialog</name>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>AgendaTree</name>
    <message>
        <source>案卷</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>剩余时间</source>
        <translation>Time left</translation>
    </message>
    <message>
        <source>决定</source>
        <translation>Decision</translation>
    </message>
    <message>
        <source>责任单位未定</source>
        <translation>No unit yet</translation>
    </message>
    <message>
        <source>挂账</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>已决定</source>
        <translation>Decided</translation>
    </message>
</context>
<context>
    <name>Alerts</name>
    <message>
        <source>收到调度指令（{title}）：{words}</source>
        <translation>Order received ({title}): {words}</translation>
    </message>
    <message>
        <source>响应</source>
        <translation>Respond</translation>
    </message>
    <message>
        <source>{kind}已回复（{code}）：{words}</source>
        <translation>{kind}: reply received ({code}): {words}</translation>
    </message>
    <message>
        <source>收到{kind}（{code}）：{words}</source>
        <translation>{kind} received ({code}): {words}</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
</context>
<context>
    <name>AnswersView</name>
    <message>
        <source>{code} {what}</source>
        <translation>{code} {what}</translation>
    </message>
</context>
<context>
    <name>AppContext</name>
    <message>
        <source>自动派遣 {n} 件，可在“推荐与自动派遣”中查看和撤回</source>
        <translation>{n} dispatched automatically: see and take back under “Recommending and automatic dispatch”</translation>
    </message>
    <message>
        <source>数据库连接已恢复</source>
        <translation>The database is reachable again</translation>
    </message>
    <message>
        <source>指挥手册 {edition} 已生效，新立案的案卷按本版办理</source>
        <translation>Handbook {edition} is in force; newly filed cases follow it</translation>
    </message>
    <message>
        <source>指挥手册 {edition} 已提交，等待您审批</source>
        <translation>Handbook {edition} has been submitted and waits for your approval</translation>
    </message>
    <message>
        <source>暂时读不到数据库，正在重试：{why}</source>
        <translation>The database cannot be read at the moment, trying again: {why}</translation>
    </message>
    <message>
        <source>中心数据库连不上（自 {time}），这一步没有办，恢复后再办</source>
        <translation>The central database cannot be reached (since {time}); this was not done, try again once it is back</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>「{action}」已完成 · {case}</source>
        <translation>“{action}” done · {case}</translation>
    </message>
    <message>
        <source>「{action}」{n} 件已存在本机，恢复后自动送出</source>
        <translation>“{action}”: {n} cases kept on this computer, sent by themselves once the database is back</translation>
    </message>
    <message>
        <source>「{action}」已存在本机，恢复后自动送出</source>
        <translation>“{action}” is kept on this computer and sent by itself once the database is back</translation>
    </message>
    <message>
        <source>「{action}」已完成 {n} 件</source>
        <translation>“{action}” done for {n} cases</translation>
    </message>
    <message>
        <source>「{action}」完成 {good} 件，{bad} 件未办：{first}</source>
        <translation>“{action}” done for {good} cases, not for {bad}: {first}</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
</context>
<context>
    <name>ApproveDialog</name>
    <message>
        <source>审批指挥手册 {edition}</source>
        <translation>Approve handbook {edition}</translation>
    </message>
    <message>
        <source>与现行版本有 {n} 处不同：</source>
        <translation>{n} differences from the edition in force:</translation>
    </message>
    <message>
        <source>…… 其余见“与现行版本比较”</source>
        <translation>… for the rest see “Compare with edition in force”</translation>
    </message>
    <message>
        <source>批准机关</source>
        <translation>Approving authority</translation>
    </message>
    <message>
        <source>从这一天起，新立案的案卷按本版办理；此前立案的案卷仍按原版办理完毕。</source>
        <translation>From this day, newly filed cases follow this edition; cases filed before are finished under theirs.</translation>
    </message>
    <message>
        <source>生效日期</source>
        <translation>In force from</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>批准</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>请填写批准机关</source>
        <translation>Give the approving authority</translation>
    </message>
</context>
<context>
    <name>Areas</name>
    <message>
        <source>盲区</source>
        <translation>Gap</translation>
    </message>
    <message>
        <source>重叠</source>
        <translation>Overlap</translation>
    </message>
    <message>
        <source>无人负责</source>
        <translation>Nobody responsible</translation>
    </message>
    <message>
        <source>各区责任区</source>
        <translation>Areas of districts</translation>
    </message>
    <message>
        <source>街道责任区</source>
        <translation>Areas of street offices</translation>
    </message>
    <message>
        <source>社区责任区</source>
        <translation>Areas of communities</translation>
    </message>
    <message>
        <source>{n} 类问题</source>
        <translation>{n} kinds of problem</translation>
    </message>
    <message>
        <source>{names}等 {n} 类</source>
        <translation>{names} and others, {n} classes</translation>
    </message>
    <message>
        <source> 与 </source>
        <translation> and </translation>
    </message>
    <message>
        <source>{units}等</source>
        <translation>{units} and others</translation>
    </message>
    <message>
        <source>—</source>
        <translation>—</translation>
    </message>
    <message>
        <source>{n} 平方米</source>
        <translation>{n} m²</translation>
    </message>
    <message>
        <source>{n} 公顷</source>
        <translation>{n} ha</translation>
    </message>
    <message>
        <source>{n} 平方公里</source>
        <translation>{n} km²</translation>
    </message>
    <message>
        <source>网格 {n} 个</source>
        <translation>{n} grids</translation>
    </message>
    <message>
        <source>未定责部件 {n} 个</source>
        <translation>{n} components with nobody in charge</translation>
    </message>
    <message>
        <source>在办 {n}</source>
        <translation>{n} in hand</translation>
    </message>
    <message>
        <source>{units} 都负责这一块，推荐时会同时给出两家。</source>
        <translation>{units} both answer for this land; both will be recommended.</translation>
    </message>
    <message>
        <source>没有单位有这些类别的职责，手册也没有指定。</source>
        <translation>No unit has the duty for these classes, and the handbook names none.</translation>
    </message>
    <message>
        <source>同级单位的责任区拼不满全市，这一块不属于任何一家。</source>
        <translation>The areas of units of this level leave this land out: it belongs to none.</translation>
    </message>
    <message>
        <source>近 {days} 天区外报过 {n} 件</source>
        <translation>{n} reported outside the areas in the last {days} days</translation>
    </message>
    <message>
        <source>区外有 {n} 个部件未写明责任单位</source>
        <translation>{n} components outside the areas name no unit in charge</translation>
    </message>
    <message>
        <source>责任区只划了局部（{units}），{what}。</source>
        <translation>Areas cover parts only ({units}); {what}.</translation>
    </message>
    <message>
        <source>这些问题按责任区分工，这一块没有划给任何单位。</source>
        <translation>These problems are divided by area, and this land was given to no unit.</translation>
    </message>
    <message>
        <source>改法：定下归谁，改另一家的责任区；或在手册“责任认定”里按类别指定。</source>
        <translation>To mend: settle whose it is and change the other&apos;s area; or name a unit for the classes in the handbook under Responsibility.</translation>
    </message>
    <message>
        <source>改法：在手册“责任认定”里给这些类别指定单位，或给部件写明养护单位。</source>
        <translation>To mend: name a unit for these classes in the handbook under Responsibility, or name the unit in charge of each component.</translation>
    </message>
    <message>
        <source>改法：扩大责任区，或不划范围、由它负责全市；部件可写明养护单位。</source>
        <translation>To mend: enlarge the area, or draw none so that the unit answers for the whole city; components can name their unit.</translation>
    </message>
    <message>
        <source>改法：把这一块划给相邻的一家（{units}）。</source>
        <translation>To mend: give this land to a neighbour ({units}).</translation>
    </message>
    <message>
        <source>改法：把这一块划给一家单位。</source>
        <translation>To mend: give this land to a unit.</translation>
    </message>
    <message>
        <source>在办案卷 {cases} 件</source>
        <translation>{cases} open cases</translation>
    </message>
    <message>
        <source>有此职责的 {units}</source>
        <translation>with this duty: {units}</translation>
    </message>
    <message>
        <source>涉及 {units}</source>
        <translation>Units {units}</translation>
    </message>
    <message>
        <source>相邻 {units}</source>
        <translation>Next to {units}</translation>
    </message>
</context>
<context>
    <name>AreasPanel</name>
    <message>
        <source>情形</source>
        <translation>Finding</translation>
    </message>
    <message>
        <source>范围</source>
        <translation>Where</translation>
    </message>
    <message>
        <source>网格</source>
        <translation>Grids</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>责任区检查</source>
        <translation>Check of areas</translation>
    </message>
    <message>
        <source>全部情形</source>
        <translation>All findings</translation>
    </message>
    <message>
        <source>盲区</source>
        <translation>Gap</translation>
    </message>
    <message>
        <source>重叠</source>
        <translation>Overlap</translation>
    </message>
    <message>
        <source>无人负责</source>
        <translation>Nobody responsible</translation>
    </message>
    <message>
        <source>在地图上显示</source>
        <translation>Show on the map</translation>
    </message>
    <message>
        <source>重新检查</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>定位</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>到地图上看（回车）</source>
        <translation>Look at it on the map (Enter)</translation>
    </message>
    <message>
        <source>选中其案卷</source>
        <translation>Select its cases</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>正在检查各单位的责任区…</source>
        <translation>Checking the areas of all units…</translation>
    </message>
    <message>
        <source>尚未检查</source>
        <translation>Not checked yet</translation>
    </message>
    <message>
        <source>盲区 {gaps} 处，重叠 {overlaps} 处</source>
        <translation>{gaps} gaps, {overlaps} overlaps</translation>
    </message>
    <message>
        <source>，无人负责 {n} 类</source>
        <translation>, {n} classes with nobody in charge</translation>
    </message>
    <message>
        <source>没有发现盲区和重叠</source>
        <translation>No gaps and no overlaps</translation>
    </message>
    <message>
        <source>；另有边界误差 {n} 处（共 {area}）未列出</source>
        <translation>; {n} slivers along borders ({area}) are not listed</translation>
    </message>
    <message>
        <source>导出责任区检查</source>
        <translation>Export check of areas</translation>
    </message>
    <message>
        <source>责任区检查.xlsx</source>
        <translation>Check of areas.xlsx</translation>
    </message>
    <message>
        <source>工作表 (*.xlsx);;地块，供 QGIS 修改责任区 (*.geojson)</source>
        <translation>Workbook (*.xlsx);;Land, to change areas in QGIS (*.geojson)</translation>
    </message>
    <message>
        <source>面积（平方米）</source>
        <translation>Area (m²)</translation>
    </message>
    <message>
        <source>网格数</source>
        <translation>Grids</translation>
    </message>
    <message>
        <source>在办案卷数</source>
        <translation>Open cases</translation>
    </message>
    <message>
        <source>未定责部件数</source>
        <translation>Components with nobody in charge</translation>
    </message>
    <message>
        <source>经度</source>
        <translation>Longitude</translation>
    </message>
    <message>
        <source>纬度</source>
        <translation>Latitude</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>改法</source>
        <translation>To mend</translation>
    </message>
    <message>
        <source>已导出 {n} 行：{path}</source>
        <translation>{n} rows exported: {path}</translation>
    </message>
</context>
<context>
    <name>ArrowForm</name>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>AskDialog</name>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>建议单位</source>
        <translation>Suggested unit</translation>
    </message>
    <message>
        <source>提交申请</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>一次最多延长 {limit}</source>
        <translation>At most {limit} at a time</translation>
    </message>
    <message>
        <source>延长</source>
        <translation>Extend by</translation>
    </message>
    <message>
        <source>建议由哪个单位办理</source>
        <translation>Which unit should take it</translation>
    </message>
    <message>
        <source>挂账至</source>
        <translation>Suspend until</translation>
    </message>
    <message>
        <source>须先经{who}审批同意，再报派遣员答复。</source>
        <translation>Needs the approval of {who} before it goes to the dispatcher.</translation>
    </message>
    <message>
        <source>现截止 {now}，同意后延至 {then}。答复前计时不停。</source>
        <translation>Due {now}; if granted, due {then}. The clock runs until the answer.</translation>
    </message>
    <message>
        <source>同意后处置计时暂停，恢复后接着计。答复前计时不停，现截止 {now}。</source>
        <translation>If granted, the disposal clock stands still and goes on when the case is resumed. It runs until the answer; due {now}.</translation>
    </message>
    <message>
        <source>须在 {until} 前申请。不同意时须继续处置，计时不停，现截止 {now}。</source>
        <translation>Ask before {until}. If refused, you have to go on; the clock runs, due {now}.</translation>
    </message>
    <message>
        <source>由值班长答复。答复前计时不停，现截止 {now}。</source>
        <translation>The shift leader answers. The clock runs until then, due {now}.</translation>
    </message>
</context>
<context>
    <name>AttemptsPage</name>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Posts</translation>
    </message>
    <message>
        <source>操作</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>被拒原因</source>
        <translation>Why refused</translation>
    </message>
    <message>
        <source>人员、操作或原因</source>
        <translation>Person, action or reason</translation>
    </message>
</context>
<context>
    <name>Attendance</name>
    <message>
        <source>{name} 正在办理 · {post}</source>
        <translation>{name} is working on it · {post}</translation>
    </message>
    <message>
        <source>{name} 正在查看 · {post}</source>
        <translation>{name} is viewing it · {post}</translation>
    </message>
</context>
<context>
    <name>AuditPages</name>
    <message>
        <source>查看记录</source>
        <translation>Looks</translation>
    </message>
    <message>
        <source>未遂操作</source>
        <translation>Refused attempts</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Sign-ins</translation>
    </message>
    <message>
        <source>封存</source>
        <translation>Seals</translation>
    </message>
</context>
<context>
    <name>AuditPanel</name>
    <message>
        <source>审计</source>
        <translation>Audit</translation>
    </message>
</context>
<context>
    <name>AuditReasons</name>
    <message>
        <source>状态不符</source>
        <translation>Wrong state</translation>
    </message>
    <message>
        <source>岗位无权</source>
        <translation>Post may not do this</translation>
    </message>
    <message>
        <source>不是本单位的案卷</source>
        <translation>Not a case of this unit</translation>
    </message>
    <message>
        <source>没有这一岗位</source>
        <translation>there is no such post</translation>
    </message>
    <message>
        <source>冒用他人</source>
        <translation>Posed as somebody else</translation>
    </message>
    <message>
        <source>越权指定</source>
        <translation>Set what they may not set</translation>
    </message>
    <message>
        <source>岗位无权查看个人信息</source>
        <translation>Post may not look at personal data</translation>
    </message>
    <message>
        <source>查看个人信息没有理由</source>
        <translation>Looked at personal data without a reason</translation>
    </message>
    <message>
        <source>查看他人的记录</source>
        <translation>Used a look that is not theirs</translation>
    </message>
    <message>
        <source>试图不留记录地查看</source>
        <translation>Tried to look without leaving a record</translation>
    </message>
    <message>
        <source>岗位无权删除个人信息</source>
        <translation>Post may not delete personal data</translation>
    </message>
    <message>
        <source>缺少必填项</source>
        <translation>Required field missing</translation>
    </message>
    <message>
        <source>多余的数据</source>
        <translation>Unknown data</translation>
    </message>
    <message>
        <source>数据不合格</source>
        <translation>Invalid data</translation>
    </message>
    <message>
        <source>不能识别的命令</source>
        <translation>Command not understood</translation>
    </message>
    <message>
        <source>没有这个案卷</source>
        <translation>There is no such case</translation>
    </message>
</context>
<context>
    <name>AuditWhat</name>
    <message>
        <source>查看反映人信息</source>
        <translation>Look at the reporter&apos;s data</translation>
    </message>
    <message>
        <source>删除反映人信息</source>
        <translation>Delete the reporter&apos;s data</translation>
    </message>
    <message>
        <source>写入反映人信息</source>
        <translation>Write the reporter&apos;s data</translation>
    </message>
    <message>
        <source>更换密钥</source>
        <translation>Change the key</translation>
    </message>
    <message>
        <source>不明操作</source>
        <translation>Unknown action</translation>
    </message>
</context>
<context>
    <name>Basics</name>
    <message>
        <source>{wan}万</source>
        <translation>{thousand}k</translation>
    </message>
</context>
<context>
    <name>BatchFiling</name>
    <message>
        <source>只有一条立案条件的已自动选定；有多条的请逐件选择，未选的不会立案。</source>
        <translation>Where there is only one filing condition it is chosen already; choose where there are several. A case without a choice is not filed.</translation>
    </message>
    <message>
        <source>案卷</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>立案条件与时限</source>
        <translation>Condition</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>批量立案 · {n} 件</source>
        <translation>File together · {n} cases</translation>
    </message>
    <message>
        <source>未定类别</source>
        <translation>Class open</translation>
    </message>
    <message>
        <source>请选择立案条件</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>现在不能立案</source>
        <translation>Cannot be filed now</translation>
    </message>
    <message>
        <source>类别未定或无立案条件</source>
        <translation>No class, or no filing condition</translation>
    </message>
    <message>
        <source>已立案</source>
        <translation>Filed</translation>
    </message>
</context>
<context>
    <name>BeforeAndAfter</name>
    <message>
        <source>处置前照片</source>
        <translation>Photos before disposal</translation>
    </message>
    <message>
        <source>处置后照片</source>
        <translation>Photos after disposal</translation>
    </message>
</context>
<context>
    <name>Calendar</name>
    <message>
        <source>《{title}》：放假 {off} 天，调休上班 {on} 天</source>
        <translation>{title}: {off} days off, {on} make-up days</translation>
    </message>
    <message>
        <source>{name} {spans}，{days}天</source>
        <translation>{name} {spans}, {days} days</translation>
    </message>
    <message>
        <source>{words}；{on} 上班</source>
        <translation>{words}; work on {on}</translation>
    </message>
    <message>
        <source>{n} 件在办案卷中，没有截止时间因此移动。</source>
        <translation>{n} open cases; no deadline moves because of this.</translation>
    </message>
    <message>
        <source>{n} 件在办案卷中，{cases} 件的 {clocks} 个截止时间移动：{later} 个推后，{earlier} 个提前。</source>
        <translation>Of {n} open cases, {cases} have {clocks} deadlines that move: {later} later, {earlier} earlier.</translation>
    </message>
    <message>
        <source>一</source>
        <translation>Mo</translation>
    </message>
    <message>
        <source>二</source>
        <translation>Tu</translation>
    </message>
    <message>
        <source>三</source>
        <translation>We</translation>
    </message>
    <message>
        <source>四</source>
        <translation>Th</translation>
    </message>
    <message>
        <source>五</source>
        <translation>Fr</translation>
    </message>
    <message>
        <source>六</source>
        <translation>Sa</translation>
    </message>
    <message>
        <source>日</source>
        <translation>Su</translation>
    </message>
    <message>
        <source>本地上班</source>
        <translation>Local workday</translation>
    </message>
    <message>
        <source>本地休息</source>
        <translation>Local day off</translation>
    </message>
    <message>
        <source>工作日</source>
        <translation>Workday</translation>
    </message>
    <message>
        <source>周末</source>
        <translation>Weekend</translation>
    </message>
    <message>
        <source>法定节假日</source>
        <translation>Public holiday</translation>
    </message>
    <message>
        <source>调休上班</source>
        <translation>Make-up day</translation>
    </message>
    <message>
        <source>日历</source>
        <translation>Calendar</translation>
    </message>
    <message>
        <source>{n}月</source>
        <translation>Month {n}</translation>
    </message>
    <message>
        <source>班 {name}</source>
        <translation>Work: {name}</translation>
    </message>
    <message>
        <source>周一</source>
        <translation>Mon</translation>
    </message>
    <message>
        <source>周二</source>
        <translation>Tue</translation>
    </message>
    <message>
        <source>周三</source>
        <translation>Wed</translation>
    </message>
    <message>
        <source>周四</source>
        <translation>Thu</translation>
    </message>
    <message>
        <source>周五</source>
        <translation>Fri</translation>
    </message>
    <message>
        <source>周六</source>
        <translation>Sat</translation>
    </message>
    <message>
        <source>周日</source>
        <translation>Sun</translation>
    </message>
    <message>
        <source>工作日历不能使用，请检查内容。</source>
        <translation>The work calendar cannot be used; check its content.</translation>
    </message>
    <message>
        <source>日历文件的写法不对：{problem}。请按提示的行列更正。</source>
        <translation>The calendar file is not well formed: {problem}. Correct it at the line and column given.</translation>
    </message>
    <message>
        <source>日历文件不是 UTF-8 文本，请另存为 UTF-8。</source>
        <translation>The calendar file is not UTF-8 text; save it as UTF-8.</translation>
    </message>
    <message>
        <source>日历缺少“{key}”，请补上。</source>
        <translation>The calendar lacks “{key}”; add it.</translation>
    </message>
    <message>
        <source>“{key}”的值“{value}”类型不对，请参照日历说明更正。</source>
        <translation>The value “{value}” of “{key}” is of the wrong type; see the notes on calendars and correct it.</translation>
    </message>
    <message>
        <source>日历没有“{key}”这一项，请改正拼写或删去。</source>
        <translation>The calendar has no item “{key}”; correct the spelling or delete it.</translation>
    </message>
    <message>
        <source>没有“{value}”这个时区，请写成 Asia/Shanghai 这样的名称。</source>
        <translation>There is no time zone “{value}”; write a name like Asia/Shanghai.</translation>
    </message>
    <message>
        <source>“{value}”不是工作时段，请写成 08:00-12:00。</source>
        <translation>“{value}” is not a span of working time; write it like 08:00-12:00.</translation>
    </message>
    <message>
        <source>“{value}”不是日期，请写成 2026-10-01。</source>
        <translation>“{value}” is not a date; write it like 2026-10-01.</translation>
    </message>
    <message>
        <source>时段 {value} 的结束早于开始，请把较早的时间写在前面。</source>
        <translation>The span {value} ends before it starts; put the earlier time first.</translation>
    </message>
    <message>
        <source>时段 {value} 没有长度，请删去或改正。</source>
        <translation>The span {value} has no length; delete or correct it.</translation>
    </message>
    <message>
        <source>时段 {value} 重叠，请让前一段先结束。</source>
        <translation>The spans {value} overlap; let the first end before the next starts.</translation>
    </message>
    <message>
        <source>一周没有一天上班，请至少填写一天的工作时段。</source>
        <translation>No day of the week is worked; give working hours for at least one day.</translation>
    </message>
    <message>
        <source>假期 {value} 的末日早于首日，请更正。</source>
        <translation>The last day of the holiday {value} is before its first; correct it.</translation>
    </message>
    <message>
        <source>{value} 已经另有安排，同一天只能写一次。</source>
        <translation>{value} is already arranged otherwise; a day can be given only once.</translation>
    </message>
    <message>
        <source>“{key}”写了两处，请只留一处。</source>
        <translation>“{key}” is given twice; keep only one.</translation>
    </message>
    <message>
        <source>调休上班日比照的“{value}”没有工作时段，请改成有工作时段的星期。</source>
        <translation>The weekday “{value}” that a make-up day follows has no working hours; choose one that has.</translation>
    </message>
    <message>
        <source>没有“{value}”这份日历，现有：{names}。</source>
        <translation>There is no calendar “{value}”; there are: {names}.</translation>
    </message>
    <message>
        <source>时限超出可计算的年份（1950—2200年），请核对时限。</source>
        <translation>The limit goes beyond the years that can be computed (1950–2200); check the limit.</translation>
    </message>
    <message>
        <source>通知里没有写明是哪一年，请连同标题一起粘贴。</source>
        <translation>The notice does not say which year; paste it with its title.</translation>
    </message>
    <message>
        <source>没有找到“一、元旦：……”这样的条目，请粘贴通知全文。</source>
        <translation>No numbered holiday entries found; paste the full text of the notice.</translation>
    </message>
    <message>
        <source>这一句不能识别：“{sentence}”。请核对原文，或改在日历上逐日设置。</source>
        <translation>This sentence cannot be read: “{sentence}”. Check the original, or set the days one by one in the calendar.</translation>
    </message>
    <message>
        <source>“{sentence}”中的 {day} 不是有效日期，请核对原文。</source>
        <translation>{day} in “{sentence}” is not a valid date; check the original.</translation>
    </message>
    <message>
        <source>“{sentence}”：{day} 不是{said}，请核对原文和年份。</source>
        <translation>“{sentence}”: {day} is not {said}; check the original and the year.</translation>
    </message>
    <message>
        <source>“{sentence}”：写明共 {said} 天，数得 {found} 天，请核对原文。</source>
        <translation>“{sentence}”: says {said} days, counted {found}; check the original.</translation>
    </message>
    <message>
        <source>“{sentence}”：{last} 早于 {first}，请核对原文。</source>
        <translation>“{sentence}”: {last} is before {first}; check the original.</translation>
    </message>
    <message>
        <source>“{sentence}”：{day} 在通知里安排了两次，请核对原文。</source>
        <translation>“{sentence}”: {day} is arranged twice in the notice; check the original.</translation>
    </message>
    <message>
        <source>“{sentence}”：{day} 本来就上班，不是调休，请核对原文。</source>
        <translation>“{sentence}”: {day} is worked anyway and is no make-up day; check the original.</translation>
    </message>
</context>
<context>
    <name>CalendarPanel</name>
    <message>
        <source>停止重算</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>每周工作时段</source>
        <translation>Weekly working hours</translation>
    </message>
    <message>
        <source>放假通知</source>
        <translation>Holiday notices</translation>
    </message>
    <message>
        <source>版本记录</source>
        <translation>Editions</translation>
    </message>
    <message>
        <source>工作日历</source>
        <translation>Work calendar</translation>
    </message>
    <message>
        <source>导入放假通知</source>
        <translation>Import notice</translation>
    </message>
    <message>
        <source>重算时限</source>
        <translation>Recompute limits</translation>
    </message>
    <message>
        <source>按现行日历重新核对全部在办案卷的截止时间，如上次重算中途停止</source>
        <translation>Check the deadlines of all open cases against the calendar in force, for instance after a recomputation was stopped</translation>
    </message>
    <message>
        <source>撤销一步</source>
        <translation>Undo step</translation>
    </message>
    <message>
        <source>保存为新版</source>
        <translation>Save as new edition</translation>
    </message>
    <message>
        <source>前一年或前一月</source>
        <translation>Previous year or month</translation>
    </message>
    <message>
        <source>后一年或后一月</source>
        <translation>Next year or month</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>全年</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>按月</source>
        <translation>Month</translation>
    </message>
    <message>
        <source>放假</source>
        <translation>Day off</translation>
    </message>
    <message>
        <source>调休上班</source>
        <translation>Make-up day</translation>
    </message>
    <message>
        <source>本地安排</source>
        <translation>Local</translation>
    </message>
    <message>
        <source>未保存的改动</source>
        <translation>Unsaved changes</translation>
    </message>
    <message>
        <source>工作日历刚有新版，您的改动还没有保存。撤销后即可看到新版。</source>
        <translation>There is a new edition of the work calendar, and your changes are not saved. Undo them to see it.</translation>
    </message>
    <message>
        <source>有未保存的改动</source>
        <translation>Unsaved changes</translation>
    </message>
    <message>
        <source>现行</source>
        <translation>In force</translation>
    </message>
    <message>
        <source>{year}年的放假通知尚未导入，{before}年12月29日以后的截止时间为暂定。</source>
        <translation>The holiday notice for {year} has not been imported; deadlines after 29 December {before} are provisional.</translation>
    </message>
    <message>
        <source>{year}年</source>
        <translation>{year}</translation>
    </message>
    <message>
        <source>{year}年{month}月</source>
        <translation>{year}-{month}</translation>
    </message>
    <message>
        <source>《{title}》</source>
        <translation>{title}</translation>
    </message>
    <message>
        <source>{year}年没有放假通知。</source>
        <translation>No holiday notice for {year}.</translation>
    </message>
    <message>
        <source>程序自带</source>
        <translation>Built in</translation>
    </message>
    <message>
        <source>{who} {when} 保存</source>
        <translation>Saved by {who}, {when}</translation>
    </message>
    <message>
        <source>恢复这一版</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>恢复这一版工作日历？</source>
        <translation>Restore this edition of the work calendar?</translation>
    </message>
    <message>
        <source>现行日历改为“{edition}”，作为新版保存，在办案卷的时限随即重算。</source>
        <translation>“{edition}” becomes the calendar in force, saved as a new edition; the limits of open cases are recomputed at once.</translation>
    </message>
    <message>
        <source>恢复并重算时限</source>
        <translation>Restore and recompute</translation>
    </message>
    <message>
        <source>恢复：{edition}</source>
        <translation>Restored: {edition}</translation>
    </message>
    <message>
        <source>正在按现行日历重算在办案卷的截止时间…</source>
        <translation>Recomputing the deadlines of open cases by the calendar in force…</translation>
    </message>
    <message>
        <source>重算已停止，其余案卷约十分钟后自动重算。{words}</source>
        <translation>Stopped; the other cases are recomputed by themselves in about ten minutes. {words}</translation>
    </message>
    <message>
        <source>{n} 件未能重算，请查看案卷。</source>
        <translation>{n} cases could not be recomputed; look at them.</translation>
    </message>
    <message>
        <source>{code} {clock}：{before} → {after}</source>
        <translation>{code} {clock}: {before} → {after}</translation>
    </message>
    <message>
        <source>其余 {n} 个从略</source>
        <translation>{n} more left out</translation>
    </message>
</context>
<context>
    <name>CaseAround</name>
    <message>
        <source>督办与批示</source>
        <translation>Supervision and instructions</translation>
    </message>
    <message>
        <source>已回复</source>
        <translation>Replied</translation>
    </message>
    <message>
        <source>逾期未回复</source>
        <translation>No reply, overdue</translation>
    </message>
    <message>
        <source>待回复</source>
        <translation>To reply</translation>
    </message>
    <message>
        <source>限 {time} 前回复（{left}）</source>
        <translation>Reply by {time} ({left})</translation>
    </message>
    <message>
        <source>回复（{who}，{time}）：{answer}</source>
        <translation>Reply ({who}, {time}): {answer}</translation>
    </message>
    <message>
        <source>范围</source>
        <translation>Scope</translation>
    </message>
    <message>
        <source>涉及单位</source>
        <translation>Units involved</translation>
    </message>
    <message>
        <source>协调机构</source>
        <translation>Body</translation>
    </message>
    <message>
        <source>{time}&#x3000;报请 {body}（{who}）</source>
        <translation>{time}&#x3000;taken to {body} ({who})</translation>
    </message>
    <message>
        <source>{time}&#x3000;{body}：{decision}</source>
        <translation>{time}&#x3000;{body}: {decision}</translation>
    </message>
    <message>
        <source>由 {unit} 负责</source>
        <translation>{unit} is responsible</translation>
    </message>
    <message>
        <source>二次派遣</source>
        <translation>Dispatch inside</translation>
    </message>
    <message>
        <source>已反馈</source>
        <translation>Fed back</translation>
    </message>
    <message>
        <source>处置中</source>
        <translation>Working</translation>
    </message>
    <message>
        <source>待接收</source>
        <translation>To receive</translation>
    </message>
    <message>
        <source>承办单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>要求</source>
        <translation>Requirement</translation>
    </message>
    <message>
        <source>派遣</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>接收</source>
        <translation>Receive</translation>
    </message>
    <message>
        <source>反馈</source>
        <translation>Feed back</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>处置费用</source>
        <translation>Cost</translation>
    </message>
    <message>
        <source>应急预案</source>
        <translation>Emergency plan</translation>
    </message>
    <message>
        <source>预案步骤</source>
        <translation>Plan steps</translation>
    </message>
    <message>
        <source>经费</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>责任单位</source>
        <translation>Responsible unit</translation>
    </message>
    <message>
        <source>责任单位待明确</source>
        <translation>Responsibility open</translation>
    </message>
    <message>
        <source>上级案卷</source>
        <translation>Parent case</translation>
    </message>
    <message>
        <source>拆分案卷</source>
        <translation>Split cases</translation>
    </message>
    <message>
        <source>重复案卷</source>
        <translation>Duplicates</translation>
    </message>
    <message>
        <source>并入案卷</source>
        <translation>Merged into</translation>
    </message>
    <message>
        <source>关联案卷</source>
        <translation>Related cases</translation>
    </message>
    <message>
        <source>不由本单位办理，不能查看</source>
        <translation>Not with your unit, cannot be shown</translation>
    </message>
</context>
<context>
    <name>CaseCard</name>
    <message>
        <source>在地图上定位</source>
        <translation>Show on map</translation>
    </message>
    <message>
        <source>打开案卷详情</source>
        <translation>Open case details</translation>
    </message>
    <message>
        <source>未定类别的{kind}</source>
        <translation>{kind}, class open</translation>
    </message>
    <message>
        <source>紧急</source>
        <translation>Emergency</translation>
    </message>
    <message>
        <source>重点</source>
        <translation>Key case</translation>
    </message>
    <message>
        <source>第{n}次处置</source>
        <translation>Disposal no. {n}</translation>
    </message>
    <message>
        <source>自行处置</source>
        <translation>Self-disposal</translation>
    </message>
    <message>
        <source>协调中</source>
        <translation>In coordination</translation>
    </message>
    <message>
        <source>问题描述</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>网格</source>
        <translation>Grid</translation>
    </message>
    <message>
        <source>部件</source>
        <translation>Component</translation>
    </message>
    <message>
        <source>办结说明</source>
        <translation>Outcome note</translation>
    </message>
    <message>
        <source>上级案号</source>
        <translation>Higher case no.</translation>
    </message>
    <message>
        <source>并入案卷</source>
        <translation>Merged cases</translation>
    </message>
    <message>
        <source>{n} 件</source>
        <translation>{n} cases</translation>
    </message>
    <message>
        <source>子案卷</source>
        <translation>Child cases</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>反映人</source>
        <translation>Reported by</translation>
    </message>
</context>
<context>
    <name>CaseDelegate</name>
    <message>
        <source>未定类别</source>
        <translation>Class open</translation>
    </message>
    <message>
        <source>挂账中</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>协调中</source>
        <translation>In coordination</translation>
    </message>
    <message>
        <source>急</source>
        <translation>E</translation>
    </message>
    <message>
        <source>督</source>
        <translation>S</translation>
    </message>
    <message>
        <source>协</source>
        <translation>C</translation>
    </message>
    <message>
        <source>重</source>
        <translation>K</translation>
    </message>
    <message>
        <source>申</source>
        <translation>R</translation>
    </message>
    <message>
        <source>快</source>
        <translation>Q</translation>
    </message>
    <message>
        <source>先</source>
        <translation>F</translation>
    </message>
</context>
<context>
    <name>CaseFacts</name>
    <message>
        <source>待答复：申请{kind}</source>
        <translation>Open: asks for {kind}</translation>
    </message>
    <message>
        <source>待{post}审批</source>
        <translation>Awaits approval: {post}</translation>
    </message>
    <message>
        <source>申请记录</source>
        <translation>Requests</translation>
    </message>
    <message>
        <source>申请{kind}</source>
        <translation>Asks for {kind}</translation>
    </message>
    <message>
        <source>答复：{why}</source>
        <translation>Answer: {why}</translation>
    </message>
    <message>
        <source>{unit}：{reason}</source>
        <translation>{unit}: {reason}</translation>
    </message>
    <message>
        <source>建议单位：{unit}</source>
        <translation>Suggested unit: {unit}</translation>
    </message>
    <message>
        <source>延长：{n}</source>
        <translation>Extend by: {n}</translation>
    </message>
    <message>
        <source>挂账至：{time}</source>
        <translation>Suspend until: {time}</translation>
    </message>
    <message>
        <source>单位已审批：{who}，{time}</source>
        <translation>Approved by unit: {who}, {time}</translation>
    </message>
</context>
<context>
    <name>CaseField</name>
    <message>
        <source>案卷号、地址或类别</source>
        <translation>Case no., address or class</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>本网格没有同类案卷，请输入案卷号或地址查找</source>
        <translation>No cases of this class in the grid; search by case no. or address</translation>
    </message>
    <message>
        <source>请选择一件案卷</source>
        <translation>Choose a case</translation>
    </message>
</context>
<context>
    <name>CaseFields</name>
    <message>
        <source>移送单位</source>
        <translation>Transfer to</translation>
    </message>
    <message>
        <source>涉及单位</source>
        <translation>Units involved</translation>
    </message>
    <message>
        <source>不用预案</source>
        <translation>No plan</translation>
    </message>
    <message>
        <source> 元</source>
        <translation> yuan</translation>
    </message>
    <message>
        <source>{label}（{unit}）</source>
        <translation>{label} ({unit})</translation>
    </message>
</context>
<context>
    <name>CaseListModel</name>
    <message>
        <source>挂账</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>协调中</source>
        <translation>In coordination</translation>
    </message>
    <message>
        <source>截止 {time}</source>
        <translation>Due {time}</translation>
    </message>
    <message>
        <source>第{n}次处置</source>
        <translation>Disposal no. {n}</translation>
    </message>
    <message>
        <source>应急案件</source>
        <translation>Emergency</translation>
    </message>
    <message>
        <source>重点案件</source>
        <translation>Key case</translation>
    </message>
    <message>
        <source>督办、批示待回复</source>
        <translation>Direction awaits reply</translation>
    </message>
    <message>
        <source>责任协调中</source>
        <translation>Duty in coordination</translation>
    </message>
    <message>
        <source>申请{kind}待答复</source>
        <translation>{kind} request open</translation>
    </message>
</context>
<context>
    <name>CaseListPanel</name>
    <message>
        <source>待办</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>挂账</source>
        <translation>On hold</translation>
    </message>
    <message>
        <source>超期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>清除</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>案卷列表</source>
        <translation>Case list</translation>
    </message>
    <message>
        <source>案卷号、地址、描述、类别</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>类型</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>灯色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>In time</translation>
    </message>
    <message>
        <source>临期</source>
        <translation>Due soon</translation>
    </message>
    <message>
        <source>应急案件</source>
        <translation>Emergency</translation>
    </message>
    <message>
        <source>状况</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>重点案件</source>
        <translation>Key case</translation>
    </message>
    <message>
        <source>责任协调中</source>
        <translation>Duty in coordination</translation>
    </message>
    <message>
        <source>督办、批示待回复</source>
        <translation>Direction awaits reply</translation>
    </message>
    <message>
        <source>有待答复的申请</source>
        <translation>With an open request</translation>
    </message>
    <message>
        <source>处置方式</source>
        <translation>Way of disposal</translation>
    </message>
    <message>
        <source>先到期在前</source>
        <translation>Due first</translation>
    </message>
    <message>
        <source>新变动在前</source>
        <translation>Last changed first</translation>
    </message>
    <message>
        <source>新案卷在前</source>
        <translation>Newest first</translation>
    </message>
    <message>
        <source>刷新</source>
        <translation>Refresh</translation>
    </message>
    <message>
        <source>没有待办的案卷</source>
        <translation>Nothing to do</translation>
    </message>
    <message>
        <source>没有挂账的案卷</source>
        <translation>No suspended cases</translation>
    </message>
    <message>
        <source>没有超期的案卷</source>
        <translation>No overdue cases</translation>
    </message>
    <message>
        <source>共 {n} 件</source>
        <translation>Total {n}</translation>
    </message>
    <message>
        <source>已选 {n} 件</source>
        <translation>{n} selected</translation>
    </message>
</context>
<context>
    <name>CaseMenu</name>
    <message>
        <source>一次最多处理 {n} 个案卷</source>
        <translation>At most {n} cases at a time</translation>
    </message>
    <message>
        <source>案卷详情</source>
        <translation>Case details</translation>
    </message>
    <message>
        <source>在地图上定位</source>
        <translation>Show on map</translation>
    </message>
    <message>
        <source>已选 {n} 个案卷</source>
        <translation>{n} cases selected</translation>
    </message>
    <message>
        <source>没有可以一起办理的操作</source>
        <translation>Nothing can be done for all of them</translation>
    </message>
    <message>
        <source>联系主办单位</source>
        <translation>Contact lead unit</translation>
    </message>
    <message>
        <source>已复制电话 {number}</source>
        <translation>Phone number {number} copied</translation>
    </message>
    <message>
        <source>所选案卷现在不能办理「{action}」</source>
        <translation>“{action}” cannot be done now for the selected cases</translation>
    </message>
    <message>
        <source>{action} · {n} 个案卷</source>
        <translation>{action} · {n} cases</translation>
    </message>
</context>
<context>
    <name>CasePanel</name>
    <message>
        <source>请选择一件案卷</source>
        <translation>Choose a case</translation>
    </message>
    <message>
        <source>在列表或地图上点选，这里显示流转单、时限和照片</source>
        <translation>Click one in a list or on the map to see its sheet, limits and photos</translation>
    </message>
    <message>
        <source>案卷详情</source>
        <translation>Case details</translation>
    </message>
    <message>
        <source>概况</source>
        <translation>Overview</translation>
    </message>
    <message>
        <source>往来</source>
        <translation>Records</translation>
    </message>
    <message>
        <source>流转单</source>
        <translation>Sheet</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Limits</translation>
    </message>
    <message>
        <source>复制案卷号</source>
        <translation>Copy case no.</translation>
    </message>
    <message>
        <source>现在读不到这件案卷</source>
        <translation>This case cannot be read now</translation>
    </message>
    <message>
        <source>连接恢复后自动读出；看过的案卷仍可查看</source>
        <translation>Read by itself once the connection is back; cases seen before can still be viewed</translation>
    </message>
    <message>
        <source>这件案卷读不出来</source>
        <translation>This case cannot be read</translation>
    </message>
    <message>
        <source>未定类别</source>
        <translation>Class open</translation>
    </message>
    <message>
        <source>应急</source>
        <translation>Emergency</translation>
    </message>
    <message>
        <source>重点</source>
        <translation>Key case</translation>
    </message>
    <message>
        <source>挂账</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>责任协调中</source>
        <translation>Duty in coordination</translation>
    </message>
    <message>
        <source>督办待回复</source>
        <translation>Awaits reply</translation>
    </message>
    <message>
        <source>第{n}次处置</source>
        <translation>Disposal no. {n}</translation>
    </message>
    <message>
        <source>协调裁定，不得回退</source>
        <translation>Settled by ruling, no return</translation>
    </message>
    <message>
        <source>计超期</source>
        <translation>Counts as overdue</translation>
    </message>
    <message>
        <source>{clock}超期</source>
        <translation>{clock} overdue</translation>
    </message>
    <message>
        <source>申请{kind}待答复</source>
        <translation>{kind} request open</translation>
    </message>
    <message>
        <source>办结于 {time}</source>
        <translation>Ended {time}</translation>
    </message>
    <message>
        <source>挂账中</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>{clock}时限暂停计时</source>
        <translation>{clock}: clock stands still</translation>
    </message>
    <message>
        <source>{clock}时限 {limit}，{time} 截止</source>
        <translation>{clock}: limit {limit}, due {time}</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>已复制案卷号 {code}</source>
        <translation>Case no. {code} copied</translation>
    </message>
</context>
<context>
    <name>CaseTable</name>
    <message>
        <source>案卷号</source>
        <translation>Case no.</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>主办单位</source>
        <translation>Lead unit</translation>
    </message>
    <message>
        <source>剩余时间</source>
        <translation>Time left</translation>
    </message>
    <message>
        <source>上报时间</source>
        <translation>Reported at</translation>
    </message>
    <message>
        <source>没有符合条件的案卷</source>
        <translation>No cases match</translation>
    </message>
</context>
<context>
    <name>CaseWords</name>
    <message>
        <source>责任不明</source>
        <translation>Duty unclear</translation>
    </message>
    <message>
        <source>责任争议</source>
        <translation>Duty disputed</translation>
    </message>
    <message>
        <source>同一辖区或行业内</source>
        <translation>Within one area or sector</translation>
    </message>
    <message>
        <source>跨辖区或部门</source>
        <translation>Across areas or departments</translation>
    </message>
    <message>
        <source>协调中</source>
        <translation>In coordination</translation>
    </message>
    <message>
        <source>已失效</source>
        <translation>Lapsed</translation>
    </message>
    <message>
        <source>{n}元</source>
        <translation>{n} yuan</translation>
    </message>
</context>
<context>
    <name>CheckCard</name>
    <message>
        <source>核实结果</source>
        <translation>Check result</translation>
    </message>
    <message>
        <source>免核实</source>
        <translation>No check needed</translation>
    </message>
    <message>
        <source>待核实</source>
        <translation>To check</translation>
    </message>
    <message>
        <source>核实人</source>
        <translation>Checker</translation>
    </message>
    <message>
        <source>核实说明</source>
        <translation>Note</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>派核实</source>
        <translation>Send to check</translation>
    </message>
    <message>
        <source>核实人</source>
        <translation>Checker</translation>
    </message>
    <message>
        <source>录入核实结果</source>
        <translation>Record check result</translation>
    </message>
    <message>
        <source>采集员在现场看到的情况</source>
        <translation>What the collector found on the spot</translation>
    </message>
    <message>
        <source>核实照片</source>
        <translation>Check photos</translation>
    </message>
    <message>
        <source>退回原因</source>
        <translation>Why it was sent back</translation>
    </message>
</context>
<context>
    <name>Choice</name>
    <message>
        <source>请选择一项</source>
        <translation>Choose one</translation>
    </message>
</context>
<context>
    <name>ClassPicker</name>
    <message>
        <source>更改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>输入名称或代码查找小类</source>
        <translation>Find a sub-class by name or code</translation>
    </message>
</context>
<context>
    <name>ClockBar</name>
    <message>
        <source>计时过程</source>
        <translation>Course of the clock</translation>
    </message>
    <message>
        <source>停止 {time}</source>
        <translation>Stopped {time}</translation>
    </message>
    <message>
        <source>现在 {time}</source>
        <translation>Now {time}</translation>
    </message>
    <message>
        <source>截止 {time}</source>
        <translation>Due {time}</translation>
    </message>
</context>
<context>
    <name>ClockCard</name>
    <message>
        <source>暂定</source>
        <translation>Provisional</translation>
    </message>
    <message>
        <source>跨年度的放假通知尚未发布，截止时间可能变动</source>
        <translation>The holidays of the coming year are not announced yet; the deadline may move</translation>
    </message>
    <message>
        <source> + 延时 {extra}</source>
        <translation> + extension {extra}</translation>
    </message>
    <message>
        <source>时限 {limit} · 已计 {used}（{share}%）</source>
        <translation>Limit {limit} · counted {used} ({share}%)</translation>
    </message>
    <message>
        <source>展开明细</source>
        <translation>Show ledger</translation>
    </message>
    <message>
        <source>已停 · 超期 {time}</source>
        <translation>Stopped · {time} overdue</translation>
    </message>
    <message>
        <source>已停 · 按时</source>
        <translation>Stopped · in time</translation>
    </message>
    <message>
        <source>时限依据 {article}</source>
        <translation>Limit under {article}</translation>
    </message>
    <message>
        <source>申请回退</source>
        <translation>Ask for return</translation>
    </message>
    <message>
        <source>{cause}，截止时间待恢复后重算</source>
        <translation>{cause}; deadline recomputed on resumption</translation>
    </message>
    <message>
        <source>已申请回退</source>
        <translation>Return asked for</translation>
    </message>
    <message>
        <source>已过回退时限，须由本单位处置</source>
        <translation>Too late to return; your unit has to dispose of it</translation>
    </message>
    <message>
        <source>{time}内可以申请</source>
        <translation>Can be asked for: {time}</translation>
    </message>
    <message>
        <source>{cause}
依据{basis}</source>
        <translation>{cause}
Under {basis}</translation>
    </message>
    <message>
        <source>计</source>
        <translation>counts</translation>
    </message>
    <message>
        <source>不计</source>
        <translation>off</translation>
    </message>
    <message>
        <source>其余 {n} 段从略</source>
        <translation>{n} more intervals left out</translation>
    </message>
    <message>
        <source>收起明细</source>
        <translation>Hide ledger</translation>
    </message>
</context>
<context>
    <name>ClockLegend</name>
    <message>
        <source>{time} 起临期</source>
        <translation>Due soon from {time}</translation>
    </message>
    <message>
        <source>已计{past}，尚余{still}</source>
        <translation>{past} counted, {still} left</translation>
    </message>
    <message>
        <source>尚余{still}</source>
        <translation>{still} left</translation>
    </message>
    <message>
        <source>不计</source>
        <translation>off</translation>
    </message>
</context>
<context>
    <name>ClockLine</name>
    <message>
        <source>{what}时限 {limit} · 已暂停</source>
        <translation>{what}: limit {limit} · standing still</translation>
    </message>
    <message>
        <source>挂账中</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>{what}时限 {limit} · {due} 截止</source>
        <translation>{what}: limit {limit} · due {due}</translation>
    </message>
</context>
<context>
    <name>Clocks</name>
    <message>
        <source>{state}，暂停</source>
        <translation>{state}, paused</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>《{title}》{where}</source>
        <translation>{title} {where}</translation>
    </message>
    <message>
        <source>《{title}》</source>
        <translation>{title}</translation>
    </message>
    <message>
        <source>{h}小时{m}分</source>
        <translation>{h}h {m}m</translation>
    </message>
    <message>
        <source>{h}小时</source>
        <translation>{h}h</translation>
    </message>
    <message>
        <source>{m}分钟</source>
        <translation>{m}m</translation>
    </message>
    <message>
        <source>计时</source>
        <translation>Counts</translation>
    </message>
    <message>
        <source>不计时</source>
        <translation>No clock</translation>
    </message>
    <message>
        <source>{counted}：{cause}</source>
        <translation>{counted}: {cause}</translation>
    </message>
    <message>
        <source>依据{basis}</source>
        <translation>Under {basis}</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>不用预案</source>
        <translation>No plan</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>如：台风防御、文昌街路面塌陷</source>
        <translation>E.g. typhoon defence, road collapse on Wenchang Street</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>应急预案</source>
        <translation>Emergency plan</translation>
    </message>
    <message>
        <source>发起调度</source>
        <translation>Start operation</translation>
    </message>
    <message>
        <source>下达指令</source>
        <translation>Send order</translation>
    </message>
    <message>
        <source>立即赶赴现场，设置围挡警示</source>
        <translation>Go to the site at once, fence it off and put up warnings</translation>
    </message>
    <message>
        <source>全员到岗待命，保持通讯畅通</source>
        <translation>Everyone to post and on standby, keep lines open</translation>
    </message>
    <message>
        <source>排查责任区隐患，随时报告</source>
        <translation>Check your area for hazards, report at any time</translation>
    </message>
    <message>
        <source>调度单位</source>
        <translation>Units called</translation>
    </message>
    <message>
        <source>指令内容</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>响应时间</source>
        <translation>Respond by</translation>
    </message>
    <message>
        <source>要求响应，限时</source>
        <translation>Response wanted by</translation>
    </message>
    <message>
        <source>重大活动</source>
        <translation>Major event</translation>
    </message>
    <message>
        <source>恶劣天气</source>
        <translation>Severe weather</translation>
    </message>
    <message>
        <source>突发事件</source>
        <translation>Emergency</translation>
    </message>
    <message>
        <source>接令</source>
        <translation>Taken</translation>
    </message>
    <message>
        <source>出动</source>
        <translation>Set out</translation>
    </message>
    <message>
        <source>到位</source>
        <translation>In place</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>{h}时{m}分</source>
        <translation>{h}h {m}m</translation>
    </message>
    <message>
        <source>{m}分</source>
        <translation>{m}m</translation>
    </message>
</context>
<context>
    <name>CommandPanel</name>
    <message>
        <source>进行中</source>
        <translation>Running</translation>
    </message>
    <message>
        <source>已结束</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>发起调度</source>
        <translation>New operation</translation>
    </message>
    <message>
        <source>没有进行中的调度</source>
        <translation>No running operations</translation>
    </message>
    <message>
        <source>记事</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>结束调度</source>
        <translation>End operation</translation>
    </message>
    <message>
        <source>下达指令</source>
        <translation>Send order</translation>
    </message>
    <message>
        <source>指挥调度</source>
        <translation>Operations</translation>
    </message>
    <message>
        <source>{title}
{kind} · {time} · 响应 {n}/{all}</source>
        <translation>{title}
{kind} · {time} · responded {n}/{all}</translation>
    </message>
    <message>
        <source>没有已结束的调度</source>
        <translation>No ended operations</translation>
    </message>
    <message>
        <source>发起</source>
        <translation>Opened</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>应急预案</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>步骤</source>
        <translation>Steps</translation>
    </message>
    <message>
        <source>调度结束</source>
        <translation>Operation ended</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>总结</source>
        <translation>Summary</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>部分</source>
        <translation>Part</translation>
    </message>
    <message>
        <source>项目</source>
        <translation>Entry</translation>
    </message>
    <message>
        <source>现行</source>
        <translation>In force</translation>
    </message>
    <message>
        <source>本版</source>
        <translation>This edition</translation>
    </message>
    <message>
        <source>与现行版本没有差别</source>
        <translation>No difference from the edition in force</translation>
    </message>
    <message>
        <source>共 {n} 处不同</source>
        <translation>{n} differences</translation>
    </message>
</context>
<context>
    <name>ConditionList</name>
    <message>
        <source>请先选定类别</source>
        <translation>Choose a class first</translation>
    </message>
</context>
<context>
    <name>ConditionRow</name>
    <message>
        <source>按 {n} 选择</source>
        <translation>Press {n} to choose</translation>
    </message>
    <message>
        <source>结案标准：{text}</source>
        <translation>Closing standard: {text}</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>Conflict</name>
    <message>
        <source>「{action}」没有办：案卷刚被他人办理</source>
        <translation>“{action}” was not done: somebody else has just handled the case</translation>
    </message>
    <message>
        <source>「{action}」未办的案卷</source>
        <translation>Cases not done: “{action}”</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>打开案卷</source>
        <translation>Open case</translation>
    </message>
    <message>
        <source>按最新情况「{action}」</source>
        <translation>“{action}” on the latest state</translation>
    </message>
    <message>
        <source>现在</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>您打开以后，又办了 {n} 步：</source>
        <translation>Steps taken since you opened it: {n}</translation>
    </message>
    <message>
        <source>同一时刻有人先办了一步：</source>
        <translation>Somebody took a step at the same moment:</translation>
    </message>
    <message>
        <source>您填写的内容（已保留）</source>
        <translation>What you entered (kept)</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>以上情况不妨碍「{action}」，可以按最新情况办理。</source>
        <translation>None of this stands in the way of “{action}”; it can be done as the case stands now.</translation>
    </message>
    <message>
        <source>「{action}」已不能再办：{why}</source>
        <translation>“{action}” can no longer be done: {why}</translation>
    </message>
    <message>
        <source>现在可以：{moves}</source>
        <translation>Possible now: {moves}</translation>
    </message>
</context>
<context>
    <name>Contacts</name>
    <message>
        <source>分管领导</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>负责人</source>
        <translation>Head</translation>
    </message>
    <message>
        <source>日常受理员</source>
        <translation>Daily receiver</translation>
    </message>
</context>
<context>
    <name>ContactsPanel</name>
    <message>
        <source>单位通讯录</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>人员岗位</source>
        <translation>People</translation>
    </message>
    <message>
        <source>通讯录</source>
        <translation>Contacts</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>框选案卷（按住 Ctrl 拖动）</source>
        <translation>Select cases in a box (drag with Ctrl)</translation>
    </message>
    <message>
        <source>套索选择案卷</source>
        <translation>Select cases with a lasso</translation>
    </message>
    <message>
        <source>拉框放大（按住 Shift 拖动）</source>
        <translation>Zoom to a box (drag with Shift)</translation>
    </message>
    <message>
        <source>放大（+）</source>
        <translation>Zoom in (+)</translation>
    </message>
    <message>
        <source>缩小（-）</source>
        <translation>Zoom out (-)</translation>
    </message>
    <message>
        <source>全图（Home）</source>
        <translation>Whole map (Home)</translation>
    </message>
    <message>
        <source>上一视图（Backspace）</source>
        <translation>Previous view (Backspace)</translation>
    </message>
    <message>
        <source>显示责任区</source>
        <translation>Show units&apos; areas</translation>
    </message>
    <message>
        <source>浏览与派遣：拖动地图，拖动案卷到责任区（Esc）</source>
        <translation>Browse and dispatch: drag the map, drag cases onto areas (Esc)</translation>
    </message>
    <message>
        <source>查询此处的一切：部件、案卷、网格、责任单位、人员（Ctrl+Alt+I）</source>
        <translation>Everything at a point: components, cases, grid, units, people (Ctrl+Alt+I)</translation>
    </message>
    <message>
        <source>量测距离：双击或回车结束，Backspace 撤点，S 捕捉（Ctrl+Alt+L）</source>
        <translation>Measure length: double-click or Enter ends, Backspace takes a point back, S snaps (Ctrl+Alt+L)</translation>
    </message>
    <message>
        <source>量测面积：双击或回车结束，Backspace 撤点，S 捕捉（Ctrl+Alt+A）</source>
        <translation>Measure area: double-click or Enter ends, Backspace takes a point back, S snaps (Ctrl+Alt+A)</translation>
    </message>
</context>
<context>
    <name>CoordinationPanel</name>
    <message>
        <source>协调会商</source>
        <translation>Coordination</translation>
    </message>
    <message>
        <source>待裁定</source>
        <translation>To decide</translation>
    </message>
    <message>
        <source>没有等待裁定的争议</source>
        <translation>No disputes to decide</translation>
    </message>
    <message>
        <source>协调中</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>没有正在协调的案卷</source>
        <translation>No cases in coordination</translation>
    </message>
    <message>
        <source>待明责</source>
        <translation>To settle</translation>
    </message>
    <message>
        <source>先行处置的案卷都已明确责任</source>
        <translation>Duty is settled for every first-response case</translation>
    </message>
    <message>
        <source>撤回协调</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>报请裁定</source>
        <translation>Refer up</translation>
    </message>
    <message>
        <source>明确责任</source>
        <translation>Settle duty</translation>
    </message>
    <message>
        <source>作出裁定</source>
        <translation>Decide</translation>
    </message>
    <message>
        <source>现主办</source>
        <translation>Lead unit now</translation>
    </message>
    <message>
        <source>退回次数</source>
        <translation>Times returned</translation>
    </message>
    <message>
        <source>{n} 次</source>
        <translation>{n}×</translation>
    </message>
    <message>
        <source>报{body}</source>
        <translation>Refer to {body}</translation>
    </message>
    <message>
        <source>协调情况</source>
        <translation>Coordination so far</translation>
    </message>
</context>
<context>
    <name>CrewsPage</name>
    <message>
        <source>列出</source>
        <translation>List</translation>
    </message>
    <message>
        <source> 支</source>
        <translation> crews</translation>
    </message>
    <message>
        <source>列出几支队伍</source>
        <translation>How many crews to list</translation>
    </message>
    <message>
        <source>队伍</source>
        <translation>Crew</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>距离</source>
        <translation>Distance</translation>
    </message>
    <message>
        <source>约</source>
        <translation>About</translation>
    </message>
    <message>
        <source>正在沿道路计算…</source>
        <translation>Calculating along streets…</translation>
    </message>
    <message>
        <source>直线 {}</source>
        <translation>straight {}</translation>
    </message>
    <message>
        <source>{} 分</source>
        <translation>{} min</translation>
    </message>
    <message>
        <source>时间按平均每小时 {} 千米估算，不含路况。</source>
        <translation>Times assume {} km/h on average and know nothing of traffic.</translation>
    </message>
    <message>
        <source>没有在岗且有位置的队伍或车辆（10 分钟内没有位置的不算）</source>
        <translation>No crew or vehicle on duty with a position (none within 10 minutes does not count)</translation>
    </message>
    <message>
        <source>没有连通道路的按直线距离排在后面，虚线画出，实际更远。</source>
        <translation>Where no street leads there, the straight distance stands at the end, dashed: the way is longer.</translation>
    </message>
</context>
<context>
    <name>DayCard</name>
    <message>
        <source>留空为休息</source>
        <translation>Empty means a day off</translation>
    </message>
    <message>
        <source>如：暴雪停工、创城值守</source>
        <translation>e.g. snowstorm, no work; duty for the civic award</translation>
    </message>
    <message>
        <source>本地时段</source>
        <translation>Local hours</translation>
    </message>
    <message>
        <source>事由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>设为本地安排</source>
        <translation>Set local hours</translation>
    </message>
    <message>
        <source>取消本地安排</source>
        <translation>Remove local hours</translation>
    </message>
    <message>
        <source>{day} 周{weekday}</source>
        <translation>{day} {weekday}</translation>
    </message>
    <message>
        <source>休息</source>
        <translation>Day off</translation>
    </message>
    <message>
        <source>依据《{title}》</source>
        <translation>Based on {title}</translation>
    </message>
    <message>
        <source>请写明事由</source>
        <translation>Give the reason</translation>
    </message>
</context>
<context>
    <name>DecideCard</name>
    <message>
        <source>裁定由下列单位负责</source>
        <translation>Ruled to this unit</translation>
    </message>
    <message>
        <source>裁定的责任单位</source>
        <translation>Unit the case is ruled to</translation>
    </message>
    <message>
        <source>裁定理由</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>{body}裁定</source>
        <translation>Ruling by {body}</translation>
    </message>
    <message>
        <source>维持由{unit}负责</source>
        <translation>Stays with {unit}</translation>
    </message>
    <message>
        <source>当事单位</source>
        <translation>Party</translation>
    </message>
    <message>
        <source>请写明裁定理由</source>
        <translation>Give the reason for the ruling</translation>
    </message>
    <message>
        <source>请选择责任单位。裁定对各方有约束力，此后不得再申请回退。</source>
        <translation>Choose the unit. The ruling binds all parties; no return may be asked for after it.</translation>
    </message>
</context>
<context>
    <name>DirectionCard</name>
    <message>
        <source>督办催办 · {n} 条待回复</source>
        <translation>Directions · {n} to answer</translation>
    </message>
    <message>
        <source>督办催办</source>
        <translation>Directions</translation>
    </message>
    <message>
        <source>回复</source>
        <translation>Reply</translation>
    </message>
    <message>
        <source>{until} 前回复（{left}）</source>
        <translation>Reply by {until} ({left})</translation>
    </message>
    <message>
        <source>{who} {when} 回复：{answer}</source>
        <translation>{who} replied {when}: {answer}</translation>
    </message>
    <message>
        <source>回复内容</source>
        <translation>Reply</translation>
    </message>
</context>
<context>
    <name>DirectionDialog</name>
    <message>
        <source>{action} · {n} 个案卷</source>
        <translation>{action} · {n} cases</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>案卷号</source>
        <translation>Case no.</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
</context>
<context>
    <name>Directions</name>
    <message>
        <source>意见</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>回复期限</source>
        <translation>Reply by</translation>
    </message>
    <message>
        <source>要求回复，限时</source>
        <translation>Reply wanted by</translation>
    </message>
</context>
<context>
    <name>DispatchDesk</name>
    <message>
        <source>本岗位不派核实、核查</source>
        <translation>This post does not send for checks</translation>
    </message>
    <message>
        <source>{name} · {unit}</source>
        <translation>{name} · {unit}</translation>
    </message>
    <message>
        <source>本岗位不派遣</source>
        <translation>This post does not dispatch</translation>
    </message>
    <message>
        <source>派出后不能撤回，等反馈</source>
        <translation>Cannot be taken back once sent; wait for the answer</translation>
    </message>
    <message>
        <source>本岗位不派遣案卷，请换到派遣岗位</source>
        <translation>This post does not dispatch cases: change to a dispatcher&apos;s post</translation>
    </message>
    <message>
        <source>请{name}前往处置</source>
        <translation>{name}, please go and deal with it</translation>
    </message>
    <message>
        <source>派遣</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>「{action}」{n} 件已存在本机，恢复后自动送出</source>
        <translation>“{action}”: {n} kept on this computer, to be sent when the server is back</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>View</translation>
    </message>
    <message>
        <source>「{action}」完成 {good} 件，{bad} 件未办：{first}</source>
        <translation>“{action}”: {good} done, {bad} not done: {first}</translation>
    </message>
    <message>
        <source>已停止</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>{done}（不能撤回，等反馈）</source>
        <translation>{done} (cannot be taken back; wait for the answer)</translation>
    </message>
    <message>
        <source>「{action}」已完成 · {case} → {name}</source>
        <translation>“{action}” done · {case} → {name}</translation>
    </message>
    <message>
        <source>「{action}」已完成 {n} 件 → {name}</source>
        <translation>“{action}” done for {n} → {name}</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>还没有派遣过案卷</source>
        <translation>Nothing was dispatched yet</translation>
    </message>
    <message>
        <source>没有可以撤销的派遣</source>
        <translation>No dispatch to undo</translation>
    </message>
    <message>
        <source>已撤回 {n} 件</source>
        <translation>{n} taken back</translation>
    </message>
    <message>
        <source>撤回 {good} 件，{bad} 件不能撤回：{why}</source>
        <translation>{good} taken back, {bad} cannot be taken back: {why}</translation>
    </message>
    <message>
        <source>手册没有撤回它的环节</source>
        <translation>The handbook has no way to take it back</translation>
    </message>
    <message>
        <source>案卷已往下办理（{state}）</source>
        <translation>The case has gone on ({state})</translation>
    </message>
    <message>
        <source>没有可以修改要求的派遣</source>
        <translation>No dispatch whose requirement could be changed</translation>
    </message>
    <message>
        <source>修改派遣要求</source>
        <translation>Change requirement</translation>
    </message>
    <message>
        <source>{good} 件已改要求，{bad} 件未改：{why}</source>
        <translation>Requirement changed for {good}, not for {bad}: {why}</translation>
    </message>
    <message>
        <source>{n} 件已按新要求派遣</source>
        <translation>{n} dispatched with the new requirement</translation>
    </message>
</context>
<context>
    <name>DispatchPanel</name>
    <message>
        <source>任务派遣</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>待派遣</source>
        <translation>To send</translation>
    </message>
    <message>
        <source>没有待派遣的案卷</source>
        <translation>No cases to dispatch</translation>
    </message>
    <message>
        <source>申请</source>
        <translation>Requests</translation>
    </message>
    <message>
        <source>没有待答复的申请</source>
        <translation>No requests to answer</translation>
    </message>
    <message>
        <source>协调</source>
        <translation>Coordination</translation>
    </message>
    <message>
        <source>没有正在协调的案卷</source>
        <translation>No cases in coordination</translation>
    </message>
    <message>
        <source>待接收</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>派出的案卷都已接收</source>
        <translation>All dispatched cases are received</translation>
    </message>
    <message>
        <source>挂账</source>
        <translation>On hold</translation>
    </message>
    <message>
        <source>没有挂账的案卷</source>
        <translation>No suspended cases</translation>
    </message>
    <message>
        <source>申请{kind}</source>
        <translation>Asks for {kind}</translation>
    </message>
    <message>
        <source>其他办理</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>协调、快速处置、先行处置、回退、催办、子案卷、作废</source>
        <translation>Coordination, rapid disposal, first response, return, urge, child cases, void</translation>
    </message>
    <message>
        <source>撤回协调</source>
        <translation>Withdraw coordination</translation>
    </message>
    <message>
        <source>转协调会商</source>
        <translation>To coordination</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>撤回派遣</source>
        <translation>Recall</translation>
    </message>
    <message>
        <source>恢复计时</source>
        <translation>Resume clock</translation>
    </message>
    <message>
        <source>不同意</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>同意</source>
        <translation>Grant</translation>
    </message>
    <message>
        <source>派遣</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>主办单位</source>
        <translation>Lead unit</translation>
    </message>
    <message>
        <source>协办单位</source>
        <translation>Cooperating units</translation>
    </message>
    <message>
        <source>结案标准</source>
        <translation>Closing standard</translation>
    </message>
    <message>
        <source>处置要求</source>
        <translation>Requirement</translation>
    </message>
</context>
<context>
    <name>DisposalPanel</name>
    <message>
        <source>全部接收</source>
        <translation>Receive all</translation>
    </message>
    <message>
        <source>处置反馈</source>
        <translation>Disposal</translation>
    </message>
    <message>
        <source>待接收</source>
        <translation>New</translation>
    </message>
    <message>
        <source>没有待接收的案卷</source>
        <translation>No cases to receive</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>没有在办的案卷</source>
        <translation>No open cases</translation>
    </message>
    <message>
        <source>已反馈</source>
        <translation>Fed back</translation>
    </message>
    <message>
        <source>没有等待核查的案卷</source>
        <translation>No cases awaiting verification</translation>
    </message>
    <message>
        <source>协办</source>
        <translation>Cooperating</translation>
    </message>
    <message>
        <source>已申请{kind}</source>
        <translation>{kind} asked for</translation>
    </message>
    <message>
        <source>接收列表中的全部案卷</source>
        <translation>Receive all cases in the list</translation>
    </message>
    <message>
        <source>待批办</source>
        <translation>To approve</translation>
    </message>
    <message>
        <source>没有待批办的案卷</source>
        <translation>No cases to approve</translation>
    </message>
    <message>
        <source>待审批</source>
        <translation>To endorse</translation>
    </message>
    <message>
        <source>没有待审批的申请</source>
        <translation>No requests to endorse</translation>
    </message>
    <message>
        <source>区内</source>
        <translation>Inside</translation>
    </message>
    <message>
        <source>没有派到区内单位的案卷</source>
        <translation>No cases sent to units inside</translation>
    </message>
    <message>
        <source>待上报</source>
        <translation>To report</translation>
    </message>
    <message>
        <source>没有待上报的案卷</source>
        <translation>No cases to report</translation>
    </message>
    <message>
        <source>待派</source>
        <translation>To send</translation>
    </message>
    <message>
        <source>没有待派的案卷</source>
        <translation>No cases to send</translation>
    </message>
    <message>
        <source>区派</source>
        <translation>District</translation>
    </message>
    <message>
        <source>申请</source>
        <translation>Request</translation>
    </message>
    <message>
        <source>回退、延时、挂账、作废</source>
        <translation>Return, extension, suspension, void</translation>
    </message>
    <message>
        <source>撤销申请</source>
        <translation>Withdraw request</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Send back</translation>
    </message>
    <message>
        <source>撤回派遣</source>
        <translation>Recall</translation>
    </message>
    <message>
        <source>进展反馈</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>到场</source>
        <translation>On scene</translation>
    </message>
    <message>
        <source>不同意</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>接收</source>
        <translation>Receive</translation>
    </message>
    <message>
        <source>批办</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>同意申请</source>
        <translation>Endorse</translation>
    </message>
    <message>
        <source>协同接收</source>
        <translation>Receive (cooperating)</translation>
    </message>
    <message>
        <source>二次派遣</source>
        <translation>Dispatch inside</translation>
    </message>
    <message>
        <source>反馈</source>
        <translation>Feed back</translation>
    </message>
    <message>
        <source>协同反馈</source>
        <translation>Feed back (cooperating)</translation>
    </message>
    <message>
        <source>处置要求</source>
        <translation>Requirement</translation>
    </message>
    <message>
        <source>区内要求</source>
        <translation>Inner requirement</translation>
    </message>
    <message>
        <source>结案标准</source>
        <translation>Closing standard</translation>
    </message>
    <message>
        <source>主办单位</source>
        <translation>Lead unit</translation>
    </message>
    <message>
        <source>区内派往</source>
        <translation>Sent inside to</translation>
    </message>
    <message>
        <source>协办单位</source>
        <translation>Cooperating units</translation>
    </message>
    <message>
        <source>再次处置</source>
        <translation>Disposed again</translation>
    </message>
    <message>
        <source>核查意见</source>
        <translation>Verification opinion</translation>
    </message>
    <message>
        <source>待区内单位反馈后方可上报</source>
        <translation>Report once the unit inside has fed back</translation>
    </message>
    <message>
        <source>待协办单位反馈后方可反馈</source>
        <translation>Feed back once the cooperating units have</translation>
    </message>
    <message>
        <source>待单位负责人批办后方可处置</source>
        <translation>Dispose once the unit leader has approved</translation>
    </message>
    <message>
        <source>处置反馈（上报）</source>
        <translation>Disposal (report up)</translation>
    </message>
    <message>
        <source>{unit}（已反馈）</source>
        <translation>{unit} (fed back)</translation>
    </message>
    <message>
        <source>{unit}（已接收）</source>
        <translation>{unit} (received)</translation>
    </message>
    <message>
        <source>进展情况</source>
        <translation>Progress so far</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>批办意见</source>
        <translation>Approval note</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
</context>
<context>
    <name>Dispute</name>
    <message>
        <source>责任不明</source>
        <translation>Duty unclear</translation>
    </message>
    <message>
        <source>责任争议</source>
        <translation>Duty disputed</translation>
    </message>
    <message>
        <source>同一区（系统）内</source>
        <translation>Inside one district or system</translation>
    </message>
    <message>
        <source>跨区或跨部门</source>
        <translation>Across districts or departments</translation>
    </message>
    <message>
        <source>协调中</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>维持责任单位</source>
        <translation>Upheld</translation>
    </message>
    <message>
        <source>裁定责任单位</source>
        <translation>Assigned</translation>
    </message>
    <message>
        <source>已撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>已失效</source>
        <translation>Lapsed</translation>
    </message>
    <message>
        <source>待明确</source>
        <translation>To be settled</translation>
    </message>
    <message>
        <source>处置方式</source>
        <translation>Way</translation>
    </message>
    <message>
        <source>应急预案</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>经费来源</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>费用</source>
        <translation>Cost</translation>
    </message>
    <message>
        <source>{yuan:,.2f} 元</source>
        <translation>{yuan:,.2f} yuan</translation>
    </message>
    <message>
        <source>责任单位</source>
        <translation>Responsible unit</translation>
    </message>
</context>
<context>
    <name>DisputeCard</name>
    <message>
        <source>{cause} · {scope}</source>
        <translation>{cause} · {scope}</translation>
    </message>
    <message>
        <source>{unit}。{why}（{who} {when}，不得再退）</source>
        <translation>{unit}. {why} ({who} {when}, no further return)</translation>
    </message>
    <message>
        <source>涉及单位</source>
        <translation>Units involved</translation>
    </message>
    <message>
        <source>情况</source>
        <translation>Situation</translation>
    </message>
    <message>
        <source>协调经过</source>
        <translation>Steps so far</translation>
    </message>
    <message>
        <source>裁定</source>
        <translation>Ruling</translation>
    </message>
    <message>
        <source>{when} 报{body}（{who}）</source>
        <translation>{when} referred to {body} ({who})</translation>
    </message>
</context>
<context>
    <name>Doorkeeper</name>
    <message>
        <source>没有您的人员登记，请与管理员联系。</source>
        <translation>You are not registered here; contact the administrator.</translation>
    </message>
    <message>
        <source>您还没有岗位，请管理员授予岗位后再登录。</source>
        <translation>You have no post yet; have the administrator grant you one, then sign in.</translation>
    </message>
    <message>
        <source>密码 {time} 到期，到期后登录须先改密码</source>
        <translation>The password expires {time}; after that signing in starts with a new one</translation>
    </message>
    <message>
        <source>现在修改</source>
        <translation>Change now</translation>
    </message>
    <message>
        <source>修改密码</source>
        <translation>Change password</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>密码已修改</source>
        <translation>Password changed</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
</context>
<context>
    <name>DragCard</name>
    <message>
        <source>未定类别</source>
        <translation>Class open</translation>
    </message>
    <message>
        <source>{code} 等 {n} 件</source>
        <translation>{code} and others, {n} cases</translation>
    </message>
</context>
<context>
    <name>DropController</name>
    <message>
        <source>此处不在任何单位的责任区内</source>
        <translation>This is in no unit&apos;s area</translation>
    </message>
    <message>
        <source>不能{}：{}</source>
        <translation>Cannot {}: {}</translation>
    </message>
    <message>
        <source>不能派遣：{}</source>
        <translation>Cannot dispatch: {}</translation>
    </message>
    <message>
        <source>派给哪个单位？（{n} 件）</source>
        <translation>Dispatch to which unit? ({n} cases)</translation>
    </message>
    <message>
        <source>派给哪个单位？</source>
        <translation>Dispatch to which unit?</translation>
    </message>
    <message>
        <source>拖到责任区上派遣</source>
        <translation>Drop on a unit&apos;s area to dispatch</translation>
    </message>
    <message>
        <source>拖到责任区上派遣 {} 件</source>
        <translation>Drop on a unit&apos;s area to dispatch {} cases</translation>
    </message>
    <message>
        <source>此处无责任区</source>
        <translation>No unit&apos;s area here</translation>
    </message>
    <message>
        <source>首选 {}</source>
        <translation>First choice: {}</translation>
    </message>
    <message>
        <source>按住 Ctrl 松手，可先填派遣要求</source>
        <translation>Hold Ctrl while letting go to fill in the requirement first</translation>
    </message>
    <message>
        <source>正在计算时限与负荷…</source>
        <translation>Working out limit and load…</translation>
    </message>
    <message>
        <source>责任区重叠，松手后选择，或按数字键：</source>
        <translation>Areas overlap here: choose after letting go, or press a number:</translation>
    </message>
    <message>
        <source>不可派遣</source>
        <translation>Cannot dispatch</translation>
    </message>
    <message>
        <source>不可{}</source>
        <translation>Cannot {}</translation>
    </message>
    <message>
        <source>首选</source>
        <translation>First choice</translation>
    </message>
    <message>
        <source>推荐 {}</source>
        <translation>Suggested {}</translation>
    </message>
</context>
<context>
    <name>DropGuide</name>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>其中 {n} 件推荐给它：{why}</source>
        <translation>{n} of them recommended: {why}</translation>
    </message>
    <message>
        <source>在办 {n}</source>
        <translation>{n} in hand</translation>
    </message>
    <message>
        <source>可办 {good} 件，{why}</source>
        <translation>{good} possible, {why}</translation>
    </message>
    <message>
        <source>约可办 {good} 件，{why}</source>
        <translation>About {good} possible, {why}</translation>
    </message>
    <message>
        <source>超期 {n}</source>
        <translation>{n} overdue</translation>
    </message>
    <message>
        <source>今日到期 {n}</source>
        <translation>{n} due today</translation>
    </message>
    <message>
        <source>处置截止 {due}</source>
        <translation>Disposal due {due}</translation>
    </message>
    <message>
        <source>最早 {due} 截止</source>
        <translation>Earliest due {due}</translation>
    </message>
    <message>
        <source>截止最早 {due}，最晚 {last}</source>
        <translation>Due from {due} to {last}</translation>
    </message>
    <message>
        <source>{n} 件不能办：{why}</source>
        <translation>{n} not possible: {why}</translation>
    </message>
    <message>
        <source>另有 {n} 种原因</source>
        <translation>and {n} more reasons</translation>
    </message>
</context>
<context>
    <name>EffectNote</name>
    <message>
        <source>所选 {n} 件，可办 {good} 件</source>
        <translation>{good} of {n} selected can be done</translation>
    </message>
    <message>
        <source>截止时间从 {first} 到 {last}</source>
        <translation>Due from {first} to {last}</translation>
    </message>
    <message>
        <source>计时都不停</source>
        <translation>All clocks keep running</translation>
    </message>
    <message>
        <source>{code} 不能办：{why}</source>
        <translation>{code} cannot be done: {why}</translation>
    </message>
</context>
<context>
    <name>Effects</name>
    <message>
        <source>《{title}》{where}</source>
        <translation>{title} {where}</translation>
    </message>
    <message>
        <source>{what}计时开始：时限 {limit}，{due} 截止</source>
        <translation>{what}: clock starts, limit {limit}, due {due}</translation>
    </message>
    <message>
        <source>{what}计时停止（{left}）</source>
        <translation>{what}: clock stops ({left})</translation>
    </message>
    <message>
        <source>{what}计时暂停，恢复后接着计（现{left}）</source>
        <translation>{what}: clock stands still, goes on when resumed (now {left})</translation>
    </message>
    <message>
        <source>{what}计时恢复，{due} 截止</source>
        <translation>{what}: clock resumes, due {due}</translation>
    </message>
    <message>
        <source>{what}截止由 {before} 改为 {after}</source>
        <translation>{what}: deadline moves from {before} to {after}</translation>
    </message>
    <message>
        <source>{what}计时停止</source>
        <translation>{what}: clock stops</translation>
    </message>
    <message>
        <source>不影响计时。</source>
        <translation>No clock is affected.</translation>
    </message>
    <message>
        <source>计时不受影响，{what}仍在暂停中。</source>
        <translation>No clock is affected; {what} remains paused.</translation>
    </message>
    <message>
        <source>计时不停，{what}仍须在 {due} 前完成（{left}）。</source>
        <translation>The clock keeps running; {what} is still due {due} ({left}).</translation>
    </message>
</context>
<context>
    <name>EvaluationPanel</name>
    <message>
        <source>综合评价</source>
        <translation>Evaluation</translation>
    </message>
    <message>
        <source>本周</source>
        <translation>Week</translation>
    </message>
    <message>
        <source>本月</source>
        <translation>Month</translation>
    </message>
    <message>
        <source>上月</source>
        <translation>Last mo.</translation>
    </message>
    <message>
        <source>近30天</source>
        <translation>30 days</translation>
    </message>
    <message>
        <source>自定义</source>
        <translation>Custom</translation>
    </message>
    <message>
        <source>按单位</source>
        <translation>By unit</translation>
    </message>
    <message>
        <source>按网格</source>
        <translation>By grid</translation>
    </message>
    <message>
        <source>按街道</source>
        <translation>By street</translation>
    </message>
    <message>
        <source>表格</source>
        <translation>Table</translation>
    </message>
    <message>
        <source>导出为 CSV 表格</source>
        <translation>Export as a CSV table</translation>
    </message>
    <message>
        <source>报告</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>导出 PDF 评价报告</source>
        <translation>Export the evaluation report as PDF</translation>
    </message>
    <message>
        <source>这个周期没有立案的案卷</source>
        <translation>No cases were filed in this period</translation>
    </message>
    <message>
        <source>换一个周期再看</source>
        <translation>Try another period</translation>
    </message>
    <message>
        <source>至</source>
        <translation>to</translation>
    </message>
    <message>
        <source>{first} 至 {last} 立案的案卷 · 数据截止 {at}</source>
        <translation>Cases filed {first} to {last} · data as of {at}</translation>
    </message>
    <message>
        <source>{name} · {figure}</source>
        <translation>{name} · {figure}</translation>
    </message>
    <message>
        <source>PDF 文档 (*.pdf)</source>
        <translation>PDF document (*.pdf)</translation>
    </message>
    <message>
        <source>CSV 表格 (*.csv)</source>
        <translation>CSV table (*.csv)</translation>
    </message>
    <message>
        <source>导出评价</source>
        <translation>Export evaluation</translation>
    </message>
    <message>
        <source>已导出 {path}</source>
        <translation>Exported {path}</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>这不是证据文件，或者文件已损坏</source>
        <translation>This is not an evidence file, or it is damaged</translation>
    </message>
    <message>
        <source>缺少清单</source>
        <translation>The manifest is missing</translation>
    </message>
    <message>
        <source>缺少 {name}</source>
        <translation>{name} is missing</translation>
    </message>
    <message>
        <source>多出了 {name}</source>
        <translation>{name} does not belong there</translation>
    </message>
    <message>
        <source>{name} 被改动过</source>
        <translation>{name} has been altered</translation>
    </message>
    <message>
        <source>流转记录不连续（{name}）</source>
        <translation>The log is not continuous ({name})</translation>
    </message>
    <message>
        <source>第 {name} 条流转记录被改动过</source>
        <translation>Log entry {name} has been altered</translation>
    </message>
    <message>
        <source>案卷数据与流转记录不符</source>
        <translation>The case data do not match the log</translation>
    </message>
    <message>
        <source>缺少照片 {name}</source>
        <translation>Photo {name} is missing</translation>
    </message>
    <message>
        <source>文件过大，不是证据文件</source>
        <translation>The file is too large to be an evidence file</translation>
    </message>
    <message>
        <source>第 {name} 条流转记录与封存不符</source>
        <translation>Log entry {name} does not match its seal</translation>
    </message>
    <message>
        <source>{name} 的封存签名不符</source>
        <translation>The signature of the seal of {name} is not right</translation>
    </message>
    <message>
        <source>{name} 的封存不是用本中心的密钥签名的</source>
        <translation>The seal of {name} is not signed with a key of this centre</translation>
    </message>
    <message>
        <source>证据文件有问题</source>
        <translation>The evidence file has problems</translation>
    </message>
    <message>
        <source>证据文件完整，未被改动</source>
        <translation>The evidence file is complete and unaltered</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>EvidenceCard</name>
    <message>
        <source>证据文件</source>
        <translation>Evidence files</translation>
    </message>
    <message>
        <source>{time}&#x3000;{who}&#x3000;{size} KB</source>
        <translation>{time}&#x3000;{who}&#x3000;{size} KB</translation>
    </message>
    <message>
        <source>&#x3000;已随案移送</source>
        <translation>&#x3000;Transferred with the case</translation>
    </message>
    <message>
        <source>&#x3000;生成后案卷又有变动</source>
        <translation>&#x3000;The case has changed since</translation>
    </message>
    <message>
        <source>生成</source>
        <translation>Make</translation>
    </message>
    <message>
        <source>保存…</source>
        <translation>Save…</translation>
    </message>
    <message>
        <source>校验</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>校验文件…</source>
        <translation>Check a file…</translation>
    </message>
    <message>
        <source>证据文件已生成：{sha}</source>
        <translation>Evidence file made: {sha}</translation>
    </message>
    <message>
        <source>保存证据文件</source>
        <translation>Save evidence file</translation>
    </message>
    <message>
        <source>证据文件 (*.zip)</source>
        <translation>Evidence file (*.zip)</translation>
    </message>
    <message>
        <source>证据文件已保存：{path}</source>
        <translation>Evidence file saved: {path}</translation>
    </message>
    <message>
        <source>校验证据文件</source>
        <translation>Check evidence file</translation>
    </message>
</context>
<context>
    <name>EvidenceField</name>
    <message>
        <source>还没有证据文件</source>
        <translation>No evidence file yet</translation>
    </message>
    <message>
        <source>生成</source>
        <translation>Make</translation>
    </message>
    <message>
        <source>案卷、流转记录和照片原件，随案移送</source>
        <translation>Case, log and original photos, transferred with the case</translation>
    </message>
    <message>
        <source>已生成 {sha}</source>
        <translation>Made {sha}</translation>
    </message>
    <message>
        <source>请先生成证据文件</source>
        <translation>Make the evidence file first</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Excel 表格 (*.xlsx)</source>
        <translation>Excel workbook (*.xlsx)</translation>
    </message>
    <message>
        <source>CSV 表格 (*.csv)</source>
        <translation>CSV table (*.csv)</translation>
    </message>
    <message>
        <source>GeoJSON (*.geojson)</source>
        <translation>GeoJSON (*.geojson)</translation>
    </message>
    <message>
        <source>导出查询结果</source>
        <translation>Export results</translation>
    </message>
    <message>
        <source>已导出 {n} 行到 {file}</source>
        <translation>{n} rows exported to {file}</translation>
    </message>
    <message>
        <source>导出已取消</source>
        <translation>Export cancelled</translation>
    </message>
    <message>
        <source>文件写不进去：{}</source>
        <translation>The file cannot be written: {}</translation>
    </message>
</context>
<context>
    <name>ExportWatch</name>
    <message>
        <source>地图已导出：{file}</source>
        <translation>Map exported: {file}</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
</context>
<context>
    <name>FactsView</name>
    <message>
        <source>问题</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>定位</source>
        <translation>Locate</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>网格</source>
        <translation>Grid</translation>
    </message>
    <message>
        <source>部件</source>
        <translation>Component</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>上级案卷号</source>
        <translation>Upstream case no.</translation>
    </message>
    <message>
        <source>反映人</source>
        <translation>Reported by</translation>
    </message>
    <message>
        <source>上报时间</source>
        <translation>Reported at</translation>
    </message>
    <message>
        <source>办理</source>
        <translation>Handling</translation>
    </message>
    <message>
        <source>立案条件</source>
        <translation>Filing condition</translation>
    </message>
    <message>
        <source>处置时限</source>
        <translation>Disposal limit</translation>
    </message>
    <message>
        <source>结案标准</source>
        <translation>Closing standard</translation>
    </message>
    <message>
        <source>主办单位</source>
        <translation>Lead unit</translation>
    </message>
    <message>
        <source>协办单位</source>
        <translation>Cooperating units</translation>
    </message>
    <message>
        <source>值守电话</source>
        <translation>Duty phone</translation>
    </message>
    <message>
        <source>批办</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>裁定单位</source>
        <translation>Ruled to</translation>
    </message>
    <message>
        <source>处置要求</source>
        <translation>Requirement</translation>
    </message>
    <message>
        <source>核实结果</source>
        <translation>Check result</translation>
    </message>
    <message>
        <source>返工次数</source>
        <translation>Rework</translation>
    </message>
    <message>
        <source>办结理由</source>
        <translation>Outcome reason</translation>
    </message>
    <message>
        <source>移送</source>
        <translation>Transferred to</translation>
    </message>
    <message>
        <source>回访结果</source>
        <translation>Visit result</translation>
    </message>
    <message>
        <source>结果上报</source>
        <translation>Reported up</translation>
    </message>
    <message>
        <source>指挥手册</source>
        <translation>Handbook</translation>
    </message>
    <message>
        <source>现状</source>
        <translation>Present state</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>{who}，{time}</source>
        <translation>{who}, {time}</translation>
    </message>
</context>
<context>
    <name>FeedCard</name>
    <message>
        <source>怎样处置、结果如何</source>
        <translation>What was done, and with what result</translation>
    </message>
    <message>
        <source>处置说明</source>
        <translation>Disposal note</translation>
    </message>
    <message>
        <source>处置后照片</source>
        <translation>Photos after disposal</translation>
    </message>
    <message>
        <source> 元</source>
        <translation> yuan</translation>
    </message>
    <message>
        <source>人工、材料等（可不填）</source>
        <translation>Labour, material and so on (optional)</translation>
    </message>
    <message>
        <source>费用</source>
        <translation>Cost</translation>
    </message>
    <message>
        <source>费用说明</source>
        <translation>Cost note</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>请填写此项</source>
        <translation>Fill this in</translation>
    </message>
</context>
<context>
    <name>FieldsDialog</name>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>FilingPanel</name>
    <message>
        <source>立案审核</source>
        <translation>Filing</translation>
    </message>
    <message>
        <source>待立案</source>
        <translation>To file</translation>
    </message>
    <message>
        <source>没有待立案的案卷</source>
        <translation>No cases to file</translation>
    </message>
    <message>
        <source>作废申请</source>
        <translation>Void requests</translation>
    </message>
    <message>
        <source>没有作废申请</source>
        <translation>No void requests</translation>
    </message>
    <message>
        <source>核实中</source>
        <translation>Checking</translation>
    </message>
    <message>
        <source>没有正在核实的案卷</source>
        <translation>No cases being checked</translation>
    </message>
    <message>
        <source>其他办理</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>重点案件、子案卷、移送执法、作废</source>
        <translation>Key case, child cases, transfer to law enforcement, void</translation>
    </message>
    <message>
        <source>立案回退</source>
        <translation>Send back</translation>
    </message>
    <message>
        <source>不予立案</source>
        <translation>Reject</translation>
    </message>
    <message>
        <source>不同意</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>同意作废</source>
        <translation>Grant void</translation>
    </message>
    <message>
        <source>立案</source>
        <translation>File</translation>
    </message>
    <message>
        <source>批量立案</source>
        <translation>File together</translation>
    </message>
    <message>
        <source>类别与立案条件</source>
        <translation>Class and filing condition</translation>
    </message>
    <message>
        <source>应急案件</source>
        <translation>Emergency</translation>
    </message>
    <message>
        <source>应急案件连续计时，自受理起算，不分工作日</source>
        <translation>An emergency runs on continuous time from its registration, working day or not</translation>
    </message>
    <message>
        <source>退回原因</source>
        <translation>Why it was sent back</translation>
    </message>
    <message>
        <source>本手册中这一类别没有立案条件，请改选类别</source>
        <translation>The handbook has no filing condition for this class; choose another class</translation>
    </message>
    <message>
        <source>请先选定类别</source>
        <translation>Choose a class first</translation>
    </message>
    <message>
        <source>请选择立案条件（Alt+1 至 Alt+9）</source>
        <translation>Choose a filing condition (Alt+1 to Alt+9)</translation>
    </message>
    <message>
        <source>处置时限 {limit}；若现在派遣，处置截止 {due}。须在 {dispatch} 前派遣。</source>
        <translation>Disposal limit {limit}; if dispatched now, due {due}. Dispatch before {dispatch}.</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>须由值班长或指挥长批准，提请人不能批准。</source>
        <translation>The shift leader or commander must approve; whoever asked for it cannot.</translation>
    </message>
    <message>
        <source>批量立案 {n} 件</source>
        <translation>File {n} cases</translation>
    </message>
</context>
<context>
    <name>FilterButton</name>
    <message>
        <source>清除筛选</source>
        <translation>Clear filters</translation>
    </message>
    <message>
        <source>筛选 {n}</source>
        <translation>Filters {n}</translation>
    </message>
    <message>
        <source>筛选</source>
        <translation>Filters</translation>
    </message>
</context>
<context>
    <name>Finder</name>
    <message>
        <source>查找（Ctrl+K）：编号、地点、拼音、坐标</source>
        <translation>Find (Ctrl+K): code, place, pinyin, coordinates</translation>
    </message>
    <message>
        <source>在地图上查找</source>
        <translation>Find on the map</translation>
    </message>
    <message>
        <source>正在读入名称，请稍候…</source>
        <translation>Reading names, one moment…</translation>
    </message>
    <message>
        <source>最近查找</source>
        <translation>Recent</translation>
    </message>
    <message>
        <source>可输入：案卷号或后几位、部件编码、网格编码、道路＋门牌、两条路名、单位、人名、部件类别；汉字、全拼、首字母都可以。也可输入坐标。</source>
        <translation>Type a case number or its last digits, a component or grid code, a road and house number, two roads, a unit, a person or a component class: characters, pinyin or initials. Coordinates as well.</translation>
    </message>
    <message>
        <source>「{name}」已不在，或不属于本岗位</source>
        <translation>“{name}” is gone, or not this post&apos;s to see</translation>
    </message>
    <message>
        <source>「{name}」没有位置</source>
        <translation>“{name}” has no position</translation>
    </message>
    <message>
        <source>未登记门牌 {number}，定位到道路</source>
        <translation>House number {number} is not known: shown is the road</translation>
    </message>
    <message>
        <source>坐标</source>
        <translation>Coordinates</translation>
    </message>
    <message>
        <source>案卷</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>部件</source>
        <translation>Components</translation>
    </message>
    <message>
        <source>部件类别和最近的部件</source>
        <translation>Component classes and the nearest of them</translation>
    </message>
    <message>
        <source>道路</source>
        <translation>Roads</translation>
    </message>
    <message>
        <source>路口</source>
        <translation>Crossings</translation>
    </message>
    <message>
        <source>建筑和单位地址</source>
        <translation>Buildings and addresses</translation>
    </message>
    <message>
        <source>水域</source>
        <translation>Waters</translation>
    </message>
    <message>
        <source>绿地</source>
        <translation>Greens</translation>
    </message>
    <message>
        <source>街道和社区</source>
        <translation>Street offices and communities</translation>
    </message>
    <message>
        <source>网格</source>
        <translation>Grids</translation>
    </message>
    <message>
        <source>专业部门</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>People</translation>
    </message>
    <message>
        <source>按经纬度 CGCS2000 / WGS-84</source>
        <translation>As degrees, CGCS2000 / WGS-84</translation>
    </message>
    <message>
        <source>按 GCJ-02（高德、腾讯）换算</source>
        <translation>Converted from GCJ-02 (Amap, Tencent)</translation>
    </message>
    <message>
        <source>按 BD-09（百度）换算</source>
        <translation>Converted from BD-09 (Baidu)</translation>
    </message>
    <message>
        <source>按米制坐标 {crs}</source>
        <translation>As metres, {crs}</translation>
    </message>
    <message>
        <source>城区附近</source>
        <translation>near the city</translation>
    </message>
    <message>
        <source>不在本市</source>
        <translation>not in this city</translation>
    </message>
    <message>
        <source>由 {system} 换算，约 1–2 m</source>
        <translation>converted from {system}, about 1–2 m</translation>
    </message>
    <message>
        <source>没有找到「{text}」

已查：案卷号、部件和网格编码、道路、路口、建筑、街道社区、部门、人员、部件类别（汉字、全拼、首字母）。

可输入：案卷号后 6 位、部件编码、道路＋门牌、两条路名、坐标（经纬度、米、高德或百度坐标）。</source>
        <translation>Nothing found for “{text}”

Looked at: case numbers, component and grid codes, roads, crossings, buildings, street offices, communities, units, people, component classes (characters, pinyin, initials).

Try: the last 6 digits of a case number, a component code, a road and house number, two roads, coordinates (degrees, metres, Amap or Baidu).</translation>
    </message>
    <message>
        <source>Shift+回车 打开案卷</source>
        <translation>Shift+Enter opens the case</translation>
    </message>
    <message>
        <source>Shift+回车 列出在办案卷</source>
        <translation>Shift+Enter lists the open cases</translation>
    </message>
    <message>
        <source>Shift+回车 打开通讯录</source>
        <translation>Shift+Enter opens the directory</translation>
    </message>
    <message>
        <source>回车 飞到</source>
        <translation>Enter flies there</translation>
    </message>
    <message>
        <source>Esc 返回原处</source>
        <translation>Esc goes back</translation>
    </message>
    <message>
        <source>{name} 的在办案卷</source>
        <translation>Open cases of {name}</translation>
    </message>
</context>
<context>
    <name>Finders</name>
    <message>
        <source>复制此处坐标</source>
        <translation>Copy the coordinates here</translation>
    </message>
    <message>
        <source>经纬度（十进制度）</source>
        <translation>Degrees (decimal)</translation>
    </message>
    <message>
        <source>经纬度（度分秒）</source>
        <translation>Degrees, minutes, seconds</translation>
    </message>
    <message>
        <source>米制坐标（本市坐标系）</source>
        <translation>Metres (the city&apos;s system)</translation>
    </message>
    <message>
        <source>GCJ-02（高德、腾讯）</source>
        <translation>GCJ-02 (Amap, Tencent)</translation>
    </message>
    <message>
        <source>BD-09（百度）</source>
        <translation>BD-09 (Baidu)</translation>
    </message>
    <message>
        <source>已复制 {text}</source>
        <translation>{text} copied</translation>
    </message>
</context>
<context>
    <name>GroupButton</name>
    <message>
        <source>{}（按住或右键：同类工具）</source>
        <translation>{} (hold or right-click: more tools like this)</translation>
    </message>
</context>
<context>
    <name>Handbook</name>
    <message>
        <source>{file} 第 {line} 行“{key}”</source>
        <translation>{file} line {line} “{key}”</translation>
    </message>
    <message>
        <source>{file} 第 {line} 行</source>
        <translation>{file} line {line}</translation>
    </message>
    <message>
        <source>{file}</source>
        <translation>{file}</translation>
    </message>
    <message>
        <source>指挥手册有错误：{where}：{problem}。{advice}</source>
        <translation>The handbook has an error: {where}: {problem}. {advice}</translation>
    </message>
    <message>
        <source>请改成手册中已有的名称，或者先在手册中增加它。</source>
        <translation>Use a name that the handbook has, or add it there first.</translation>
    </message>
    <message>
        <source>缺少这个文件</source>
        <translation>this file is missing</translation>
    </message>
    <message>
        <source>请从全国通用手册复制一份再修改。</source>
        <translation>Copy it from the national handbook and change it.</translation>
    </message>
    <message>
        <source>程序不使用这个文件</source>
        <translation>the program does not use this file</translation>
    </message>
    <message>
        <source>请把它移出手册。</source>
        <translation>Move it out of the handbook.</translation>
    </message>
    <message>
        <source>文件编码不是 UTF-8</source>
        <translation>the file is not UTF-8</translation>
    </message>
    <message>
        <source>请另存为 UTF-8 编码。</source>
        <translation>Save it as UTF-8.</translation>
    </message>
    <message>
        <source>这一行不符合 TOML 格式</source>
        <translation>this line is not TOML</translation>
    </message>
    <message>
        <source>请检查引号、括号和等号。</source>
        <translation>Check quotes, brackets and equals signs.</translation>
    </message>
    <message>
        <source>名称重复</source>
        <translation>the name is there twice</translation>
    </message>
    <message>
        <source>请换一个名称，或者删去其中一处。</source>
        <translation>Use another name, or delete one of them.</translation>
    </message>
    <message>
        <source>同一项写了两次</source>
        <translation>the same entry is written twice</translation>
    </message>
    <message>
        <source>请只保留一处。</source>
        <translation>Keep only one.</translation>
    </message>
    <message>
        <source>缺少这一项</source>
        <translation>this entry is missing</translation>
    </message>
    <message>
        <source>请补上。</source>
        <translation>Add it.</translation>
    </message>
    <message>
        <source>程序不使用这一项</source>
        <translation>the program does not use this entry</translation>
    </message>
    <message>
        <source>请检查拼写，或者删去。</source>
        <translation>Check the spelling, or delete it.</translation>
    </message>
    <message>
        <source>填写的类型不对</source>
        <translation>the value is of the wrong type</translation>
    </message>
    <message>
        <source>请参照全国通用手册的写法。</source>
        <translation>See how the national handbook writes it.</translation>
    </message>
    <message>
        <source>数值不能作为时限或次数</source>
        <translation>the number cannot be a limit or a count</translation>
    </message>
    <message>
        <source>请填写大于零的合理数值。</source>
        <translation>Give a sensible number above zero.</translation>
    </message>
    <message>
        <source>能看反映人信息的岗位不得审查谁看过</source>
        <translation>a post that sees reporters must not audit who has seen them</translation>
    </message>
    <message>
        <source>请写 audit = false，或者 reporter = &quot;masked&quot;。</source>
        <translation>Write audit = false, or reporter = &quot;masked&quot;.</translation>
    </message>
    <message>
        <source>没有这一种查看反映人信息的方式</source>
        <translation>there is no such way to see a reporter</translation>
    </message>
    <message>
        <source>没有这一流程</source>
        <translation>there is no such move</translation>
    </message>
    <message>
        <source>查看理由为空，或者含有冒号</source>
        <translation>a reason for looking is empty or has a colon</translation>
    </message>
    <message>
        <source>请写成几个字，不用冒号。</source>
        <translation>Write it in a few words, without a colon.</translation>
    </message>
    <message>
        <source>这一行的列数不对</source>
        <translation>this line has the wrong number of columns</translation>
    </message>
    <message>
        <source>请检查逗号是否多了或少了。</source>
        <translation>Check for a comma too many or too few.</translation>
    </message>
    <message>
        <source>类别代码与大类代码不符</source>
        <translation>the class code does not fit the main class</translation>
    </message>
    <message>
        <source>请更正其中一个。</source>
        <translation>Correct one of them.</translation>
    </message>
    <message>
        <source>缺少这一列</source>
        <translation>this column is missing</translation>
    </message>
    <message>
        <source>请补上表头和内容。</source>
        <translation>Add its heading and values.</translation>
    </message>
    <message>
        <source>这一流程缺少必填项</source>
        <translation>this arrow lacks a required field</translation>
    </message>
    <message>
        <source>请把它加入 required。</source>
        <translation>Add it to required.</translation>
    </message>
    <message>
        <source>没有中文名称</source>
        <translation>it has no Chinese name</translation>
    </message>
    <message>
        <source>请在 labels.toml 中补上。</source>
        <translation>Add one in labels.toml.</translation>
    </message>
    <message>
        <source>一个岗位不能兼有监督、处置、评价中的两项</source>
        <translation>one post cannot hold two of supervision, disposal and evaluation</translation>
    </message>
    <message>
        <source>请分成不同的岗位。</source>
        <translation>Make different posts of it.</translation>
    </message>
    <message>
        <source>已经结束的案卷不能再流转</source>
        <translation>a case that has ended cannot go on</translation>
    </message>
    <message>
        <source>请改为未结束的状态。</source>
        <translation>Use a state that is not an end.</translation>
    </message>
    <message>
        <source>没有案卷能走到这一步</source>
        <translation>no case can reach this state</translation>
    </message>
    <message>
        <source>请增加通向这里的流程，或者删去。</source>
        <translation>Add an arrow that leads here, or delete it.</translation>
    </message>
    <message>
        <source>案卷到这里就走不出去</source>
        <translation>a case cannot leave this state</translation>
    </message>
    <message>
        <source>请增加后续流程。</source>
        <translation>Add an arrow that leads on.</translation>
    </message>
    <message>
        <source>申请的种类与流程不符</source>
        <translation>the kind of request does not fit the arrow</translation>
    </message>
    <message>
        <source>请更正，或者给流程另取名称。</source>
        <translation>Correct it, or give the arrow another name.</translation>
    </message>
    <message>
        <source>没有这一区域类别</source>
        <translation>there is no such area class</translation>
    </message>
    <message>
        <source>没有这一类别</source>
        <translation>there is no such class</translation>
    </message>
    <message>
        <source>没有这一计时</source>
        <translation>there is no such clock</translation>
    </message>
    <message>
        <source>没有这一依据文件</source>
        <translation>there is no such document</translation>
    </message>
    <message>
        <source>没有这一来源分组</source>
        <translation>there is no such family of sources</translation>
    </message>
    <message>
        <source>没有这一字段</source>
        <translation>there is no such field</translation>
    </message>
    <message>
        <source>没有这一条件</source>
        <translation>there is no such guard</translation>
    </message>
    <message>
        <source>只有监督、处置、评价三项</source>
        <translation>there are only supervision, disposal and evaluation</translation>
    </message>
    <message>
        <source>只有部件和事件两种</source>
        <translation>there are only component and event</translation>
    </message>
    <message>
        <source>没有这一处置节点</source>
        <translation>there is no such milestone</translation>
    </message>
    <message>
        <source>没有这一岗位</source>
        <translation>there is no such post</translation>
    </message>
    <message>
        <source>没有这一种申请</source>
        <translation>there is no such kind of request</translation>
    </message>
    <message>
        <source>只有主办和协办两种单位</source>
        <translation>there are only lead and cooperating units</translation>
    </message>
    <message>
        <source>没有这一状态</source>
        <translation>there is no such state</translation>
    </message>
    <message>
        <source>没有这一时间单位</source>
        <translation>there is no such unit of time</translation>
    </message>
    <message>
        <source>次数没有依次增加</source>
        <translation>the counts do not rise</translation>
    </message>
    <message>
        <source>请按次数由少到多排列。</source>
        <translation>Put them in order, lowest count first.</translation>
    </message>
    <message>
        <source>条号的写法里没有数字的位置</source>
        <translation>the article pattern has no place for the number</translation>
    </message>
    <message>
        <source>请写一个 {}，如“第{}条”。</source>
        <translation>Write one {}, as in “Article {}”.</translation>
    </message>
    <message>
        <source>所依据的手册本身又依据另一部手册</source>
        <translation>the base handbook itself has a base handbook</translation>
    </message>
    <message>
        <source>请改为独立的手册。</source>
        <translation>Make it a handbook of its own.</translation>
    </message>
    <message>
        <source>层级的上下级关系成了环</source>
        <translation>the levels are above and below one another in a circle</translation>
    </message>
    <message>
        <source>请改正其中一个的上级。</source>
        <translation>Correct what one of them is under.</translation>
    </message>
    <message>
        <source>改动了所依据手册的规定，却没有写明依据</source>
        <translation>a rule of the base handbook is changed with no source given</translation>
    </message>
    <message>
        <source>请写明条文编号；没有文件依据的写 PRACTICE。</source>
        <translation>Give the article; write PRACTICE where no document says it.</translation>
    </message>
    <message>
        <source>规则用到的流程并不存在</source>
        <translation>a rule uses an arrow that does not exist</translation>
    </message>
    <message>
        <source>请增加这一流程，或者改掉规则。</source>
        <translation>Add the arrow, or change the rule.</translation>
    </message>
    <message>
        <source>没有由谁裁定</source>
        <translation>nobody is named to decide</translation>
    </message>
    <message>
        <source>请至少写一个协调机构。</source>
        <translation>Name at least one body.</translation>
    </message>
    <message>
        <source>快速处置没有适用的类别</source>
        <translation>rapid disposal has no classes</translation>
    </message>
    <message>
        <source>请在 around.toml 中写明 [rapid]，或者删去这一流程。</source>
        <translation>Give [rapid] in around.toml, or delete this arrow.</translation>
    </message>
    <message>
        <source>没有由哪个岗位办理</source>
        <translation>no post is named to do it</translation>
    </message>
    <message>
        <source>请至少写一个岗位。</source>
        <translation>Name at least one post.</translation>
    </message>
    <message>
        <source>所依据的手册中没有要删去的这一项</source>
        <translation>the base handbook has no such entry to delete</translation>
    </message>
    <message>
        <source>请去掉这一处。</source>
        <translation>Take this out.</translation>
    </message>
    <message>
        <source>没有这一种问责情形</source>
        <translation>there is no such kind of accountability</translation>
    </message>
    <message>
        <source>没有所依据的这部手册</source>
        <translation>there is no such base handbook</translation>
    </message>
    <message>
        <source>没有这一协调机构</source>
        <translation>there is no such coordinating body</translation>
    </message>
    <message>
        <source>没有这部手册</source>
        <translation>there is no such handbook</translation>
    </message>
    <message>
        <source>没有这一层级</source>
        <translation>there is no such level</translation>
    </message>
    <message>
        <source>没有这一周期</source>
        <translation>there is no such period</translation>
    </message>
    <message>
        <source>没有这一种议题</source>
        <translation>there is no such kind of agenda topic</translation>
    </message>
    <message>
        <source>只有快速处置和先行处置两种方式</source>
        <translation>there are only rapid disposal and first response</translation>
    </message>
    <message>
        <source>程序不使用这一列</source>
        <translation>the program does not use this column</translation>
    </message>
    <message>
        <source>请检查列名，或者删去。</source>
        <translation>Check the column name, or delete it.</translation>
    </message>
</context>
<context>
    <name>HandbookEditor</name>
    <message>
        <source>不能为空</source>
        <translation>Must not be empty</translation>
    </message>
    <message>
        <source>请从列表中选择</source>
        <translation>Choose from the list</translation>
    </message>
    <message>
        <source>请写作“文件编号-条号”，文件编号见“文件依据”；没有文件依据的写 PRACTICE</source>
        <translation>Write “document number-article number”, with the number from “Documents”; where there is no document, write PRACTICE</translation>
    </message>
    <message>
        <source>没有“{word}”这一项</source>
        <translation>There is no “{word}”</translation>
    </message>
    <message>
        <source>请填写数字</source>
        <translation>Enter a number</translation>
    </message>
    <message>
        <source>请填写不小于 0 的整数</source>
        <translation>Enter a whole number, 0 or more</translation>
    </message>
    <message>
        <source>请填写大于 0、不大于 1 的数</source>
        <translation>Enter a number above 0 and up to 1</translation>
    </message>
    <message>
        <source>请填写大于 0 的数字</source>
        <translation>Enter a number above 0</translation>
    </message>
    <message>
        <source>立案条件</source>
        <translation>Filing conditions</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Limits</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>代码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>标准原文</source>
        <translation>From the standard</translation>
    </message>
    <message>
        <source>推断</source>
        <translation>Inferred</translation>
    </message>
    <message>
        <source>本地增设</source>
        <translation>Local</translation>
    </message>
    <message>
        <source>是</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>按立案条件</source>
        <translation>By filing condition</translation>
    </message>
    <message>
        <source>环节时限</source>
        <translation>Stage limits</translation>
    </message>
    <message>
        <source>规则</source>
        <translation>Rule</translation>
    </message>
    <message>
        <source>取值</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>先行处置后明确责任时提出的规则，可在“案卷提出的规则”中纳入草稿。</source>
        <translation>Rules proposed when responsibility was settled after a first response; take them into a draft under “Rules from cases”.</translation>
    </message>
    <message>
        <source>文件依据</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>层级岗位</source>
        <translation>Levels and posts</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>流程</source>
        <translation>Flow</translation>
    </message>
    <message>
        <source>类别与立案条件</source>
        <translation>Class and filing condition</translation>
    </message>
    <message>
        <source>应急预案与经费</source>
        <translation>Plans and money</translation>
    </message>
    <message>
        <source>协调裁定</source>
        <translation>Coordination</translation>
    </message>
    <message>
        <source>问责</source>
        <translation>Accountability</translation>
    </message>
    <message>
        <source>报告与公布</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>与现行版本比较</source>
        <translation>Compare with edition in force</translation>
    </message>
    <message>
        <source>案卷提出的规则</source>
        <translation>Rules from cases</translation>
    </message>
    <message>
        <source>文本编辑</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>历史版本</source>
        <translation>History</translation>
    </message>
    <message>
        <source>条文</source>
        <translation>Articles</translation>
    </message>
    <message>
        <source>处置节点</source>
        <translation>Milestones</translation>
    </message>
    <message>
        <source>个人信息</source>
        <translation>Personal data</translation>
    </message>
    <message>
        <source>责任认定</source>
        <translation>Responsibility</translation>
    </message>
    <message>
        <source>应急预案</source>
        <translation>Emergency plans</translation>
    </message>
    <message>
        <source>经费</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>快速处置</source>
        <translation>Rapid disposal</translation>
    </message>
    <message>
        <source>协调机构</source>
        <translation>Body</translation>
    </message>
    <message>
        <source>协调顺序</source>
        <translation>Order of bodies</translation>
    </message>
    <message>
        <source>报告</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>公布</source>
        <translation>Publication</translation>
    </message>
    <message>
        <source>例会</source>
        <translation>Meeting</translation>
    </message>
    <message>
        <source>评价</source>
        <translation>Evaluation</translation>
    </message>
    <message>
        <source>回退须在接到派遣后多久内提出</source>
        <translation>Return to be asked for within, after the dispatch</translation>
    </message>
    <message>
        <source>回退时限的单位</source>
        <translation>Unit of that limit</translation>
    </message>
    <message>
        <source>延时最多几次</source>
        <translation>Extensions at most</translation>
    </message>
    <message>
        <source>每次延时不超过原时限的几倍</source>
        <translation>Each at most so many times the limit</translation>
    </message>
    <message>
        <source>挂账最多几次</source>
        <translation>Suspensions at most</translation>
    </message>
    <message>
        <source>挂账不超过几天</source>
        <translation>Suspension at most (days)</translation>
    </message>
    <message>
        <source>核查第几次不合格计为逾期</source>
        <translation>Failed verification that counts as overdue</translation>
    </message>
    <message>
        <source>用去时限的几成起亮黄灯</source>
        <translation>Yellow from this share of the limit</translation>
    </message>
    <message>
        <source>多少米内的同类案卷提示可能重复</source>
        <translation>Possible duplicate within (metres)</translation>
    </message>
    <message>
        <source>多少小时内的同类案卷提示可能重复</source>
        <translation>Possible duplicate within (hours)</translation>
    </message>
    <message>
        <source>协办单位全部反馈后主办单位才能反馈</source>
        <translation>Lead waits for the cooperating units</translation>
    </message>
    <message>
        <source>谁立案、谁结案</source>
        <translation>Who files, closes</translation>
    </message>
    <message>
        <source>接收后须经分管领导批办</source>
        <translation>Leader approves each receipt</translation>
    </message>
    <message>
        <source>移送执法须附证据文件</source>
        <translation>Transfer needs the evidence file</translation>
    </message>
    <message>
        <source>须先经单位负责人同意的申请</source>
        <translation>Requests that the unit&apos;s head endorses first</translation>
    </message>
    <message>
        <source>由哪个岗位同意</source>
        <translation>Endorsing post</translation>
    </message>
    <message>
        <source>按应急案件办理的类别（种类：代码开头）</source>
        <translation>Emergency classes (kind:code prefix)</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>地方</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>年份</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>条号写法</source>
        <translation>Article numbering</translation>
    </message>
    <message>
        <source>版本号</source>
        <translation>Edition</translation>
    </message>
    <message>
        <source>批准机关</source>
        <translation>Approving authority</translation>
    </message>
    <message>
        <source>生效日期</source>
        <translation>In force from</translation>
    </message>
    <message>
        <source>类别标准</source>
        <translation>Class standard</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>草案</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>所依据的手册</source>
        <translation>Base handbook</translation>
    </message>
    <message>
        <source>可修订的岗位</source>
        <translation>Posts that edit</translation>
    </message>
    <message>
        <source>可审批的岗位</source>
        <translation>Posts that approve</translation>
    </message>
    <message>
        <source>上级</source>
        <translation>Part of</translation>
    </message>
    <message>
        <source>三分离</source>
        <translation>Hand</translation>
    </message>
    <message>
        <source>反映人信息</source>
        <translation>Reporter&apos;s data</translation>
    </message>
    <message>
        <source>可审计</source>
        <translation>May audit</translation>
    </message>
    <message>
        <source>办结后保存天数</source>
        <translation>Days kept after the end</translation>
    </message>
    <message>
        <source>每小时查看多少次起提示</source>
        <translation>Warn from looks per hour</translation>
    </message>
    <message>
        <source>查看理由</source>
        <translation>Reasons for looking</translation>
    </message>
    <message>
        <source>需要时查看的环节</source>
        <translation>Actions that need looks</translation>
    </message>
    <message>
        <source>可删除个人信息的岗位</source>
        <translation>Posts that delete personal data</translation>
    </message>
    <message>
        <source>从</source>
        <translation>From</translation>
    </message>
    <message>
        <source>到</source>
        <translation>To</translation>
    </message>
    <message>
        <source>填写</source>
        <translation>Fields</translation>
    </message>
    <message>
        <source>条件</source>
        <translation>Guards</translation>
    </message>
    <message>
        <source>开始计时</source>
        <translation>Starts</translation>
    </message>
    <message>
        <source>停止计时</source>
        <translation>Stops</translation>
    </message>
    <message>
        <source>暂停计时</source>
        <translation>Pauses</translation>
    </message>
    <message>
        <source>恢复计时</source>
        <translation>Resume clock</translation>
    </message>
    <message>
        <source>申请</source>
        <translation>Request</translation>
    </message>
    <message>
        <source>答复</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>依据</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>大类</source>
        <translation>Main class</translation>
    </message>
    <message>
        <source>大类代码</source>
        <translation>Main code</translation>
    </message>
    <message>
        <source>出处</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>分区域</source>
        <translation>By area</translation>
    </message>
    <message>
        <source>结案标准</source>
        <translation>Closing standard</translation>
    </message>
    <message>
        <source>应急自受理起算</source>
        <translation>Emergency from acceptance</translation>
    </message>
    <message>
        <source>不计时的状态</source>
        <translation>States that pause it</translation>
    </message>
    <message>
        <source>只计重点案件</source>
        <translation>Key cases only</translation>
    </message>
    <message>
        <source>适用类别</source>
        <translation>Classes</translation>
    </message>
    <message>
        <source>出自案卷</source>
        <translation>From case</translation>
    </message>
    <message>
        <source>步骤</source>
        <translation>Steps</translation>
    </message>
    <message>
        <source>用于</source>
        <translation>Used for</translation>
    </message>
    <message>
        <source>周期</source>
        <translation>Period</translation>
    </message>
    <message>
        <source>报送</source>
        <translation>To</translation>
    </message>
    <message>
        <source>抄送</source>
        <translation>Copies</translation>
    </message>
    <message>
        <source>渠道</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>议题</source>
        <translation>Agenda</translation>
    </message>
    <message>
        <source>指标</source>
        <translation>Indicators</translation>
    </message>
    <message>
        <source>权重</source>
        <translation>Weights</translation>
    </message>
    <message>
        <source>等级</source>
        <translation>Grades</translation>
    </message>
    <message>
        <source>用途</source>
        <translation>Uses</translation>
    </message>
    <message>
        <source>（不属三者）</source>
        <translation>(none of the three)</translation>
    </message>
    <message>
        <source>监督</source>
        <translation>Supervise</translation>
    </message>
    <message>
        <source>处置</source>
        <translation>Dispose</translation>
    </message>
    <message>
        <source>可申请查看</source>
        <translation>May ask to look</translation>
    </message>
    <message>
        <source>需要时可申请查看</source>
        <translation>May ask to look when needed</translation>
    </message>
    <message>
        <source>不可查看</source>
        <translation>May not look</translation>
    </message>
    <message>
        <source>巡查</source>
        <translation>Patrol</translation>
    </message>
    <message>
        <source>热线</source>
        <translation>Hotline</translation>
    </message>
    <message>
        <source>上级交办</source>
        <translation>Superiors</translation>
    </message>
    <message>
        <source>公众</source>
        <translation>Public</translation>
    </message>
    <message>
        <source>感知</source>
        <translation>Sensors</translation>
    </message>
    <message>
        <source>按需</source>
        <translation>As needed</translation>
    </message>
    <message>
        <source>每周</source>
        <translation>Weekly</translation>
    </message>
    <message>
        <source>每两周</source>
        <translation>Every two weeks</translation>
    </message>
    <message>
        <source>每月</source>
        <translation>Monthly</translation>
    </message>
    <message>
        <source>每季度</source>
        <translation>Quarterly</translation>
    </message>
    <message>
        <source>每年</source>
        <translation>Yearly</translation>
    </message>
    <message>
        <source>超期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>退件</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>争议</source>
        <translation>Disputed</translation>
    </message>
    <message>
        <source>重点</source>
        <translation>Key case</translation>
    </message>
    <message>
        <source>挂账</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>先行处置</source>
        <translation>First response</translation>
    </message>
    <message>
        <source>一个辖区或行业之内</source>
        <translation>Within one district or trade</translation>
    </message>
    <message>
        <source>跨辖区或跨部门</source>
        <translation>Across districts or departments</translation>
    </message>
    <message>
        <source>未及时查阅接收</source>
        <translation>Received late</translation>
    </message>
    <message>
        <source>逾期处置或未处置</source>
        <translation>Disposed late or not at all</translation>
    </message>
    <message>
        <source>未按规范要求处置</source>
        <translation>Not to the standard</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>环节</source>
        <translation>Stages</translation>
    </message>
    <message>
        <source>区域</source>
        <translation>Areas</translation>
    </message>
    <message>
        <source>时间单位</source>
        <translation>Units of time</translation>
    </message>
    <message>
        <source>填写项</source>
        <translation>Fields</translation>
    </message>
    <message>
        <source>不予办理的说明</source>
        <translation>Refusals</translation>
    </message>
    <message>
        <source>不计时的原因</source>
        <translation>Why time does not count</translation>
    </message>
    <message>
        <source>现行</source>
        <translation>In force</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>待审批</source>
        <translation>To endorse</translation>
    </message>
    <message>
        <source>已批准</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>曾用</source>
        <translation>Formerly used</translation>
    </message>
    <message>
        <source>随程序提供</source>
        <translation>Shipped</translation>
    </message>
    <message>
        <source>否</source>
        <translation>No</translation>
    </message>
    <message>
        <source>范围</source>
        <translation>Scope</translation>
    </message>
    <message>
        <source>依次报请</source>
        <translation>Bodies in order</translation>
    </message>
    <message>
        <source>代号</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>{period}第 {count} 次起</source>
        <translation>{period}, from no. {count}</translation>
    </message>
    <message>
        <source>情形</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>次数</source>
        <translation>Count</translation>
    </message>
    <message>
        <source>措施</source>
        <translation>Measure</translation>
    </message>
    <message>
        <source>手册</source>
        <translation>Handbook</translation>
    </message>
    <message>
        <source>项目</source>
        <translation>Entry</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>依据文件</source>
        <translation>Source documents</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Posts</translation>
    </message>
    <message>
        <source>层级</source>
        <translation>Levels</translation>
    </message>
    <message>
        <source>（新案卷）</source>
        <translation>(new case)</translation>
    </message>
    <message>
        <source>（状态不变）</source>
        <translation>(state unchanged)</translation>
    </message>
    <message>
        <source>括号中为选填</source>
        <translation>Optional ones in brackets</translation>
    </message>
    <message>
        <source>分组</source>
        <translation>Group</translation>
    </message>
    <message>
        <source>用语</source>
        <translation>Words</translation>
    </message>
</context>
<context>
    <name>HandbookPanel</name>
    <message>
        <source>指挥手册</source>
        <translation>Handbook</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>重做</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>起草新版本</source>
        <translation>Draft new edition</translation>
    </message>
    <message>
        <source>删除草稿</source>
        <translation>Delete draft</translation>
    </message>
    <message>
        <source>提交审批</source>
        <translation>Submit for approval</translation>
    </message>
    <message>
        <source>退回修改</source>
        <translation>Send back</translation>
    </message>
    <message>
        <source>审批</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>转到错误处</source>
        <translation>Go to error</translation>
    </message>
    <message>
        <source>筛选：代码、名称或内容</source>
        <translation>Filter: code, name or content</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>修订</source>
        <translation>Revision</translation>
    </message>
    <message>
        <source>请先改正错误</source>
        <translation>Correct the errors first</translation>
    </message>
    <message>
        <source>参与起草的人不能审批</source>
        <translation>Whoever helped to draft it cannot approve it</translation>
    </message>
    <message>
        <source>{title} {edition}</source>
        <translation>{title} {edition}</translation>
    </message>
    <message>
        <source>待审批 {n}</source>
        <translation>To approve: {n}</translation>
    </message>
    <message>
        <source>草稿 {n}</source>
        <translation>Drafts: {n}</translation>
    </message>
    <message>
        <source>起草 {authors}</source>
        <translation>Drafted by {authors}</translation>
    </message>
    <message>
        <source>正在保存…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>已保存</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>{said} · 与现行版本 {n} 处不同 · {saved}</source>
        <translation>{said} · {n} differences from the edition in force · {saved}</translation>
    </message>
    <message>
        <source>（日期未定）</source>
        <translation>(no date yet)</translation>
    </message>
    <message>
        <source>{body}批准 · 自 {day} 起施行</source>
        <translation>Approved by {body} · in force from {day}</translation>
    </message>
    <message>
        <source> · {at} 由{person}审批</source>
        <translation> · {at} approved by {person}</translation>
    </message>
    <message>
        <source>改动了所依据手册的规定，依据已记为“通行做法”；有条文的请在“依据”一列注明</source>
        <translation>This changes a rule of the base handbook. Its basis is now “common practice”; if an article covers it, give that under “Basis”</translation>
    </message>
    <message>
        <source>这一项要在文本中修改</source>
        <translation>This entry has to be changed in the text</translation>
    </message>
    <message>
        <source>规则已纳入草稿，可在“规则 · 责任认定”中查看</source>
        <translation>The rule is now in the draft; see “Rules · Responsibility”</translation>
    </message>
    <message>
        <source>草稿删除后不能恢复。</source>
        <translation>A deleted draft cannot be brought back.</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Send back</translation>
    </message>
</context>
<context>
    <name>Handover</name>
    <message>
        <source>本班收到</source>
        <translation>Received this shift</translation>
    </message>
    <message>
        <source>本班办出</source>
        <translation>Sent out this shift</translation>
    </message>
    <message>
        <source>待办</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>其中超期</source>
        <translation>Of these overdue</translation>
    </message>
    <message>
        <source>待答复申请</source>
        <translation>Requests to answer</translation>
    </message>
    <message>
        <source>待回复督办</source>
        <translation>Directions to answer</translation>
    </message>
    <message>
        <source>即将到期挂账</source>
        <translation>Suspensions ending soon</translation>
    </message>
    <message>
        <source>重点案卷</source>
        <translation>Key cases</translation>
    </message>
    <message>
        <source>责任协调中</source>
        <translation>Duty in coordination</translation>
    </message>
</context>
<context>
    <name>HandoverPanel</name>
    <message>
        <source>本班</source>
        <translation>This shift</translation>
    </message>
    <message>
        <source>交班记录</source>
        <translation>Past handovers</translation>
    </message>
    <message>
        <source>确认接班</source>
        <translation>Take over</translation>
    </message>
    <message>
        <source>交班</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>Handover</translation>
    </message>
    <message>
        <source>接班说明</source>
        <translation>Takeover note</translation>
    </message>
    <message>
        <source>本班情况</source>
        <translation>State of this shift</translation>
    </message>
    <message>
        <source>交给</source>
        <translation>Hand over to</translation>
    </message>
    <message>
        <source>交班说明</source>
        <translation>Handover note</translation>
    </message>
    <message>
        <source>无特殊情况</source>
        <translation>Nothing special</translation>
    </message>
    <message>
        <source>有应急案卷正在处置，请持续跟踪</source>
        <translation>An emergency is being disposed of, please keep track</translation>
    </message>
    <message>
        <source>有反映人待回复</source>
        <translation>Reporters are waiting for a reply</translation>
    </message>
    <message>
        <source>设备运行正常</source>
        <translation>Equipment works normally</translation>
    </message>
    <message>
        <source>还没有交班记录</source>
        <translation>No handovers yet</translation>
    </message>
    <message>
        <source>{who} 于 {time} 交班，请接班</source>
        <translation>{who} handed over at {time}; please take over</translation>
    </message>
    <message>
        <source>没有交班说明</source>
        <translation>No handover note</translation>
    </message>
    <message>
        <source>下一班（谁接班都可以）</source>
        <translation>Next shift (anyone may take over)</translation>
    </message>
    <message>
        <source>{who} 已接班</source>
        <translation>{who} has taken over</translation>
    </message>
    <message>
        <source>等待接班</source>
        <translation>Waiting for takeover</translation>
    </message>
    <message>
        <source>{time}&#x3000;{who} 交班&#x3000;{taken}</source>
        <translation>{time}&#x3000;{who} handed over&#x3000;{taken}</translation>
    </message>
    <message>
        <source>下一班</source>
        <translation>Next shift</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>接班</source>
        <translation>Take over</translation>
    </message>
    <message>
        <source>已交班，等待接班</source>
        <translation>Handed over, waiting for takeover</translation>
    </message>
    <message>
        <source>已接班：{who} 于 {time} 交出</source>
        <translation>Taken over from {who} (handed over {time})</translation>
    </message>
    <message>
        <source>已交班，等待{who}接班</source>
        <translation>Handed over, waiting for {who} to take over</translation>
    </message>
</context>
<context>
    <name>Heat</name>
    <message>
        <source>在图案卷密度</source>
        <translation>Density of cases shown</translation>
    </message>
    <message>
        <source>立案密度 {since} 至 {until}</source>
        <translation>Density of cases filed {since} to {until}</translation>
    </message>
    <message>
        <source>部件密度</source>
        <translation>Density of components</translation>
    </message>
    <message>
        <source>加权件/km²</source>
        <translation>weighted cases/km²</translation>
    </message>
    <message>
        <source>件/km²</source>
        <translation>per km²</translation>
    </message>
    <message>
        <source>半径 {n:,} 米</source>
        <translation>Radius {n:,} m</translation>
    </message>
    <message>
        <source>没有可统计的点</source>
        <translation>Nothing to count</translation>
    </message>
</context>
<context>
    <name>HeatDialog</name>
    <message>
        <source>热力图</source>
        <translation>Heat map</translation>
    </message>
    <message>
        <source>「{name}」的热力图</source>
        <translation>Heat map of “{name}”</translation>
    </message>
    <message>
        <source>本窗口显示的在办案卷</source>
        <translation>Open cases shown in this window</translation>
    </message>
    <message>
        <source>一段时间内立案的案卷</source>
        <translation>Cases filed in a period</translation>
    </message>
    <message>
        <source>部件（按单元网格统计）</source>
        <translation>Components (counted by grid)</translation>
    </message>
    <message>
        <source> 米</source>
        <translation> m</translation>
    </message>
    <message>
        <source>统计半径</source>
        <translation>Radius</translation>
    </message>
    <message>
        <source>按紧急程度加权（超时、临期、紧急案卷权重更大）</source>
        <translation>Weight by urgency (overdue, nearly due and emergencies count more)</translation>
    </message>
    <message>
        <source>同时显示案卷标记</source>
        <translation>Show case markers as well</translation>
    </message>
    <message>
        <source>关闭热力图</source>
        <translation>Close heat map</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>显示</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>至</source>
        <translation>to</translation>
    </message>
    <message>
        <source>全部大类</source>
        <translation>All main classes</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>版本</source>
        <translation>Edition</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>生效日期</source>
        <translation>In force from</translation>
    </message>
    <message>
        <source>起草</source>
        <translation>Drafted by</translation>
    </message>
    <message>
        <source>审批</source>
        <translation>Approved by</translation>
    </message>
    <message>
        <source>批准时间</source>
        <translation>Approved on</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>双击打开一个版本或草稿</source>
        <translation>Double-click to open an edition or draft</translation>
    </message>
</context>
<context>
    <name>IdentifyCard</name>
    <message>
        <source>标识码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>类别代码</source>
        <translation>Class code</translation>
    </message>
    <message>
        <source>主管部门</source>
        <translation>Authority</translation>
    </message>
    <message>
        <source>权属单位</source>
        <translation>Owner</translation>
    </message>
    <message>
        <source>养护单位</source>
        <translation>Maintained by</translation>
    </message>
    <message>
        <source>单元网格</source>
        <translation>Unit grid</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>街道</source>
        <translation>Street office</translation>
    </message>
    <message>
        <source>社区</source>
        <translation>Community</translation>
    </message>
    <message>
        <source>区域类别</source>
        <translation>Area class</translation>
    </message>
    <message>
        <source>面积（平方米）</source>
        <translation>Area (m²)</translation>
    </message>
    <message>
        <source>周长（米）</source>
        <translation>Perimeter (m)</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>层数</source>
        <translation>Floors</translation>
    </message>
    <message>
        <source>宽度（米）</source>
        <translation>Width (m)</translation>
    </message>
    <message>
        <source>级别</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>上级</source>
        <translation>Part of</translation>
    </message>
    <message>
        <source>部件数</source>
        <translation>Components</translation>
    </message>
    <message>
        <source>完好</source>
        <translation>intact</translation>
    </message>
    <message>
        <source>破损</source>
        <translation>damaged</translation>
    </message>
    <message>
        <source>丢失</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>废弃</source>
        <translation>abandoned</translation>
    </message>
    <message>
        <source>已移除</source>
        <translation>removed</translation>
    </message>
    <message>
        <source>市</source>
        <translation>city</translation>
    </message>
    <message>
        <source>区</source>
        <translation>district</translation>
    </message>
    <message>
        <source>快速路</source>
        <translation>expressway</translation>
    </message>
    <message>
        <source>主干路</source>
        <translation>main road</translation>
    </message>
    <message>
        <source>次干路</source>
        <translation>secondary road</translation>
    </message>
    <message>
        <source>支路</source>
        <translation>side road</translation>
    </message>
    <message>
        <source>街巷</source>
        <translation>lane</translation>
    </message>
    <message>
        <source>河流</source>
        <translation>river</translation>
    </message>
    <message>
        <source>湖泊</source>
        <translation>lake</translation>
    </message>
    <message>
        <source>河渠</source>
        <translation>canal</translation>
    </message>
    <message>
        <source>公园</source>
        <translation>park</translation>
    </message>
    <message>
        <source>绿化带</source>
        <translation>green strip</translation>
    </message>
    <message>
        <source>广场</source>
        <translation>square</translation>
    </message>
    <message>
        <source>核心区域</source>
        <translation>core</translation>
    </message>
    <message>
        <source>一般区域</source>
        <translation>general</translation>
    </message>
    <message>
        <source>城乡结合部</source>
        <translation>fringe</translation>
    </message>
    <message>
        <source>上一个（↑）</source>
        <translation>Previous (↑)</translation>
    </message>
    <message>
        <source>下一个（↓）</source>
        <translation>Next (↓)</translation>
    </message>
    <message>
        <source>关闭（Esc）</source>
        <translation>Close (Esc)</translation>
    </message>
    <message>
        <source>此处共 {} 项</source>
        <translation>{} things here</translation>
    </message>
</context>
<context>
    <name>InsideCard</name>
    <message>
        <source>区内派遣给</source>
        <translation>Dispatch inside to</translation>
    </message>
    <message>
        <source>可不填</source>
        <translation>optional</translation>
    </message>
    <message>
        <source>办理要求</source>
        <translation>Requirement</translation>
    </message>
    <message>
        <source>请选择区内单位</source>
        <translation>Choose a unit of the district</translation>
    </message>
</context>
<context>
    <name>LayerDetail</name>
    <message>
        <source>不透明度</source>
        <translation>Opacity</translation>
    </message>
    <message>
        <source>上移一层 (Alt+↑)</source>
        <translation>Move up (Alt+↑)</translation>
    </message>
    <message>
        <source>下移一层 (Alt+↓)</source>
        <translation>Move down (Alt+↓)</translation>
    </message>
    <message>
        <source>从地图上移除 (Delete)</source>
        <translation>Remove from the map (Delete)</translation>
    </message>
    <message>
        <source>重试</source>
        <translation>Retry</translation>
    </message>
</context>
<context>
    <name>LayerReasons</name>
    <message>
        <source>找不到数据库文件</source>
        <translation>Database file not found</translation>
    </message>
    <message>
        <source>连不上数据库服务器</source>
        <translation>The database server cannot be reached</translation>
    </message>
    <message>
        <source>读不出来，文件或数据表可能已损坏</source>
        <translation>Cannot be read: the file or table may be damaged</translation>
    </message>
    <message>
        <source>缺少样式文件</source>
        <translation>Style file missing</translation>
    </message>
    <message>
        <source>样式用不了</source>
        <translation>The style cannot be used</translation>
    </message>
    <message>
        <source>绘制时出错</source>
        <translation>Error while drawing</translation>
    </message>
    <message>
        <source>文件不在原来的位置</source>
        <translation>The file is no longer where it was</translation>
    </message>
    <message>
        <source>不是支持的格式，或内容与扩展名不符</source>
        <translation>Not a supported format, or contents and ending do not match</translation>
    </message>
    <message>
        <source>只接受本机文件，网络来源不读取</source>
        <translation>Local files only: nothing is read from the network</translation>
    </message>
    <message>
        <source>没有坐标信息（缺少坐标系或坐标文件）</source>
        <translation>No georeference (coordinate system or world file missing)</translation>
    </message>
    <message>
        <source>本程序没有这个图层</source>
        <translation>This program has no such layer</translation>
    </message>
    <message>
        <source>项目里有两个相同标识的图层，采用上面的一个</source>
        <translation>The project has two layers of this key: the upper one is taken</translation>
    </message>
    <message>
        <source>项目文件内容有误</source>
        <translation>The project file is not sound</translation>
    </message>
    <message>
        <source>项目文件过大</source>
        <translation>The project file is too large</translation>
    </message>
    <message>
        <source>当前账号无权读取数据库中的 QGIS 项目，请系统管理员重新运行 server init</source>
        <translation>This account may not read the QGIS project in the database: have the administrator run server init again</translation>
    </message>
    <message>
        <source>没有显示出来</source>
        <translation>Not shown</translation>
    </message>
    <message>
        <source>重新复制完整的文件后点“重试”，或从地图上移除</source>
        <translation>Copy the whole file again and choose Retry, or remove it from the map</translation>
    </message>
    <message>
        <source>请系统管理员检查数据库，修复后点“重试”；其余图层照常显示</source>
        <translation>Have the administrator check the database, then choose Retry; the other layers are shown as usual</translation>
    </message>
    <message>
        <source>连接恢复后自动显示</source>
        <translation>Shown by itself when the connection is back</translation>
    </message>
    <message>
        <source>把文件放回原处后点“重试”，或从地图上移除</source>
        <translation>Put the file back and choose Retry, or remove it from the map</translation>
    </message>
    <message>
        <source>请用 QGIS 转换为 GeoTIFF 或 MBTiles 再添加</source>
        <translation>Convert it to GeoTIFF or MBTiles with QGIS, then add it</translation>
    </message>
    <message>
        <source>请把文件复制到本机再添加</source>
        <translation>Copy the file to this computer, then add it</translation>
    </message>
    <message>
        <source>请在 QGIS 中指定坐标系，或补上坐标文件（.pgw、.jgw）</source>
        <translation>Set its coordinate system in QGIS, or add its world file (.pgw, .jgw)</translation>
    </message>
    <message>
        <source>请重新安装本程序</source>
        <translation>Install this program again</translation>
    </message>
    <message>
        <source>请 GIS 人员在 QGIS 中检查该图层的样式</source>
        <translation>Have GIS staff check this layer&apos;s style in QGIS</translation>
    </message>
    <message>
        <source>影像 {size} 像素，没有金字塔，全图时会慢：请用 QGIS 或 gdaladdo 建立金字塔</source>
        <translation>Imagery of {size} pixels without pyramids is slow from afar: build pyramids with QGIS or gdaladdo</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>图层图例</source>
        <translation>Layers</translation>
    </message>
    <message>
        <source>添加影像或栅格底图…</source>
        <translation>Add imagery or raster map…</translation>
    </message>
    <message>
        <source>全部显示</source>
        <translation>Show all</translation>
    </message>
    <message>
        <source>展开图例</source>
        <translation>Show legend</translation>
    </message>
    <message>
        <source>收起图例</source>
        <translation>Hide legend</translation>
    </message>
    <message>
        <source>项目附加图层（QGIS）</source>
        <translation>Extra layers of the project (QGIS)</translation>
    </message>
    <message>
        <source>影像底图</source>
        <translation>Imagery</translation>
    </message>
    <message>
        <source>在办案卷</source>
        <translation>Open cases</translation>
    </message>
    <message>
        <source>按阶段</source>
        <translation>By stage</translation>
    </message>
    <message>
        <source>按时限</source>
        <translation>By limit</translation>
    </message>
    <message>
        <source>责任区</source>
        <translation>Units&apos; areas</translation>
    </message>
    <message>
        <source>当前比例尺 1 : {}</source>
        <translation>Scale 1 : {}</translation>
    </message>
    <message>
        <source>无法载入</source>
        <translation>cannot be loaded</translation>
    </message>
    <message>
        <source>较慢</source>
        <translation>slow</translation>
    </message>
    <message>
        <source>在当前比例尺下不显示</source>
        <translation>Not shown at this scale</translation>
    </message>
    <message>
        <source>1:{} 起显示</source>
        <translation>shown from 1:{}</translation>
    </message>
    <message>
        <source>1:{} 以外显示</source>
        <translation>shown beyond 1:{}</translation>
    </message>
    <message>
        <source>在当前比例尺下不显示：{range}</source>
        <translation>Not shown at this scale: {range}</translation>
    </message>
    <message>
        <source>来自 QGIS 项目，请在 QGIS 中修改</source>
        <translation>From the QGIS project: change it in QGIS</translation>
    </message>
    <message>
        <source>影像与栅格 ({patterns})</source>
        <translation>Imagery and rasters ({patterns})</translation>
    </message>
    <message>
        <source>添加影像或栅格底图</source>
        <translation>Add imagery or raster map</translation>
    </message>
</context>
<context>
    <name>Lists</name>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>LockCover</name>
    <message>
        <source>屏幕已锁定</source>
        <translation>Screen locked</translation>
    </message>
    <message>
        <source>{who} 于 {time} 锁定。案卷照常计时，新的变化解锁后即可看到。</source>
        <translation>Locked by {who} at {time}. The clocks of cases run on; what is new shows once unlocked.</translation>
    </message>
    <message>
        <source>输入密码解锁</source>
        <translation>Password to unlock</translation>
    </message>
    <message>
        <source>换人登录</source>
        <translation>Sign in as another</translation>
    </message>
    <message>
        <source>解锁</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>正在核对…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>密码不对，请重新输入。</source>
        <translation>The password is not right; enter it again.</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>请选择岗位和人员，进入工作台</source>
        <translation>Choose a post and a person to start work</translation>
    </message>
    <message>
        <source>输入姓名或单位查找</source>
        <translation>Find by name or unit</translation>
    </message>
    <message>
        <source>进入工作台</source>
        <translation>Start work</translation>
    </message>
    <message>
        <source>演示城市不设密码</source>
        <translation>The demo city has no passwords</translation>
    </message>
    <message>
        <source>{n} 人</source>
        <translation>{n}</translation>
    </message>
</context>
<context>
    <name>LooksPage</name>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Posts</translation>
    </message>
    <message>
        <source>案卷</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>人员、案卷号或理由</source>
        <translation>Person, case no. or reason</translation>
    </message>
    <message>
        <source>保存期满，自动删除</source>
        <translation>Kept for its full term, deleted by itself</translation>
    </message>
    <message>
        <source>删除：{why}</source>
        <translation>Deleted: {why}</translation>
    </message>
    <message>
        <source>{who}曾在一小时内查看 {n} 次以上，请核对是否工作需要。</source>
        <translation>Looked {n} times or more within an hour: {who}. Check whether the work needed it.</translation>
    </message>
</context>
<context>
    <name>Lookup</name>
    <message>
        <source>此处没有可查询的部件</source>
        <translation>No component here</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>城市管理指挥工作站</source>
        <translation>City Management Workstation</translation>
    </message>
    <message>
        <source>{city} · {name}（{post}）— 城市管理指挥工作站</source>
        <translation>{city} · {name} ({post}) — City Management Workstation</translation>
    </message>
    <message>
        <source>{who} 于 {time} 交班，等待接班</source>
        <translation>{who} handed over at {time}, waiting for takeover</translation>
    </message>
    <message>
        <source>接班</source>
        <translation>Take over</translation>
    </message>
</context>
<context>
    <name>ManyUnits</name>
    <message>
        <source>请至少勾选一个单位</source>
        <translation>Tick at least one unit</translation>
    </message>
</context>
<context>
    <name>MapBar</name>
    <message>
        <source>跟随主图：位置和比例尺</source>
        <translation>Follow the main map: place and scale</translation>
    </message>
    <message>
        <source>跟随主图：仅位置</source>
        <translation>Follow the main map: place only</translation>
    </message>
    <message>
        <source>独立浏览</source>
        <translation>Browse freely</translation>
    </message>
    <message>
        <source>本窗口的图层</source>
        <translation>Layers of this window</translation>
    </message>
    <message>
        <source>鹰眼</source>
        <translation>Overview</translation>
    </message>
    <message>
        <source>热力图</source>
        <translation>Heat map</translation>
    </message>
    <message>
        <source>时间轴：看案卷当时的情形</source>
        <translation>Timeline: cases as they stood</translation>
    </message>
    <message>
        <source>跟随主图</source>
        <translation>Follows main map</translation>
    </message>
    <message>
        <source>跟随位置</source>
        <translation>Follows place</translation>
    </message>
    <message>
        <source>独立</source>
        <translation>Free</translation>
    </message>
    <message>
        <source>部分案卷</source>
        <translation>Some cases</translation>
    </message>
    <message>
        <source>全部案卷</source>
        <translation>All cases</translation>
    </message>
    <message>
        <source>本窗口显示哪些案卷</source>
        <translation>Which cases this window shows</translation>
    </message>
</context>
<context>
    <name>MapBridge</name>
    <message>
        <source>地图正在启动</source>
        <translation>Map is starting</translation>
    </message>
    <message>
        <source>地图定义文件 {file} 的「{key}」有错误，地图不能绘制</source>
        <translation>“{key}” in the map definition {file} is wrong; the map cannot be drawn</translation>
    </message>
    <message>
        <source>地图不可用</source>
        <translation>No map</translation>
    </message>
    <message>
        <source>地图 QGIS {version}</source>
        <translation>Map QGIS {version}</translation>
    </message>
    <message>
        <source>地图正在重启</source>
        <translation>Map is restarting</translation>
    </message>
    <message>
        <source>没有找到 QGIS：请安装 python3-qgis 后重新启动。其余功能照常可用。</source>
        <translation>QGIS was not found: install python3-qgis and start again. Everything else works.</translation>
    </message>
    <message>
        <source>地图进程反复退出，仍在重试。其余功能照常可用。</source>
        <translation>The map process keeps ending; still trying. Everything else works.</translation>
    </message>
    <message>
        <source>地图不能绘制，其余功能照常可用。</source>
        <translation>The map cannot be drawn. Everything else works.</translation>
    </message>
    <message>
        <source>图层「{title}」读不出来</source>
        <translation>Layer “{title}” cannot be read</translation>
    </message>
    <message>
        <source>图层「{title}」有问题</source>
        <translation>Layer “{title}” has a problem</translation>
    </message>
</context>
<context>
    <name>MapCanvas</name>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>(Esc 取消)</source>
        <translation>(Esc to cancel)</translation>
    </message>
</context>
<context>
    <name>MapExport</name>
    <message>
        <source>导出地图</source>
        <translation>Export map</translation>
    </message>
    <message>
        <source>没有找到 QGIS，地图不能导出</source>
        <translation>QGIS was not found; the map cannot be exported</translation>
    </message>
    <message>
        <source>只能导出 PDF 或 PNG，纸张 A4 或 A3</source>
        <translation>Only PDF or PNG, on A4 or A3, can be exported</translation>
    </message>
    <message>
        <source>文件写不进去，请换一个文件夹：{detail}</source>
        <translation>The file cannot be written; choose another folder: {detail}</translation>
    </message>
    <message>
        <source>地图没有导出，详情已写入日志</source>
        <translation>The map was not exported; see the log</translation>
    </message>
</context>
<context>
    <name>MapExportDialog</name>
    <message>
        <source>{city}城市管理地图</source>
        <translation>City management map of {city}</translation>
    </message>
    <message>
        <source>印在页面下方，可不填</source>
        <translation>Printed at the foot of the page, optional</translation>
    </message>
    <message>
        <source>PDF 文档</source>
        <translation>PDF document</translation>
    </message>
    <message>
        <source>PNG 图片</source>
        <translation>PNG picture</translation>
    </message>
    <message>
        <source>纸张</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>格式</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>标题</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>PDF 文档 (*.pdf)</source>
        <translation>PDF document (*.pdf)</translation>
    </message>
    <message>
        <source>PNG 图片 (*.png)</source>
        <translation>PNG picture (*.png)</translation>
    </message>
    <message>
        <source>导出地图</source>
        <translation>Export map</translation>
    </message>
    <message>
        <source>{city} · {time}</source>
        <translation>{city} · {time}</translation>
    </message>
    <message>
        <source>仅当前视图</source>
        <translation>Current view only</translation>
    </message>
    <message>
        <source>横向</source>
        <translation>Landscape</translation>
    </message>
    <message>
        <source>纵向</source>
        <translation>Portrait</translation>
    </message>
    <message>
        <source>适合当前视图</source>
        <translation>Fit the current view</translation>
    </message>
    <message>
        <source>视野内的案卷</source>
        <translation>Cases in view</translation>
    </message>
    <message>
        <source>选中的 {n} 件</source>
        <translation>The {n} selected</translation>
    </message>
    <message>
        <source>不印案卷</source>
        <translation>No cases</translation>
    </message>
    <message>
        <source>图例</source>
        <translation>Legend</translation>
    </message>
    <message>
        <source>案卷列表</source>
        <translation>List of cases</translation>
    </message>
    <message>
        <source>责任区（按屏幕显示）</source>
        <translation>Areas of responsibility (as on the screen)</translation>
    </message>
    <message>
        <source>隐藏的图层不导出；报案人信息不会印出</source>
        <translation>Hidden layers are left out; who reported a case is never printed</translation>
    </message>
    <message>
        <source>正在绘制预览…</source>
        <translation>Drawing preview…</translation>
    </message>
    <message>
        <source>预览</source>
        <translation>Preview</translation>
    </message>
    <message>
        <source>方向</source>
        <translation>Orientation</translation>
    </message>
    <message>
        <source>比例尺</source>
        <translation>Scale</translation>
    </message>
    <message>
        <source>案卷</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>数据来源：{city}城市管理数据库，截至 {time}；坐标系 {crs}</source>
        <translation>Source: urban management database of {city}, as of {time}; coordinate system {crs}</translation>
    </message>
    <message>
        <source>预览没有画出来，可以直接导出</source>
        <translation>The preview could not be drawn; exporting is still possible</translation>
    </message>
    <message>
        <source>后台继续</source>
        <translation>Continue in background</translation>
    </message>
    <message>
        <source>正在绘制 {file}，地图可以照常使用</source>
        <translation>Drawing {file}; the map can be used meanwhile</translation>
    </message>
</context>
<context>
    <name>MapFilterDialog</name>
    <message>
        <source>「{name}」显示哪些案卷</source>
        <translation>Which cases “{name}” shows</translation>
    </message>
    <message>
        <source>只显示待我办理的</source>
        <translation>Only what waits for me</translation>
    </message>
    <message>
        <source>查找类别（不选即全部）</source>
        <translation>Find a class (none chosen: all)</translation>
    </message>
    <message>
        <source>查找单位（不选即全部）</source>
        <translation>Find a unit (none chosen: all)</translation>
    </message>
    <message>
        <source>阶段</source>
        <translation>Stage</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Time limit</translation>
    </message>
    <message>
        <source>全部显示</source>
        <translation>Show all</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>图例</source>
        <translation>Legend</translation>
    </message>
    <message>
        <source>责任区</source>
        <translation>Areas of responsibility</translation>
    </message>
    <message>
        <source>{stage}（{light}）</source>
        <translation>{stage} ({light})</translation>
    </message>
    <message>
        <source>案卷</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>另有 {n} 件未列出</source>
        <translation>{n} more not listed</translation>
    </message>
    <message>
        <source>范围内没有案卷</source>
        <translation>No cases in this view</translation>
    </message>
    <message>
        <source>号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>阶段</source>
        <translation>Stage</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Time limit</translation>
    </message>
</context>
<context>
    <name>MapSurface</name>
    <message>
        <source>QGIS {} 绘制</source>
        <translation>drawn by QGIS {}</translation>
    </message>
    <message>
        <source>地图绘制程序已退出，正在重新启动…案卷与操作不受影响</source>
        <translation>The map process has ended and is starting again… Cases and actions are not affected</translation>
    </message>
    <message>
        <source>没有找到带 QGIS 的 Python,请安装 python3-qgis</source>
        <translation>No Python with QGIS was found; install python3-qgis</translation>
    </message>
    <message>
        <source>地图绘制程序反复退出</source>
        <translation>The map process keeps ending</translation>
    </message>
    <message>
        <source>地图无法绘制：{}</source>
        <translation>The map cannot be drawn: {}</translation>
    </message>
    <message>
        <source>正在准备地图…</source>
        <translation>Preparing the map…</translation>
    </message>
</context>
<context>
    <name>MapThings</name>
    <message>
        <source>在此登记</source>
        <translation>Register here</translation>
    </message>
    <message>
        <source>案卷号</source>
        <translation>Case number</translation>
    </message>
    <message>
        <source>未编号</source>
        <translation>no number yet</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>处置单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Time limit</translation>
    </message>
    <message>
        <source>打开案卷</source>
        <translation>Open case</translation>
    </message>
    <message>
        <source>周边查询</source>
        <translation>Query around</translation>
    </message>
    <message>
        <source>最近队伍</source>
        <translation>Nearest crews</translation>
    </message>
    <message>
        <source>案卷</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>案卷（另有 {} 件）</source>
        <translation>Case (and {} more)</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>车牌</source>
        <translation>Plate</translation>
    </message>
    <message>
        <source>位置时间</source>
        <translation>Position of</translation>
    </message>
    <message>
        <source>看轨迹</source>
        <translation>Track</translation>
    </message>
    <message>
        <source>在手案卷</source>
        <translation>Cases in hand</translation>
    </message>
    <message>
        <source>距点击处</source>
        <translation>From the click</translation>
    </message>
    <message>
        <source>{} 米</source>
        <translation>{} m</translation>
    </message>
    <message>
        <source>养护单位</source>
        <translation>Maintainer</translation>
    </message>
    <message>
        <source>部件</source>
        <translation>Components</translation>
    </message>
    <message>
        <source>部件（另有 {} 个）</source>
        <translation>Component (and {} more)</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>宽度</source>
        <translation>Width</translation>
    </message>
    <message>
        <source>沿路查询</source>
        <translation>Query along it</translation>
    </message>
    <message>
        <source>道路</source>
        <translation>Roads</translation>
    </message>
    <message>
        <source>无名道路</source>
        <translation>unnamed road</translation>
    </message>
    <message>
        <source>层数</source>
        <translation>Floors</translation>
    </message>
    <message>
        <source>无名建筑</source>
        <translation>unnamed building</translation>
    </message>
    <message>
        <source>建筑</source>
        <translation>Building</translation>
    </message>
    <message>
        <source>网格编码</source>
        <translation>Grid code</translation>
    </message>
    <message>
        <source>网格内查询</source>
        <translation>Query the grid</translation>
    </message>
    <message>
        <source>单元网格</source>
        <translation>Grid</translation>
    </message>
    <message>
        <source>区域内查询</source>
        <translation>Query the area</translation>
    </message>
    <message>
        <source>编码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>{names} 等 {n} 类</source>
        <translation>{names} and others, {n} classes</translation>
    </message>
    <message>
        <source>显示责任区</source>
        <translation>Show area</translation>
    </message>
    <message>
        <source>责任区内查询</source>
        <translation>Query the area</translation>
    </message>
    <message>
        <source>责任单位</source>
        <translation>Unit in charge</translation>
    </message>
    <message>
        <source>职责</source>
        <translation>Duties</translation>
    </message>
</context>
<context>
    <name>MapWindows</name>
    <message>
        <source>主图</source>
        <translation>Main map</translation>
    </message>
    <message>
        <source>地图 {n}</source>
        <translation>Map {n}</translation>
    </message>
</context>
<context>
    <name>MapWork</name>
    <message>
        <source>拉框查询部件和案卷（Ctrl+Alt+Q）</source>
        <translation>Query components and cases in a box (Ctrl+Alt+Q)</translation>
    </message>
    <message>
        <source>多边形查询：双击或回车闭合</source>
        <translation>Query in a polygon: double-click or Enter closes it</translation>
    </message>
    <message>
        <source>圆形查询：从圆心拖出半径</source>
        <translation>Query in a circle: drag from the centre</translation>
    </message>
    <message>
        <source>看今天的轨迹</source>
        <translation>Show today&apos;s track</translation>
    </message>
    <message>
        <source>在手案卷</source>
        <translation>Cases in hand</translation>
    </message>
    <message>
        <source>放大到此</source>
        <translation>Zoom to it</translation>
    </message>
    <message>
        <source>查询此处的一切</source>
        <translation>Everything here</translation>
    </message>
    <message>
        <source>此处最近的队伍</source>
        <translation>Nearest crews from here</translation>
    </message>
    <message>
        <source>此处</source>
        <translation>Here</translation>
    </message>
    <message>
        <source>此处周边查询…</source>
        <translation>Query around here…</translation>
    </message>
    <message>
        <source>在此登记案卷</source>
        <translation>Register a case here</translation>
    </message>
    <message>
        <source>先选中一个案卷</source>
        <translation>Select a case first</translation>
    </message>
    <message>
        <source>这个案卷没有位置</source>
        <translation>This case has no position</translation>
    </message>
    <message>
        <source>{} 的在手案卷</source>
        <translation>Cases in hand of {}</translation>
    </message>
    <message>
        <source>{name} 电话 {phone}</source>
        <translation>{name} telephone {phone}</translation>
    </message>
    <message>
        <source>通讯录</source>
        <translation>Contacts</translation>
    </message>
    <message>
        <source>本岗位不登记案卷</source>
        <translation>This post does not register cases</translation>
    </message>
</context>
<context>
    <name>MarkerCursor</name>
    <message>
        <source>{n} 件</source>
        <translation>{n} cases</translation>
    </message>
    <message>
        <source>已选 · </source>
        <translation>selected · </translation>
    </message>
    <message>
        <source>{sign}{what}（{place}/{count}）</source>
        <translation>{sign}{what} ({place}/{count})</translation>
    </message>
</context>
<context>
    <name>MeasureTool</name>
    <message>
        <source>{} 千米</source>
        <translation>{} km</translation>
    </message>
    <message>
        <source>{} 米</source>
        <translation>{} m</translation>
    </message>
    <message>
        <source>{} 亩</source>
        <translation>{} mu</translation>
    </message>
    <message>
        <source>{} 平方千米</source>
        <translation>{} km²</translation>
    </message>
    <message>
        <source>{} 公顷</source>
        <translation>{} ha</translation>
    </message>
    <message>
        <source>{} 平方米</source>
        <translation>{} m²</translation>
    </message>
    <message>
        <source>{} 段</source>
        <translation>{} legs</translation>
    </message>
    <message>
        <source>边界自相交，没有面积</source>
        <translation>The border crosses itself: no area</translation>
    </message>
    <message>
        <source>周长 {}</source>
        <translation>Perimeter {}</translation>
    </message>
    <message>
        <source>复制结果</source>
        <translation>Copy result</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>清除全部量测</source>
        <translation>Clear all measurements</translation>
    </message>
    <message>
        <source>已复制：{}</source>
        <translation>Copied: {}</translation>
    </message>
    <message>
        <source>捕捉部件和拐点：开（S 关）</source>
        <translation>Snap to components and corners: on (S: off)</translation>
    </message>
    <message>
        <source>捕捉：关（S 开）</source>
        <translation>Snap: off (S: on)</translation>
    </message>
</context>
<context>
    <name>Meeting</name>
    <message>
        <source>超期案卷</source>
        <translation>Overdue cases</translation>
    </message>
    <message>
        <source>回退案卷</source>
        <translation>Returned cases</translation>
    </message>
    <message>
        <source>责任争议</source>
        <translation>Duty disputed</translation>
    </message>
    <message>
        <source>重点案卷</source>
        <translation>Key cases</translation>
    </message>
    <message>
        <source>挂账案卷</source>
        <translation>Cases on hold</translation>
    </message>
</context>
<context>
    <name>MeetingPanel</name>
    <message>
        <source>议程</source>
        <translation>Agenda</translation>
    </message>
    <message>
        <source>历次会议</source>
        <translation>Past meetings</translation>
    </message>
    <message>
        <source>选择一件案卷</source>
        <translation>Choose a case</translation>
    </message>
    <message>
        <source>会议纪要…</source>
        <translation>Minutes…</translation>
    </message>
    <message>
        <source>结束会议…</source>
        <translation>End meeting…</translation>
    </message>
    <message>
        <source>开始会议</source>
        <translation>Start meeting</translation>
    </message>
    <message>
        <source>记录决定</source>
        <translation>Record decision</translation>
    </message>
    <message>
        <source>例会</source>
        <translation>Meeting</translation>
    </message>
    <message>
        <source>指挥手册没有规定例会</source>
        <translation>The handbook provides for no meeting</translation>
    </message>
    <message>
        <source>{time}&#x3000;{by}&#x3000;{n} 件，已决定 {done} 件{state}</source>
        <translation>{time}&#x3000;{by}&#x3000;{n} cases, {done} decided{state}</translation>
    </message>
    <message>
        <source>&#x3000;进行中</source>
        <translation>&#x3000;in progress</translation>
    </message>
    <message>
        <source>还没有开过会</source>
        <translation>No meetings yet</translation>
    </message>
    <message>
        <source>待议 {n} 件。会议开始后，议程即固定。</source>
        <translation>{n} cases to discuss. The agenda is fixed once the meeting starts.</translation>
    </message>
    <message>
        <source>会议进行中，{time} 开始，共 {n} 件，已决定 {done} 件</source>
        <translation>Meeting in progress since {time}: {n} cases, {done} decided</translation>
    </message>
    <message>
        <source>{time} 开会，共 {n} 件，决定 {done} 件</source>
        <translation>Meeting of {time}: {n} cases, {done} decided</translation>
    </message>
    <message>
        <source>没有要议的案卷</source>
        <translation>No cases to discuss</translation>
    </message>
    <message>
        <source>已决定</source>
        <translation>Decided</translation>
    </message>
    <message>
        <source>结束会议</source>
        <translation>End meeting</translation>
    </message>
    <message>
        <source>会议小结</source>
        <translation>Summary</translation>
    </message>
    <message>
        <source>保存会议纪要</source>
        <translation>Save minutes</translation>
    </message>
    <message>
        <source>PDF 文件 (*.pdf)</source>
        <translation>PDF files (*.pdf)</translation>
    </message>
    <message>
        <source>会议纪要 {day}.pdf</source>
        <translation>Minutes {day}.pdf</translation>
    </message>
    <message>
        <source>会议纪要已保存：{path}</source>
        <translation>Minutes saved: {path}</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>打开城市数据库…</source>
        <translation>Open city database…</translation>
    </message>
    <message>
        <source>生成演示城市…</source>
        <translation>Make demo city…</translation>
    </message>
    <message>
        <source>换人换岗…</source>
        <translation>Switch person or post…</translation>
    </message>
    <message>
        <source>锁定屏幕</source>
        <translation>Lock screen</translation>
    </message>
    <message>
        <source>修改密码…</source>
        <translation>Change password…</translation>
    </message>
    <message>
        <source>打开日志文件夹</source>
        <translation>Open log folder</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Quit</translation>
    </message>
    <message>
        <source>查找案卷</source>
        <translation>Find case</translation>
    </message>
    <message>
        <source>案卷详情</source>
        <translation>Case details</translation>
    </message>
    <message>
        <source>在地图上定位</source>
        <translation>Show on map</translation>
    </message>
    <message>
        <source>恢复默认布局</source>
        <translation>Default layout</translation>
    </message>
    <message>
        <source>日间 / 夜间</source>
        <translation>Day / night</translation>
    </message>
    <message>
        <source>全屏</source>
        <translation>Full screen</translation>
    </message>
    <message>
        <source>在地图上查找</source>
        <translation>Find on the map</translation>
    </message>
    <message>
        <source>全图</source>
        <translation>Whole map</translation>
    </message>
    <message>
        <source>全部案卷，并随案卷变化</source>
        <translation>All cases, and follow them</translation>
    </message>
    <message>
        <source>上一视图</source>
        <translation>Previous view</translation>
    </message>
    <message>
        <source>导出地图…</source>
        <translation>Export map…</translation>
    </message>
    <message>
        <source>责任区盲区与重叠</source>
        <translation>Gaps and overlaps of areas</translation>
    </message>
    <message>
        <source>推荐与自动派遣…</source>
        <translation>Recommending and automatic dispatch…</translation>
    </message>
    <message>
        <source>新建地图窗口</source>
        <translation>New map window</translation>
    </message>
    <message>
        <source>下一个地图窗口</source>
        <translation>Next map window</translation>
    </message>
    <message>
        <source>跟随主图 / 独立浏览</source>
        <translation>Follow main map / browse freely</translation>
    </message>
    <message>
        <source>重命名地图窗口…</source>
        <translation>Rename map window…</translation>
    </message>
    <message>
        <source>关闭地图窗口</source>
        <translation>Close map window</translation>
    </message>
    <message>
        <source>本窗口显示的案卷…</source>
        <translation>Cases of this window…</translation>
    </message>
    <message>
        <source>鹰眼</source>
        <translation>Overview</translation>
    </message>
    <message>
        <source>热力图…</source>
        <translation>Heat map…</translation>
    </message>
    <message>
        <source>时间轴</source>
        <translation>Timeline</translation>
    </message>
    <message>
        <source>查询此处的一切</source>
        <translation>Everything here</translation>
    </message>
    <message>
        <source>量测距离</source>
        <translation>Measure length</translation>
    </message>
    <message>
        <source>量测面积</source>
        <translation>Measure area</translation>
    </message>
    <message>
        <source>拉框查询</source>
        <translation>Query in a box</translation>
    </message>
    <message>
        <source>多边形查询</source>
        <translation>Query in a polygon</translation>
    </message>
    <message>
        <source>圆形查询</source>
        <translation>Query in a circle</translation>
    </message>
    <message>
        <source>查询地图中心的一切</source>
        <translation>Everything at the centre of the map</translation>
    </message>
    <message>
        <source>离当前案卷最近的队伍</source>
        <translation>Nearest crews to the current case</translation>
    </message>
    <message>
        <source>当前案卷周边查询</source>
        <translation>Query around the current case</translation>
    </message>
    <message>
        <source>清除全部量测</source>
        <translation>Clear all measurements</translation>
    </message>
    <message>
        <source>查询与量测</source>
        <translation>Query and measure</translation>
    </message>
    <message>
        <source>主图由其他地图窗口跟随，先点选要跟随的窗口</source>
        <translation>Other windows follow the main map: choose the one that is to follow first</translation>
    </message>
    <message>
        <source>主图没有别的名称</source>
        <translation>The main map keeps its name</translation>
    </message>
    <message>
        <source>主图不能关闭</source>
        <translation>The main map cannot be closed</translation>
    </message>
    <message>
        <source>快捷键</source>
        <translation>Shortcuts</translation>
    </message>
    <message>
        <source>地图：移动、缩放</source>
        <translation>Map: move, zoom</translation>
    </message>
    <message>
        <source>地图：回到全区</source>
        <translation>Map: back to the whole city</translation>
    </message>
    <message>
        <source>地图：上一个视图</source>
        <translation>Map: previous view</translation>
    </message>
    <message>
        <source>地图：自动保持全部案卷在视图内</source>
        <translation>Map: keep all cases in view</translation>
    </message>
    <message>
        <source>地图：下一件案卷</source>
        <translation>Map: next case</translation>
    </message>
    <message>
        <source>地图：选中这一件</source>
        <translation>Map: choose this case</translation>
    </message>
    <message>
        <source>地图：派给谁</source>
        <translation>Map: dispatch to whom</translation>
    </message>
    <message>
        <source>地图：放弃、收起、取消选择</source>
        <translation>Map: give up, fold, clear the choice</translation>
    </message>
    <message>
        <source>关于</source>
        <translation>About</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>File</translation>
    </message>
    <message>
        <source>案卷</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>视图</source>
        <translation>View</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>语言 / Language</source>
        <translation>Language / 语言</translation>
    </message>
    <message>
        <source>下次启动时，界面语言为{language}</source>
        <translation>From the next start on, the interface is in {language}</translation>
    </message>
    <message>
        <source>这个案卷没有位置</source>
        <translation>This case has no position</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>城市管理指挥工作站</source>
        <translation>City Management Workstation</translation>
    </message>
    <message>
        <source>版本 {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>指挥手册 {title}</source>
        <translation>Handbook {title}</translation>
    </message>
    <message>
        <source>数据库 {url}</source>
        <translation>Database {url}</translation>
    </message>
    <message>
        <source>派给谁…</source>
        <translation>Dispatch to whom…</translation>
    </message>
    <message>
        <source>撤销派遣</source>
        <translation>Undo dispatch</translation>
    </message>
    <message>
        <source>派遣结果…</source>
        <translation>Results of dispatch…</translation>
    </message>
    <message>
        <source>修改派遣要求…</source>
        <translation>Change requirement…</translation>
    </message>
    <message>
        <source>选择视图内全部案卷</source>
        <translation>Select all cases in view</translation>
    </message>
    <message>
        <source>反选（视图内）</source>
        <translation>Invert selection (in view)</translation>
    </message>
    <message>
        <source>取消选择</source>
        <translation>Clear selection</translation>
    </message>
    <message>
        <source>缩放到所选案卷</source>
        <translation>Zoom to selected cases</translation>
    </message>
    <message>
        <source>选择案卷</source>
        <translation>Choosing cases</translation>
    </message>
    <message>
        <source>演示：人员车辆走动</source>
        <translation>Demo: people and vehicles move</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>并入案卷</source>
        <translation>Merge into</translation>
    </message>
    <message>
        <source>重复案卷</source>
        <translation>Duplicate</translation>
    </message>
    <message>
        <source>同一地点同一问题</source>
        <translation>Same place, same problem</translation>
    </message>
    <message>
        <source>同一问题多人反映</source>
        <translation>Same problem, several reporters</translation>
    </message>
    <message>
        <source>被并入的案卷到此为止，它的全部计时停止；并入的案卷照常计时。</source>
        <translation>The merged case ends here and all its clocks stop; the case it joins runs on as before.</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>「{action}」已完成 · {case}</source>
        <translation>“{action}” done · {case}</translation>
    </message>
</context>
<context>
    <name>MilestoneCard</name>
    <message>
        <source>节点时限</source>
        <translation>Milestones</translation>
    </message>
</context>
<context>
    <name>MobileBranch</name>
    <message>
        <source>外勤人员与车辆</source>
        <translation>People and vehicles out</translation>
    </message>
</context>
<context>
    <name>Mobiles</name>
    <message>
        <source>采集员</source>
        <translation>Collectors</translation>
    </message>
    <message>
        <source>处置队伍</source>
        <translation>Crews</translation>
    </message>
    <message>
        <source>车辆</source>
        <translation>Vehicles</translation>
    </message>
    <message>
        <source>在岗</source>
        <translation>on duty</translation>
    </message>
    <message>
        <source>任务中</source>
        <translation>at a task</translation>
    </message>
    <message>
        <source>休息</source>
        <translation>resting</translation>
    </message>
    <message>
        <source>失联</source>
        <translation>silent</translation>
    </message>
    <message>
        <source>车牌 {}</source>
        <translation>Plate {}</translation>
    </message>
    <message>
        <source>{clock} 的位置，{ago}</source>
        <translation>Position of {clock}, {ago}</translation>
    </message>
    <message>
        <source>时速 {} 千米</source>
        <translation>{} km/h</translation>
    </message>
    <message>
        <source>在手案卷 {} 件</source>
        <translation>{} cases in hand</translation>
    </message>
    <message>
        <source>电话 {}</source>
        <translation>Telephone {}</translation>
    </message>
    <message>
        <source>刚刚</source>
        <translation>just now</translation>
    </message>
    <message>
        <source>{} 分钟前</source>
        <translation>{} min ago</translation>
    </message>
    <message>
        <source>{} 小时前</source>
        <translation>{} h ago</translation>
    </message>
    <message>
        <source>{} 天前</source>
        <translation>{} days ago</translation>
    </message>
</context>
<context>
    <name>NearbyBox</name>
    <message>
        <source>附近 {metres:g} 米、{hours:g} 小时内有同类未结案卷 {n} 件</source>
        <translation>Open cases of the class within {metres:g} m and {hours:g} h: {n}</translation>
    </message>
    <message>
        <source>{metres:.0f} 米 · {when}</source>
        <translation>{metres:.0f} m · {when}</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>并案</source>
        <translation>Merge</translation>
    </message>
</context>
<context>
    <name>NeedsServer</name>
    <message>
        <source>要用中心数据库的最新情况，恢复连接后再办</source>
        <translation>Needs the latest state from the central database; do it once the connection is back</translation>
    </message>
</context>
<context>
    <name>NewPassword</name>
    <message>
        <source>原密码</source>
        <translation>Old password</translation>
    </message>
    <message>
        <source>新密码</source>
        <translation>New password</translation>
    </message>
    <message>
        <source>再输一遍</source>
        <translation>Repeat</translation>
    </message>
    <message>
        <source>请输入原密码。</source>
        <translation>Enter the old password.</translation>
    </message>
    <message>
        <source>请输入新密码。</source>
        <translation>Enter the new password.</translation>
    </message>
    <message>
        <source>两次输入的新密码不一样，请重新输入。</source>
        <translation>The two new passwords differ; enter them again.</translation>
    </message>
</context>
<context>
    <name>NewPasswordPage</name>
    <message>
        <source>设置自己的密码</source>
        <translation>Set your own password</translation>
    </message>
    <message>
        <source>{name}，您好。密码由管理员给定或已用满期限，请设置自己的密码后再进入工作台。</source>
        <translation>Hello, {name}. Your password was given by the administrator or has run its term; set your own before you start work.</translation>
    </message>
    <message>
        <source>退出登录</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>保存并进入</source>
        <translation>Save and start work</translation>
    </message>
</context>
<context>
    <name>NotDoneDialog</name>
    <message>
        <source>案卷号</source>
        <translation>Case no.</translation>
    </message>
    <message>
        <source>为什么没有办</source>
        <translation>Why not done</translation>
    </message>
    <message>
        <source>现在</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>还能办吗</source>
        <translation>Still possible?</translation>
    </message>
    <message>
        <source>双击一行打开案卷</source>
        <translation>Double-click a row to open the case</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>重新办理</source>
        <translation>Do again</translation>
    </message>
    <message>
        <source>可以办</source>
        <translation>Possible</translation>
    </message>
    <message>
        <source>不能办</source>
        <translation>Not possible</translation>
    </message>
    <message>
        <source>对可办的 {n} 件重新办理</source>
        <translation>Do again where possible ({n})</translation>
    </message>
</context>
<context>
    <name>NoticeDialog</name>
    <message>
        <source>导入放假通知</source>
        <translation>Import holiday notice</translation>
    </message>
    <message>
        <source>把国务院办公厅放假通知的全文粘贴在这里，连同标题。</source>
        <translation>Paste the full text of the State Council&apos;s holiday notice here, with its title.</translation>
    </message>
    <message>
        <source>通知原文</source>
        <translation>Text of the notice</translation>
    </message>
    <message>
        <source>从文件打开</source>
        <translation>Open file</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>加入日历</source>
        <translation>Add to calendar</translation>
    </message>
    <message>
        <source>打开放假通知</source>
        <translation>Open holiday notice</translation>
    </message>
    <message>
        <source>文本文件 (*.txt)</source>
        <translation>Text files (*.txt)</translation>
    </message>
    <message>
        <source>“{name}”不是文本文件，请复制通知的文字再粘贴。</source>
        <translation>“{name}” is not a text file; copy the text of the notice and paste it.</translation>
    </message>
</context>
<context>
    <name>OneTimeDialog</name>
    <message>
        <source>一次性密码 · {name}</source>
        <translation>One-time password · {name}</translation>
    </message>
    <message>
        <source>密码只显示这一次。请当面或电话告知本人，{hours} 小时内有效，首次登录时须改成自己的密码。</source>
        <translation>The password is shown only this once. Tell it to the person face to face or by phone; it is valid for {hours} hours and has to be replaced by their own at the first sign-in.</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>工号 {person}</source>
        <translation>Staff no. {person}</translation>
    </message>
    <message>
        <source>已告知，关闭</source>
        <translation>Told, close</translation>
    </message>
    <message>
        <source>已复制</source>
        <translation>Copied</translation>
    </message>
</context>
<context>
    <name>OneUnit</name>
    <message>
        <source>没有这个单位，请从列表中选择</source>
        <translation>No such unit; choose from the list</translation>
    </message>
    <message>
        <source>请选择单位</source>
        <translation>Choose a unit</translation>
    </message>
</context>
<context>
    <name>OpeningPage</name>
    <message>
        <source>正在打开城市数据</source>
        <translation>Opening the city</translation>
    </message>
</context>
<context>
    <name>OrderCard</name>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>{n}/{all} 已响应</source>
        <translation>{n}/{all} responded</translation>
    </message>
    <message>
        <source>{time} 下达</source>
        <translation>Ordered {time}</translation>
    </message>
    <message>
        <source> · 限 {time} 前响应</source>
        <translation> · respond by {time}</translation>
    </message>
    <message>
        <source>{step} {time}，下达后 {took}</source>
        <translation>{step} {time}, {took} after the order</translation>
    </message>
    <message>
        <source>已等
{took}</source>
        <translation>Waiting
{took}</translation>
    </message>
    <message>
        <source>未响应</source>
        <translation>No response</translation>
    </message>
    <message>
        <source>本单位</source>
        <translation>This unit</translation>
    </message>
    <message>
        <source>代 {unit} 登记</source>
        <translation>Register for {unit}</translation>
    </message>
</context>
<context>
    <name>OutboxCard</name>
    <message>
        <source>待发与已发</source>
        <translation>Waiting and sent</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>立即重试</source>
        <translation>Try now</translation>
    </message>
    <message>
        <source>连不上中心数据库，自 {since}。列表、地图和案卷是截至 {as_of} 的情况。</source>
        <translation>The central database has been out of reach since {since}. Lists, map and cases are as of {as_of}.</translation>
    </message>
    <message>
        <source>{n} 秒后再试。</source>
        <translation>Next try in {n} s.</translation>
    </message>
    <message>
        <source>登记和办理照常：先存在本机，恢复后自动送出。</source>
        <translation>Registering and handling go on: all is kept on this computer first and sent by itself once the database is back.</translation>
    </message>
    <message>
        <source>中心数据库现在不能写入，正在重试。登记和办理先存在本机，恢复后自动送出。</source>
        <translation>The central database cannot be written at the moment, trying again. What you register and handle is kept on this computer first and sent by itself once that works.</translation>
    </message>
    <message>
        <source>已连接中心数据库。</source>
        <translation>Connected to the central database.</translation>
    </message>
    <message>
        <source>本机的待发文件已损坏，原文件保留在 {path}，请交给系统管理员。</source>
        <translation>What waited on this machine is damaged. The file is kept at {path}; give it to the administrator.</translation>
    </message>
    <message>
        <source>已不能按原来办理</source>
        <translation>No longer possible as entered</translation>
    </message>
    <message>
        <source>等待送出</source>
        <translation>Waiting to be sent</translation>
    </message>
    <message>
        <source>已送出</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>已不再送出</source>
        <translation>No longer to be sent</translation>
    </message>
    <message>
        <source>没有待发的操作</source>
        <translation>Nothing is waiting to be sent</translation>
    </message>
    <message>
        <source>{time} {who}（{post}）</source>
        <translation>{time} {who} ({post})</translation>
    </message>
    <message>
        <source>，{time} 送出</source>
        <translation>, sent {time}</translation>
    </message>
    <message>
        <source>等前一项</source>
        <translation>After previous</translation>
    </message>
    <message>
        <source>等本人登录</source>
        <translation>Needs sign-in</translation>
    </message>
    <message>
        <source>待发</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>待处理</source>
        <translation>To resolve</translation>
    </message>
    <message>
        <source>不再送出</source>
        <translation>Not sent</translation>
    </message>
    <message>
        <source>理由：{reason}</source>
        <translation>Reason: {reason}</translation>
    </message>
    <message>
        <source>同一案卷的前一项还没有办成，处理好前一项后自动接着送出</source>
        <translation>The previous action on this case is not done yet; once it is settled, this is sent by itself</translation>
    </message>
    <message>
        <source>案卷已被{who}于 {time} 办理（{what}）</source>
        <translation>{who} handled the case at {time} ({what})</translation>
    </message>
    <message>
        <source>案卷已被他人办理</source>
        <translation>Somebody else has handled the case</translation>
    </message>
    <message>
        <source>它所接续的前一项已不再送出</source>
        <translation>The action that it follows is no longer to be sent</translation>
    </message>
    <message>
        <source>没有这个案卷</source>
        <translation>There is no such case</translation>
    </message>
    <message>
        <source>这件案卷已不由本单位办理</source>
        <translation>This case is no longer handled by your unit</translation>
    </message>
    <message>
        <source>本机保存的内容读不出来，请重新填写</source>
        <translation>What was kept on this computer cannot be read; enter it again</translation>
    </message>
    <message>
        <source>没有办成（{code}），详情已写入日志</source>
        <translation>Not done ({code}); see the log</translation>
    </message>
    <message>
        <source>看案卷</source>
        <translation>View case</translation>
    </message>
    <message>
        <source>重新送出</source>
        <translation>Send again</translation>
    </message>
    <message>
        <source>要先看到案卷现在的情况，恢复连接后再办</source>
        <translation>The present state of the case has to be seen first; do it once the connection is back</translation>
    </message>
    <message>
        <source>不再送出…</source>
        <translation>Do not send…</translation>
    </message>
    <message>
        <source>不再送出「{what}」</source>
        <translation>Do not send “{what}”</translation>
    </message>
    <message>
        <source>已由他人办理</source>
        <translation>Handled by somebody else</translation>
    </message>
    <message>
        <source>情况已变化</source>
        <translation>Things have changed</translation>
    </message>
    <message>
        <source>重复登记</source>
        <translation>Registered twice</translation>
    </message>
</context>
<context>
    <name>Outcomes</name>
    <message>
        <source>案卷结案，全部计时停止。</source>
        <translation>The case is closed; all clocks stop.</translation>
    </message>
    <message>
        <source>退回原单位再次处置，处置时限重新计算，计返工一次。</source>
        <translation>Back to the same unit; the disposal limit starts anew and a rework is counted.</translation>
    </message>
    <message>
        <source>以不合格办结，评价时计入该单位。</source>
        <translation>Ended as unqualified; it counts against the unit in the evaluation.</translation>
    </message>
    <message>
        <source>回到待派遣，由派遣员改派其他单位。</source>
        <translation>Back to be dispatched; the dispatcher sends it to another unit.</translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>责任单位：{}</source>
        <translation>Unit: {}</translation>
    </message>
    <message>
        <source>已挂账，计时暂停</source>
        <translation>Suspended, clock stands still</translation>
    </message>
    <message>
        <source>{remaining}（截止 {due}）</source>
        <translation>{remaining} (due {due})</translation>
    </message>
    <message>
        <source>未定类别</source>
        <translation>Class open</translation>
    </message>
    <message>
        <source>突发事件</source>
        <translation>Emergency</translation>
    </message>
    <message>
        <source>{} 件案卷</source>
        <translation>{} cases</translation>
    </message>
    <message>
        <source>单击展开，Ctrl+单击全选</source>
        <translation>Click to open, Ctrl+click to select all</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>鹰眼</source>
        <translation>Overview</translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>受理登记</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>案卷列表</source>
        <translation>Case list</translation>
    </message>
    <message>
        <source>立案审核</source>
        <translation>Filing</translation>
    </message>
    <message>
        <source>任务派遣</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>协调会商</source>
        <translation>Coordination</translation>
    </message>
    <message>
        <source>处置反馈</source>
        <translation>Dispose</translation>
    </message>
    <message>
        <source>核查结案</source>
        <translation>Verify</translation>
    </message>
    <message>
        <source>案卷详情</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>图层图例</source>
        <translation>Layers</translation>
    </message>
    <message>
        <source>综合评价</source>
        <translation>Evaluation</translation>
    </message>
    <message>
        <source>指挥手册</source>
        <translation>Handbook</translation>
    </message>
    <message>
        <source>督办催办</source>
        <translation>Supervision</translation>
    </message>
    <message>
        <source>指挥调度</source>
        <translation>Operations</translation>
    </message>
    <message>
        <source>例会</source>
        <translation>Meeting</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>Handover</translation>
    </message>
    <message>
        <source>空间查询</source>
        <translation>Query areas</translation>
    </message>
    <message>
        <source>轨迹回放</source>
        <translation>Tracks</translation>
    </message>
    <message>
        <source>通讯录</source>
        <translation>Contacts</translation>
    </message>
    <message>
        <source>工作日历</source>
        <translation>Work calendar</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Accounts</translation>
    </message>
    <message>
        <source>审计</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>责任区检查</source>
        <translation>Check of areas</translation>
    </message>
</context>
<context>
    <name>PartiesCard</name>
    <message>
        <source>各方情况</source>
        <translation>Parties</translation>
    </message>
    <message>
        <source>在地图上显示各方责任区</source>
        <translation>Show the parties&apos; areas on the map</translation>
    </message>
    <message>
        <source>现主办</source>
        <translation>Lead now</translation>
    </message>
    <message>
        <source>被建议</source>
        <translation>Suggested</translation>
    </message>
    <message>
        <source>在办 {n}</source>
        <translation>{n} open</translation>
    </message>
    <message>
        <source> · 超期 {n}</source>
        <translation> · {n} overdue</translation>
    </message>
    <message>
        <source>待答复</source>
        <translation>To be answered</translation>
    </message>
    <message>
        <source>{when} 申请回退（{answer}）：{why}</source>
        <translation>{when} asked for return ({answer}): {why}</translation>
    </message>
</context>
<context>
    <name>PartsCard</name>
    <message>
        <source>子案卷 · {n} 件未办结，办结后方可结案</source>
        <translation>Child cases · {n} not ended; the case can close once they are</translation>
    </message>
    <message>
        <source>子案卷 · 已全部办结</source>
        <translation>Child cases · all ended</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
</context>
<context>
    <name>PasswordEdit</name>
    <message>
        <source>按住显示密码</source>
        <translation>Hold to show the password</translation>
    </message>
</context>
<context>
    <name>PendingCard</name>
    <message>
        <source>已申请</source>
        <translation>Asked for</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>延长</source>
        <translation>Extend by</translation>
    </message>
    <message>
        <source>挂账至</source>
        <translation>Suspend until</translation>
    </message>
    <message>
        <source>建议单位</source>
        <translation>Suggested unit</translation>
    </message>
    <message>
        <source>答复</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>{what} · 待{who}审批，计时不停</source>
        <translation>{what} · to be approved by {who}, clock runs on</translation>
    </message>
    <message>
        <source>{what} · 等待答复，计时不停</source>
        <translation>{what} · waiting for an answer, clock runs on</translation>
    </message>
    <message>
        <source>：{why}</source>
        <translation>: {why}</translation>
    </message>
    <message>
        <source>计时从未停止，须在 {due} 前完成（{left}）。</source>
        <translation>The clock never stopped; due {due} ({left}).</translation>
    </message>
    <message>
        <source>责任已裁定，不得再申请回退。</source>
        <translation>Settled by ruling: no further return may be asked for.</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message>
        <source>姓名、单位或岗位</source>
        <translation>Name, unit or post</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Posts</translation>
    </message>
    <message>
        <source>变更记录</source>
        <translation>Changes</translation>
    </message>
    <message>
        <source>没有岗位</source>
        <translation>No post</translation>
    </message>
    <message>
        <source>已停止采集</source>
        <translation>Not collecting</translation>
    </message>
    <message>
        <source>无需证书</source>
        <translation>No certificate needed</translation>
    </message>
    <message>
        <source>培训证书 {day} 到期</source>
        <translation>Certificate expires {day}</translation>
    </message>
    <message>
        <source>培训合格，至 {day}</source>
        <translation>Trained, valid to {day}</translation>
    </message>
    <message>
        <source>登记培训…</source>
        <translation>Register training…</translation>
    </message>
    <message>
        <source>恢复采集…</source>
        <translation>Resume collecting…</translation>
    </message>
    <message>
        <source>停止采集…</source>
        <translation>Stop collecting…</translation>
    </message>
    <message>
        <source>{time}&#x3000;{what}（{who}）</source>
        <translation>{time}&#x3000;{what} ({who})</translation>
    </message>
    <message>
        <source>授予岗位 {what}</source>
        <translation>Post granted: {what}</translation>
    </message>
    <message>
        <source>撤销岗位 {what}</source>
        <translation>Post revoked: {what}</translation>
    </message>
    <message>
        <source>培训合格，至 {what}</source>
        <translation>Trained, valid to {what}</translation>
    </message>
    <message>
        <source>停止采集：{what}</source>
        <translation>Collecting stopped: {what}</translation>
    </message>
    <message>
        <source>恢复采集：{what}</source>
        <translation>Collecting resumed: {what}</translation>
    </message>
    <message>
        <source>培训合格 · {name}</source>
        <translation>Training passed · {name}</translation>
    </message>
    <message>
        <source>证书有效期至</source>
        <translation>Certificate valid to</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>恢复采集</source>
        <translation>Resume collecting</translation>
    </message>
    <message>
        <source>停止采集</source>
        <translation>Stop collecting</translation>
    </message>
    <message>
        <source>重新培训合格</source>
        <translation>Trained again and passed</translation>
    </message>
    <message>
        <source>多次虚报</source>
        <translation>Repeated false reports</translation>
    </message>
    <message>
        <source>漏报严重</source>
        <translation>Serious failures to report</translation>
    </message>
    <message>
        <source>瞒报</source>
        <translation>Concealed problems</translation>
    </message>
</context>
<context>
    <name>PersonCombo</name>
    <message>
        <source>输入姓名查找</source>
        <translation>Find by name</translation>
    </message>
    <message>
        <source>（本网格）</source>
        <translation> (this grid)</translation>
    </message>
</context>
<context>
    <name>PhotoEntry</name>
    <message>
        <source>添加照片：点选、拖入，或按 Ctrl+Shift+V 粘贴</source>
        <translation>Add photos: click, drop, or paste with Ctrl+Shift+V</translation>
    </message>
    <message>
        <source>粘贴的照片.jpg</source>
        <translation>pasted photo.jpg</translation>
    </message>
    <message>
        <source>剪贴板里没有照片</source>
        <translation>There is no photo on the clipboard</translation>
    </message>
</context>
<context>
    <name>PhotoPane</name>
    <message>
        <source>没有照片</source>
        <translation>No photos</translation>
    </message>
    <message>
        <source>正在读取</source>
        <translation>Reading</translation>
    </message>
</context>
<context>
    <name>PhotoStrip</name>
    <message>
        <source>添加照片</source>
        <translation>Add photos</translation>
    </message>
    <message>
        <source>选择照片</source>
        <translation>Choose photos</translation>
    </message>
    <message>
        <source>照片 (*.jpg *.jpeg *.png *.webp *.bmp)</source>
        <translation>Photos (*.jpg *.jpeg *.png *.webp *.bmp)</translation>
    </message>
</context>
<context>
    <name>PhotoViewer</name>
    <message>
        <source>照片</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>上一张</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一张</source>
        <translation>Next</translation>
    </message>
</context>
<context>
    <name>Photos</name>
    <message>
        <source>处置前</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>处置后</source>
        <translation>After</translation>
    </message>
    <message>
        <source>核实</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>核查</source>
        <translation>Verify</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photos</translation>
    </message>
</context>
<context>
    <name>Phrases</name>
    <message>
        <source>临近时限，请尽快处置并反馈</source>
        <translation>Due soon: please dispose and feed back at once</translation>
    </message>
    <message>
        <source>群众反映强烈，请优先办理</source>
        <translation>Many complaints: please handle first</translation>
    </message>
    <message>
        <source>已超期，请说明原因并立即处置</source>
        <translation>Overdue: give the reason and dispose at once</translation>
    </message>
    <message>
        <source>请注意现场安全</source>
        <translation>Mind safety on the spot</translation>
    </message>
    <message>
        <source>请补充照片</source>
        <translation>Please add photos</translation>
    </message>
    <message>
        <source>重复上报</source>
        <translation>Reported twice</translation>
    </message>
    <message>
        <source>不属于城市管理范围</source>
        <translation>Not a matter of city management</translation>
    </message>
    <message>
        <source>问题已自行消除</source>
        <translation>The problem is gone</translation>
    </message>
    <message>
        <source>不符合立案条件</source>
        <translation>Does not meet a filing condition</translation>
    </message>
    <message>
        <source>现场未发现问题</source>
        <translation>No problem found on the spot</translation>
    </message>
    <message>
        <source>类别有误，请更正</source>
        <translation>Wrong class, please correct</translation>
    </message>
    <message>
        <source>位置不清，请核实</source>
        <translation>Position unclear, please check</translation>
    </message>
    <message>
        <source>照片不清晰，请补充</source>
        <translation>Photos unclear, please add better ones</translation>
    </message>
    <message>
        <source>涉嫌违法，移送执法部门</source>
        <translation>Suspected offence, for law enforcement</translation>
    </message>
    <message>
        <source>不属于本区管辖</source>
        <translation>Not in this district</translation>
    </message>
    <message>
        <source>不属于本单位职责</source>
        <translation>Not this unit&apos;s duty</translation>
    </message>
    <message>
        <source>权属单位有误</source>
        <translation>Wrong owner</translation>
    </message>
    <message>
        <source>不在本辖区</source>
        <translation>Not in this area</translation>
    </message>
    <message>
        <source>需要采购配件</source>
        <translation>Parts have to be bought</translation>
    </message>
    <message>
        <source>受天气影响无法施工</source>
        <translation>Weather prevents the work</translation>
    </message>
    <message>
        <source>需要夜间施工</source>
        <translation>Work has to be done at night</translation>
    </message>
    <message>
        <source>需立项审批</source>
        <translation>Needs a project approval</translation>
    </message>
    <message>
        <source>需与产权单位协商</source>
        <translation>Needs talks with the owner</translation>
    </message>
    <message>
        <source>理由不充分</source>
        <translation>Reason not sufficient</translation>
    </message>
    <message>
        <source>经核对属本单位职责</source>
        <translation>Found to be this unit&apos;s duty</translation>
    </message>
    <message>
        <source>情况属实，同意上报</source>
        <translation>Confirmed, agreed to report up</translation>
    </message>
    <message>
        <source>已现场核对</source>
        <translation>Checked on the spot</translation>
    </message>
    <message>
        <source>请按要求限时处置</source>
        <translation>Please dispose as required and within the limit</translation>
    </message>
    <message>
        <source>先做好现场围挡，再行修复</source>
        <translation>Fence off the spot first, then repair</translation>
    </message>
    <message>
        <source>现场未处置到位</source>
        <translation>Not fully disposed of on the spot</translation>
    </message>
    <message>
        <source>照片与现场不符</source>
        <translation>Photos do not match the spot</translation>
    </message>
    <message>
        <source>请于规定时间前办结并书面回复</source>
        <translation>Please finish by the set time and reply in writing</translation>
    </message>
    <message>
        <source>请说明逾期原因和整改措施</source>
        <translation>Please give the reason for the delay and the remedy</translation>
    </message>
    <message>
        <source>请单位负责人现场督促落实</source>
        <translation>Head of the unit: please see to it on the spot</translation>
    </message>
    <message>
        <source>请主要负责同志亲自过问，限期解决</source>
        <translation>Head of the unit: please handle it in person and solve it by the set time</translation>
    </message>
    <message>
        <source>注意安全，防止发生次生事故</source>
        <translation>Mind safety and prevent further accidents</translation>
    </message>
    <message>
        <source>举一反三，排查同类问题</source>
        <translation>Learn from this and look for similar problems</translation>
    </message>
    <message>
        <source>已安排人员到场处置</source>
        <translation>Staff sent to the spot</translation>
    </message>
    <message>
        <source>已办结，现场照片随反馈上报</source>
        <translation>Done, photos follow with the feedback</translation>
    </message>
    <message>
        <source>需采购配件，预计三日内完成</source>
        <translation>Parts have to be bought, expected within three days</translation>
    </message>
    <message>
        <source>领导批示件</source>
        <translation>Instruction from the leadership</translation>
    </message>
    <message>
        <source>媒体关注</source>
        <translation>Media attention</translation>
    </message>
    <message>
        <source>群众多次反映</source>
        <translation>Repeated complaints</translation>
    </message>
    <message>
        <source>问题已基本解决</source>
        <translation>Problem mostly solved</translation>
    </message>
    <message>
        <source>误列</source>
        <translation>Marked by mistake</translation>
    </message>
    <message>
        <source>已制定处置方案</source>
        <translation>Disposal plan made</translation>
    </message>
    <message>
        <source>正在施工</source>
        <translation>Work in progress</translation>
    </message>
    <message>
        <source>等待配件到货</source>
        <translation>Waiting for parts</translation>
    </message>
    <message>
        <source>权属不清，两家单位均称不属本单位</source>
        <translation>Owner unclear, both units say it is not theirs</translation>
    </message>
    <message>
        <source>位于辖区交界处</source>
        <translation>On the border between areas</translation>
    </message>
    <message>
        <source>多次回退，需明确责任</source>
        <translation>Returned several times, duty must be settled</translation>
    </message>
    <message>
        <source>协调未达成一致</source>
        <translation>Coordination reached no agreement</translation>
    </message>
    <message>
        <source>超出本级协调权限</source>
        <translation>Beyond this level&apos;s power to coordinate</translation>
    </message>
    <message>
        <source>经协调，维持原责任单位</source>
        <translation>After coordination, the unit stays responsible</translation>
    </message>
    <message>
        <source>按属地管理原则确定</source>
        <translation>Decided by area</translation>
    </message>
    <message>
        <source>按权属关系确定</source>
        <translation>Decided by ownership</translation>
    </message>
    <message>
        <source>现场随手处置，已恢复</source>
        <translation>Mended on the spot, restored</translation>
    </message>
    <message>
        <source>已劝离，现场恢复正常</source>
        <translation>Moved on, the spot is back to normal</translation>
    </message>
    <message>
        <source>经核查产权资料确定</source>
        <translation>Decided from the property records</translation>
    </message>
    <message>
        <source>经会议研究确定</source>
        <translation>Decided at a meeting</translation>
    </message>
    <message>
        <source>反映人表示满意</source>
        <translation>The reporter is satisfied</translation>
    </message>
    <message>
        <source>电话无人接听</source>
        <translation>No answer to the call</translation>
    </message>
    <message>
        <source>占道影响通行</source>
        <translation>Blocks the way</translation>
    </message>
    <message>
        <source>有异味、市民反映强烈</source>
        <translation>Smells, many complaints</translation>
    </message>
    <message>
        <source>面积约2平方米</source>
        <translation>About 2 square metres</translation>
    </message>
    <message>
        <source>反复出现</source>
        <translation>Keeps coming back</translation>
    </message>
    <message>
        <source>破损</source>
        <translation>damaged</translation>
    </message>
    <message>
        <source>缺失，存在安全隐患</source>
        <translation>Missing, a hazard</translation>
    </message>
    <message>
        <source>松动、倾斜</source>
        <translation>Loose or leaning</translation>
    </message>
    <message>
        <source>不亮</source>
        <translation>Does not light</translation>
    </message>
    <message>
        <source>堵塞、外溢</source>
        <translation>Blocked, overflowing</translation>
    </message>
    <message>
        <source>读数超过警戒值</source>
        <translation>Reading above the warning value</translation>
    </message>
    <message>
        <source>读数持续升高</source>
        <translation>Reading keeps rising</translation>
    </message>
    <message>
        <source>设备离线，无法读数</source>
        <translation>Device offline, no reading</translation>
    </message>
    <message>
        <source>现场无此问题</source>
        <translation>No such problem on the spot</translation>
    </message>
    <message>
        <source>与已有案卷重复</source>
        <translation>Duplicate of another case</translation>
    </message>
    <message>
        <source>位置不清，联系不上反映人</source>
        <translation>Position unclear, the reporter cannot be reached</translation>
    </message>
    <message>
        <source>已当场解答</source>
        <translation>Answered at once</translation>
    </message>
    <message>
        <source>已告知主管部门及电话</source>
        <translation>Told the authority and its phone number</translation>
    </message>
    <message>
        <source>已告知办理进度</source>
        <translation>Told how the case stands</translation>
    </message>
    <message>
        <source>同一地点同一问题</source>
        <translation>Same place, same problem</translation>
    </message>
    <message>
        <source>同一问题多人反映</source>
        <translation>Same problem, several reporters</translation>
    </message>
    <message>
        <source>位置不准确，请重新核对</source>
        <translation>Position inexact, please check again</translation>
    </message>
    <message>
        <source>照片不清晰，请补拍</source>
        <translation>Photos unclear, please take new ones</translation>
    </message>
    <message>
        <source>描述不清，请补充</source>
        <translation>Description unclear, please add to it</translation>
    </message>
    <message>
        <source>测试案卷</source>
        <translation>Test case</translation>
    </message>
    <message>
        <source>重复登记</source>
        <translation>Registered twice</translation>
    </message>
    <message>
        <source>请在时限内处置并反馈照片</source>
        <translation>Dispose within the limit and feed back photos</translation>
    </message>
    <message>
        <source>先设置围挡警示，再行修复</source>
        <translation>Fence off first, then repair</translation>
    </message>
    <message>
        <source>处置后清理现场</source>
        <translation>Clean up the spot afterwards</translation>
    </message>
    <message>
        <source>请牵头单位协调配合单位共同处置</source>
        <translation>Lead unit to work with the cooperating units</translation>
    </message>
    <message>
        <source>立案条件不符</source>
        <translation>Wrong filing condition</translation>
    </message>
    <message>
        <source>类别有误，权属不明</source>
        <translation>Wrong class, owner unclear</translation>
    </message>
    <message>
        <source>位置有误，请重新核实</source>
        <translation>Wrong position, please check again</translation>
    </message>
    <message>
        <source>已修复</source>
        <translation>Repaired</translation>
    </message>
    <message>
        <source>已更换</source>
        <translation>Replaced</translation>
    </message>
    <message>
        <source>已清理完毕</source>
        <translation>Cleaned up</translation>
    </message>
    <message>
        <source>已劝离，现场恢复</source>
        <translation>Moved on, the spot is restored</translation>
    </message>
    <message>
        <source>已设置警示并修复</source>
        <translation>Warning put up and repaired</translation>
    </message>
    <message>
        <source>不属本单位职责范围</source>
        <translation>Outside this unit&apos;s duties</translation>
    </message>
    <message>
        <source>不在本单位辖区</source>
        <translation>Outside this unit&apos;s area</translation>
    </message>
    <message>
        <source>权属为其他单位</source>
        <translation>Owned by another unit</translation>
    </message>
    <message>
        <source>位置描述有误，现场未找到</source>
        <translation>Wrong position, not found on the spot</translation>
    </message>
    <message>
        <source>需订购配件</source>
        <translation>Parts have to be ordered</translation>
    </message>
    <message>
        <source>连续降雨无法施工</source>
        <translation>Rain prevents the work</translation>
    </message>
    <message>
        <source>需办理占道施工手续</source>
        <translation>Needs a permit to occupy the road</translation>
    </message>
    <message>
        <source>工程量大，时限内无法完成</source>
        <translation>Too much work for the limit</translation>
    </message>
    <message>
        <source>列入改造计划，待统一实施</source>
        <translation>Part of a planned renewal</translation>
    </message>
    <message>
        <source>权属有争议，待协调</source>
        <translation>Ownership in dispute</translation>
    </message>
    <message>
        <source>需专项资金</source>
        <translation>Needs special funds</translation>
    </message>
    <message>
        <source>与已办案卷重复</source>
        <translation>Duplicate of a case already handled</translation>
    </message>
    <message>
        <source>情况属实，同意</source>
        <translation>Confirmed, granted</translation>
    </message>
    <message>
        <source>属你单位职责，请继续处置</source>
        <translation>It is your unit&apos;s duty, please go on</translation>
    </message>
    <message>
        <source>请在时限内完成</source>
        <translation>Please finish within the limit</translation>
    </message>
    <message>
        <source>情况属实</source>
        <translation>Confirmed</translation>
    </message>
    <message>
        <source>情况属实，已拍照</source>
        <translation>Confirmed, photos taken</translation>
    </message>
    <message>
        <source>位置不符</source>
        <translation>Position does not match</translation>
    </message>
    <message>
        <source>已处置到位</source>
        <translation>Fully disposed of</translation>
    </message>
    <message>
        <source>符合结案标准</source>
        <translation>Meets the closing standard</translation>
    </message>
    <message>
        <source>未处置</source>
        <translation>Not disposed of</translation>
    </message>
    <message>
        <source>处置不到位</source>
        <translation>Not fully disposed of</translation>
    </message>
    <message>
        <source>现场未清理</source>
        <translation>The spot is not cleaned up</translation>
    </message>
    <message>
        <source>问题反弹</source>
        <translation>The problem is back</translation>
    </message>
    <message>
        <source>未达到结案标准，请再次处置</source>
        <translation>Below the closing standard, please dispose again</translation>
    </message>
    <message>
        <source>请按核查意见整改</source>
        <translation>Please act on the verification opinion</translation>
    </message>
    <message>
        <source>多次处置仍不合格</source>
        <translation>Unqualified after several disposals</translation>
    </message>
    <message>
        <source>已无法补救</source>
        <translation>Beyond remedy</translation>
    </message>
    <message>
        <source>应由其他单位处置</source>
        <translation>Another unit should dispose of it</translation>
    </message>
    <message>
        <source>需更换牵头单位</source>
        <translation>Needs another lead unit</translation>
    </message>
    <message>
        <source>请抓紧办理</source>
        <translation>Please deal with it soon</translation>
    </message>
    <message>
        <source>即将超期，请按时反馈</source>
        <translation>Due soon: please feed back in time</translation>
    </message>
    <message>
        <source>已超期，请立即处置</source>
        <translation>Overdue: dispose at once</translation>
    </message>
    <message>
        <source>请说明进展和完成时间</source>
        <translation>Please state progress and finishing time</translation>
    </message>
    <message>
        <source>请主要负责人督促落实</source>
        <translation>The head of the unit is to see it done</translation>
    </message>
    <message>
        <source>请牵头单位尽快办结并报结果</source>
        <translation>Lead unit to finish soon and report the result</translation>
    </message>
    <message>
        <source>举一反三，全面排查</source>
        <translation>Learn from this and check for the same everywhere</translation>
    </message>
    <message>
        <source>正在处置，按期完成</source>
        <translation>In progress, will be done in time</translation>
    </message>
    <message>
        <source>今日完成</source>
        <translation>Done today</translation>
    </message>
    <message>
        <source>已加派人员</source>
        <translation>More people sent</translation>
    </message>
    <message>
        <source>同意，请按时限办理</source>
        <translation>Agreed, please keep to the limit</translation>
    </message>
    <message>
        <source>请安排专人负责</source>
        <translation>Please put one person in charge</translation>
    </message>
    <message>
        <source>人员已到场</source>
        <translation>People are on scene</translation>
    </message>
    <message>
        <source>已设置围挡警示</source>
        <translation>Fenced off with warnings</translation>
    </message>
    <message>
        <source>待配件到货</source>
        <translation>Waiting for parts</translation>
    </message>
    <message>
        <source>权属不明，多家单位均不认领</source>
        <translation>Owner unclear, no unit takes it on</translation>
    </message>
    <message>
        <source>位于两家辖区交界</source>
        <translation>On the border of two areas</translation>
    </message>
    <message>
        <source>两家单位对职责有争议</source>
        <translation>Two units dispute the duty</translation>
    </message>
    <message>
        <source>按属地管理，由该单位负责</source>
        <translation>By area, this unit is responsible</translation>
    </message>
    <message>
        <source>按权属，由该单位负责</source>
        <translation>By ownership, this unit is responsible</translation>
    </message>
    <message>
        <source>谁养护谁负责</source>
        <translation>Who maintains it is responsible</translation>
    </message>
    <message>
        <source>各方意见不一致，报请裁定</source>
        <translation>No agreement, ruling requested</translation>
    </message>
    <message>
        <source>请在时限内处置并报区</source>
        <translation>Dispose within the limit and report to the district</translation>
    </message>
    <message>
        <source>属地处置，报送前后照片</source>
        <translation>Dispose locally, send photos before and after</translation>
    </message>
    <message>
        <source>不属本单位职责</source>
        <translation>Not this unit&apos;s duty</translation>
    </message>
    <message>
        <source>改派其他单位</source>
        <translation>Send to another unit</translation>
    </message>
    <message>
        <source>改由区直接办理</source>
        <translation>The district handles it itself</translation>
    </message>
    <message>
        <source>小修小补，快速处置</source>
        <translation>Small repair, rapid disposal</translation>
    </message>
    <message>
        <source>先行排险，恢复原状</source>
        <translation>Remove the danger first, then restore</translation>
    </message>
    <message>
        <source>先行排险，责任后定</source>
        <translation>Remove the danger first, settle the duty later</translation>
    </message>
    <message>
        <source>危及安全，立即处置</source>
        <translation>Danger to safety, dispose at once</translation>
    </message>
    <message>
        <source>经核实权属明确</source>
        <translation>Checked: the owner is clear</translation>
    </message>
    <message>
        <source>经协调明确责任</source>
        <translation>Responsibility settled by coordination</translation>
    </message>
    <message>
        <source>群众反映强烈</source>
        <translation>Many complaints</translation>
    </message>
    <message>
        <source>领导交办</source>
        <translation>Assigned by the leadership</translation>
    </message>
    <message>
        <source>存在安全隐患</source>
        <translation>A hazard</translation>
    </message>
    <message>
        <source>媒体曝光</source>
        <translation>Reported in the media</translation>
    </message>
    <message>
        <source>涉嫌违法，移送查处</source>
        <translation>Suspected offence, transferred for investigation</translation>
    </message>
    <message>
        <source>多次劝改拒不整改</source>
        <translation>Told several times, refuses to put it right</translation>
    </message>
    <message>
        <source>对处置结果满意</source>
        <translation>Satisfied with the result</translation>
    </message>
    <message>
        <source>认为处置不彻底</source>
        <translation>Finds the disposal incomplete</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>回放时间</source>
        <translation>Time of playback</translation>
    </message>
    <message>
        <source>播放 / 暂停（空格）</source>
        <translation>Play / pause (Space)</translation>
    </message>
    <message>
        <source>回放速度</source>
        <translation>Speed of playback</translation>
    </message>
    <message>
        <source>{} 倍</source>
        <translation>{}×</translation>
    </message>
    <message>
        <source>退 10 分钟（Ctrl+←）</source>
        <translation>Back 10 min (Ctrl+←)</translation>
    </message>
    <message>
        <source>进 10 分钟(Ctrl+→)</source>
        <translation>On 10 min (Ctrl+→)</translation>
    </message>
</context>
<context>
    <name>PointView</name>
    <message>
        <source>会议决定</source>
        <translation>Decision</translation>
    </message>
    <message>
        <source>责任单位三日内办结，逾期通报</source>
        <translation>Responsible unit to finish within three days, or be named publicly</translation>
    </message>
    <message>
        <source>由主办单位牵头，相关单位配合</source>
        <translation>Lead unit in charge, the others to cooperate</translation>
    </message>
    <message>
        <source>转督查部门跟踪</source>
        <translation>Pass to the inspection office to follow up</translation>
    </message>
    <message>
        <source>下次例会再议</source>
        <translation>Take up again at the next meeting</translation>
    </message>
    <message>
        <source>决定：{words}</source>
        <translation>Decision: {words}</translation>
    </message>
    <message>
        <source>问题描述</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>主办单位</source>
        <translation>Lead unit</translation>
    </message>
    <message>
        <source>处置时限</source>
        <translation>Disposal limit</translation>
    </message>
    <message>
        <source>最近申请</source>
        <translation>Latest request</translation>
    </message>
    <message>
        <source>责任协调</source>
        <translation>Coordination</translation>
    </message>
    <message>
        <source>涉及单位</source>
        <translation>Units involved</translation>
    </message>
    <message>
        <source>只记录，不裁定</source>
        <translation>Record only, no ruling</translation>
    </message>
    <message>
        <source>责任裁定</source>
        <translation>Ruling</translation>
    </message>
    <message>
        <source>责任单位</source>
        <translation>Responsible unit</translation>
    </message>
    <message>
        <source>请填写会议决定</source>
        <translation>Enter the meeting&apos;s decision</translation>
    </message>
</context>
<context>
    <name>PositionEdit</name>
    <message>
        <source>输入地址后按回车定位，或在地图上点取</source>
        <translation>Type an address and press Enter, or pick on the map</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>地图取点</source>
        <translation>Pick point</translation>
    </message>
    <message>
        <source>在地图上点击问题位置（F2）</source>
        <translation>Click the position on the map (F2)</translation>
    </message>
    <message>
        <source>选部件</source>
        <translation>Pick component</translation>
    </message>
    <message>
        <source>在地图上点击出问题的部件（F3）</source>
        <translation>Click the component on the map (F3)</translation>
    </message>
    <message>
        <source>部件标识码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>点击问题所在位置</source>
        <translation>Click the position of the problem</translation>
    </message>
    <message>
        <source>点击出问题的部件</source>
        <translation>Click the component concerned</translation>
    </message>
    <message>
        <source>这里 30 米内没有部件</source>
        <translation>No component within 30 m</translation>
    </message>
    <message>
        <source>{name}&#x3000;{metres:.0f} 米&#x3000;{code}</source>
        <translation>{name} · {metres:.0f} m · {code}</translation>
    </message>
    <message>
        <source>没有标识码为 {code} 的部件</source>
        <translation>No component has the code {code}</translation>
    </message>
    <message>
        <source>权属 {owner} · 养护 {maintainer}</source>
        <translation>Owner {owner} · maintained by {maintainer}</translation>
    </message>
    <message>
        <source>地址中没有认得的道路或建筑，请在地图上取点</source>
        <translation>No known road or building in the address; pick a point on the map</translation>
    </message>
    <message>
        <source>只认出道路“{name}”，已定位到路段中间，请在地图上核对</source>
        <translation>Only the road “{name}” is known; placed at its middle, check it on the map</translation>
    </message>
    <message>
        <source>不在任何单元网格内</source>
        <translation>In no unit grid</translation>
    </message>
    <message>
        <source>单元网格</source>
        <translation>Unit grid</translation>
    </message>
    <message>
        <source>街道社区</source>
        <translation>Street, community</translation>
    </message>
    <message>
        <source>坐标</source>
        <translation>Coordinates</translation>
    </message>
    <message>
        <source>部件</source>
        <translation>Component</translation>
    </message>
</context>
<context>
    <name>PostPage</name>
    <message>
        <source>{name}，您好</source>
        <translation>Hello, {name}</translation>
    </message>
    <message>
        <source>请选择本次上岗的岗位，进入后可在右上角换岗。</source>
        <translation>Choose your post for this session; you can switch at the top right later.</translation>
    </message>
</context>
<context>
    <name>PostsOf</name>
    <message>
        <source>撤销</source>
        <translation>Revoke</translation>
    </message>
    <message>
        <source>授予岗位…</source>
        <translation>Grant post…</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Posts</translation>
    </message>
    <message>
        <source>授予岗位 · {name}</source>
        <translation>Grant post · {name}</translation>
    </message>
    <message>
        <source>授予</source>
        <translation>Grant</translation>
    </message>
    <message>
        <source>撤销 {name} 的岗位“{post}”？</source>
        <translation>Revoke the post “{post}” of {name}?</translation>
    </message>
    <message>
        <source>撤销岗位</source>
        <translation>Revoke post</translation>
    </message>
</context>
<context>
    <name>PrivateNote</name>
    <message>
        <source>移到联系电话</source>
        <translation>Move to phone</translation>
    </message>
    <message>
        <source>文字中有身份证号码。办理问题用不到，请删去。</source>
        <translation>There is an identity card number in the text. The problem can be handled without it; delete it.</translation>
    </message>
    <message>
        <source>文字中有电话号码 {number}。写在这里人人可见，也不能撤回。</source>
        <translation>There is a phone number in the text: {number}. Everybody can read it here, and it cannot be taken back.</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>正在派遣 {done} / {all}</source>
        <translation>Dispatching {done} of {all}</translation>
    </message>
</context>
<context>
    <name>ProjectBar</name>
    <message>
        <source>地图样式（QGIS 项目）</source>
        <translation>Map style (QGIS project)</translation>
    </message>
    <message>
        <source>恢复出厂样式</source>
        <translation>Back to the shipped style</translation>
    </message>
    <message>
        <source>使用数据库中的项目</source>
        <translation>Use the project in the database</translation>
    </message>
    <message>
        <source>使用城市数据库旁的项目</source>
        <translation>Use the project beside the city&apos;s database</translation>
    </message>
    <message>
        <source>选择 QGIS 项目…</source>
        <translation>Choose QGIS project…</translation>
    </message>
    <message>
        <source>写出 QGIS 项目…</source>
        <translation>Write QGIS project…</translation>
    </message>
    <message>
        <source>数据库中的项目</source>
        <translation>The project in the database</translation>
    </message>
    <message>
        <source>GIS 人员在 QGIS 中保存到城市数据库，各坐席自动更新</source>
        <translation>GIS staff save it from QGIS into the city&apos;s database; every seat follows</translation>
    </message>
    <message>
        <source>样式：{file} 用不了</source>
        <translation>Style: {file} cannot be used</translation>
    </message>
    <message>
        <source>样式：{file}（{n} 层）</source>
        <translation>Style: {file} ({n} layers)</translation>
    </message>
    <message>
        <source>样式：出厂</source>
        <translation>Style: as shipped</translation>
    </message>
    <message>
        <source>城市数据库中还没有 QGIS 项目</source>
        <translation>The city&apos;s database has no QGIS project yet</translation>
    </message>
    <message>
        <source>未采用「{layer}」：{why}</source>
        <translation>Not taken “{layer}”: {why}</translation>
    </message>
    <message>
        <source>QGIS 项目 (*.qgs *.qgz)</source>
        <translation>QGIS project (*.qgs *.qgz)</translation>
    </message>
    <message>
        <source>选择 QGIS 项目</source>
        <translation>Choose QGIS project</translation>
    </message>
    <message>
        <source>写出 QGIS 项目</source>
        <translation>Write QGIS project</translation>
    </message>
    <message>
        <source>QGIS 项目 (*.qgs)</source>
        <translation>QGIS project (*.qgs)</translation>
    </message>
    <message>
        <source>正在写出 QGIS 项目</source>
        <translation>Writing QGIS project</translation>
    </message>
    <message>
        <source>已写出 {file}：可在 QGIS 中打开、修改样式并保存</source>
        <translation>{file} written: open it in QGIS, change styles and save</translation>
    </message>
    <message>
        <source>QGIS 项目没有写出：{why}</source>
        <translation>The QGIS project was not written: {why}</translation>
    </message>
</context>
<context>
    <name>ProposalsPage</name>
    <message>
        <source>规则</source>
        <translation>Rule</translation>
    </message>
    <message>
        <source>责任单位</source>
        <translation>Responsible unit</translation>
    </message>
    <message>
        <source>出自案卷</source>
        <translation>From case</translation>
    </message>
    <message>
        <source>提出时间</source>
        <translation>Proposed at</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>纳入草稿</source>
        <translation>Add to draft</translation>
    </message>
    <message>
        <source>查看案卷</source>
        <translation>View case</translation>
    </message>
    <message>
        <source>没有案卷提出的规则</source>
        <translation>No rules proposed from cases</translation>
    </message>
    <message>
        <source>先行处置的案卷明确责任时，可以提出补入手册的规则</source>
        <translation>When a first-response case is settled, a rule can be proposed for the handbook</translation>
    </message>
    <message>
        <source>现行</source>
        <translation>In force</translation>
    </message>
    <message>
        <source>已在本版</source>
        <translation>In this edition</translation>
    </message>
    <message>
        <source>待纳入</source>
        <translation>To add</translation>
    </message>
    <message>
        <source>请先起草新版本</source>
        <translation>Draft a new edition first</translation>
    </message>
</context>
<context>
    <name>QueryArea</name>
    <message>
        <source>框选范围</source>
        <translation>Box</translation>
    </message>
    <message>
        <source>多边形</source>
        <translation>Polygon</translation>
    </message>
    <message>
        <source>圆形范围</source>
        <translation>Circle</translation>
    </message>
    <message>
        <source>周边</source>
        <translation>Around</translation>
    </message>
    <message>
        <source>道路沿线</source>
        <translation>Along a road</translation>
    </message>
    <message>
        <source>部件周边</source>
        <translation>Around a component</translation>
    </message>
    <message>
        <source>案卷周边</source>
        <translation>Around a case</translation>
    </message>
    <message>
        <source>单元网格</source>
        <translation>Grid</translation>
    </message>
    <message>
        <source>社区</source>
        <translation>Community</translation>
    </message>
    <message>
        <source>街道</source>
        <translation>Street office</translation>
    </message>
    <message>
        <source>区</source>
        <translation>District</translation>
    </message>
    <message>
        <source>责任区</source>
        <translation>Areas of responsibility</translation>
    </message>
    <message>
        <source>{} 米</source>
        <translation>{} m</translation>
    </message>
    <message>
        <source>这里没有范围：没有画出面，或该单位、案卷没有位置</source>
        <translation>No area here: none was drawn, or the unit or case has no place</translation>
    </message>
    <message>
        <source>边界自相交，请重画</source>
        <translation>The border crosses itself: draw it again</translation>
    </message>
    <message>
        <source>缓冲距离太大</source>
        <translation>The distance is too large</translation>
    </message>
    <message>
        <source>没有找到「{}」</source>
        <translation>“{}” not found</translation>
    </message>
</context>
<context>
    <name>QueryModel</name>
    <message>
        <source>案卷号</source>
        <translation>Case number</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>处置单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>上报时间</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>标识码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>单元网格</source>
        <translation>Grid</translation>
    </message>
    <message>
        <source>养护单位</source>
        <translation>Maintainer</translation>
    </message>
    <message>
        <source>类别代码</source>
        <translation>Class code</translation>
    </message>
    <message>
        <source>权属单位</source>
        <translation>Owner</translation>
    </message>
    <message>
        <source>经度</source>
        <translation>Longitude</translation>
    </message>
    <message>
        <source>纬度</source>
        <translation>Latitude</translation>
    </message>
</context>
<context>
    <name>QueryPanel</name>
    <message>
        <source>在地图上画出范围，或在这里填名称或编码</source>
        <translation>Draw an area on the map, or type a name or code here</translation>
    </message>
    <message>
        <source>空间查询</source>
        <translation>Query areas</translation>
    </message>
    <message>
        <source>部件</source>
        <translation>Components</translation>
    </message>
    <message>
        <source>在办案卷</source>
        <translation>Open cases</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>在地图上拉框</source>
        <translation>Draw a box on the map</translation>
    </message>
    <message>
        <source>在地图上画多边形</source>
        <translation>Draw a polygon on the map</translation>
    </message>
    <message>
        <source>在地图上画圆</source>
        <translation>Draw a circle on the map</translation>
    </message>
    <message>
        <source>范围种类</source>
        <translation>Kind of area</translation>
    </message>
    <message>
        <source>名称或编码，回车查询</source>
        <translation>Name or code, Enter to query</translation>
    </message>
    <message>
        <source>名称或编码</source>
        <translation>Name or code</translation>
    </message>
    <message>
        <source> 米</source>
        <translation> m</translation>
    </message>
    <message>
        <source>周边和沿线查询的缓冲距离</source>
        <translation>Distance for queries around and along</translation>
    </message>
    <message>
        <source>缓冲距离</source>
        <translation>Distance</translation>
    </message>
    <message>
        <source>明细</source>
        <translation>Rows</translation>
    </message>
    <message>
        <source>按类别</source>
        <translation>By class</translation>
    </message>
    <message>
        <source>按状态</source>
        <translation>By state</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>占比</source>
        <translation>Share</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>选中这些案卷</source>
        <translation>Select these cases</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>清除</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>全部类别</source>
        <translation>All classes</translation>
    </message>
    <message>
        <source>离「{}」最近的队伍和车辆，按道路距离</source>
        <translation>Crews and vehicles nearest to “{}”, along streets</translation>
    </message>
    <message>
        <source>正在查询 {} …</source>
        <translation>Querying {}…</translation>
    </message>
    <message>
        <source>查询已停止</source>
        <translation>Query stopped</translation>
    </message>
    <message>
        <source>{where}：{n} 个，用时 {s} 秒</source>
        <translation>{where}: {n}, in {s} s</translation>
    </message>
    <message>
        <source>（只看 {}）</source>
        <translation>(only {})</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>其余面板</source>
        <translation>Other panels</translation>
    </message>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>{title}（Ctrl+{n}）</source>
        <translation>{title} (Ctrl+{n})</translation>
    </message>
</context>
<context>
    <name>Readout</name>
    <message>
        <source>东经</source>
        <translation>E</translation>
    </message>
    <message>
        <source>西经</source>
        <translation>W</translation>
    </message>
    <message>
        <source>北纬</source>
        <translation>N</translation>
    </message>
    <message>
        <source>南纬</source>
        <translation>S</translation>
    </message>
    <message>
        <source>单击复制坐标</source>
        <translation>Click to copy the coordinates</translation>
    </message>
    <message>
        <source>单击选择比例尺</source>
        <translation>Click to choose a scale</translation>
    </message>
</context>
<context>
    <name>ReasonDialog</name>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>请填写理由</source>
        <translation>Give a reason</translation>
    </message>
</context>
<context>
    <name>RecordsPage</name>
    <message>
        <source>近一天</source>
        <translation>Last day</translation>
    </message>
    <message>
        <source>近七天</source>
        <translation>Last 7 days</translation>
    </message>
    <message>
        <source>近三十天</source>
        <translation>Last 30 days</translation>
    </message>
    <message>
        <source>近一年</source>
        <translation>Last year</translation>
    </message>
    <message>
        <source>刷新</source>
        <translation>Refresh</translation>
    </message>
    <message>
        <source>{n} 条</source>
        <translation>{n} entries</translation>
    </message>
    <message>
        <source>只列出最近 {n} 条，更早的请缩短期限后查找。</source>
        <translation>Only the latest {n} are listed; for earlier ones, shorten the period and look again.</translation>
    </message>
</context>
<context>
    <name>RecordsView</name>
    <message>
        <source>责任协调</source>
        <translation>Coordination</translation>
    </message>
    <message>
        <source>没有督办、协调和申请</source>
        <translation>No directions, coordination or requests</translation>
    </message>
</context>
<context>
    <name>Registrar</name>
    <message>
        <source>请选择核实人</source>
        <translation>Choose a checker</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>这一上报登记后并入已有案卷，自身的计时停止；已有案卷记下这一重复上报。</source>
        <translation>Once registered, this report is merged into the existing case and its own clocks stop; the existing case notes the duplicate.</translation>
    </message>
    <message>
        <source>答复内容</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>须由值班长或指挥长批准，提请人不能批准。</source>
        <translation>The shift leader or the commander must approve; not the person who asks.</translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <source>地图窗口的名称</source>
        <translation>Name of the map window</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>ReportModel</name>
    <message>
        <source>{name} · {figure}：点击查看案卷</source>
        <translation>{name} · {figure}: click to see the cases</translation>
    </message>
</context>
<context>
    <name>ReporterLine</name>
    <message>
        <source>复制电话</source>
        <translation>Copy phone</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>反映人要求撤回个人信息时，永久删除</source>
        <translation>Delete for good, when the reporter asks for their personal data to be withdrawn</translation>
    </message>
    <message>
        <source>隐藏</source>
        <translation>Hide</translation>
    </message>
    <message>
        <source>{n} 秒后隐藏</source>
        <translation>Hidden in {n} s</translation>
    </message>
    <message>
        <source>永久删除这件案卷的反映人信息</source>
        <translation>Delete the reporter&apos;s data of this case for good</translation>
    </message>
    <message>
        <source>理由（谁在何时删除会被记录）</source>
        <translation>Reason (who deletes it and when is recorded)</translation>
    </message>
    <message>
        <source>反映人信息已删除</source>
        <translation>Reporter&apos;s data deleted</translation>
    </message>
</context>
<context>
    <name>RequestCard</name>
    <message>
        <source>责任经协调裁定，不同意后不得再申请回退</source>
        <translation>Settled by ruling: once refused, no further return may be asked for</translation>
    </message>
    <message>
        <source>{unit}的申请</source>
        <translation>Request of {unit}</translation>
    </message>
    <message>
        <source>申请{kind}</source>
        <translation>Asks for {kind}</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Asked by</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>单位审批</source>
        <translation>Unit approval</translation>
    </message>
    <message>
        <source>建议单位</source>
        <translation>Suggested unit</translation>
    </message>
    <message>
        <source>延长</source>
        <translation>Extend by</translation>
    </message>
    <message>
        <source>挂账至</source>
        <translation>Suspend until</translation>
    </message>
    <message>
        <source>同意后</source>
        <translation>If granted</translation>
    </message>
    <message>
        <source>不同意</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>{who} {when} 同意</source>
        <translation>{who} agreed {when}</translation>
    </message>
    <message>
        <source>待单位负责人审批</source>
        <translation>Waiting for the unit leader</translation>
    </message>
    <message>
        <source>不同意{kind}申请</source>
        <translation>Refuse {kind}</translation>
    </message>
    <message>
        <source>不能同意：{why}</source>
        <translation>Cannot be granted: {why}</translation>
    </message>
    <message>
        <source>报派遣员答复，答复前计时不停。派遣员同意后：{then}</source>
        <translation>Goes to the dispatcher; the clock runs until the answer. If the dispatcher agrees: {then}</translation>
    </message>
    <message>
        <source>案卷回到待派遣，本次处置计时停止；重新派遣后从头计时。</source>
        <translation>The case is to be dispatched again; this disposal clock stops and starts anew with the next dispatch.</translation>
    </message>
    <message>
        <source>案卷作废，全部计时停止。</source>
        <translation>The case is void; all clocks stop.</translation>
    </message>
    <message>
        <source>处置计时暂停，恢复后接着计（现{left}）；到期 {until} 自动恢复。</source>
        <translation>The disposal clock stands still and goes on when resumed (now {left}); resumed by itself at {until}.</translation>
    </message>
    <message>
        <source>处置截止由 {before} 延至 {after}。</source>
        <translation>The disposal deadline moves from {before} to {after}.</translation>
    </message>
    <message>
        <source>案卷照常办理，时限不变。</source>
        <translation>The case goes on as before; the limit does not change.</translation>
    </message>
    <message>
        <source>单位继续处置，计时从未停止，仍须在 {due} 前完成（{left}）。</source>
        <translation>The unit goes on; the clock never stopped, due {due} ({left}).</translation>
    </message>
</context>
<context>
    <name>RequirementDialog</name>
    <message>
        <source>修改派遣要求 · {name} {n} 件</source>
        <translation>Change requirement · {name}, {n} cases</translation>
    </message>
    <message>
        <source>派遣要求 · {name} {n} 件</source>
        <translation>Requirement · {name}, {n} cases</translation>
    </message>
    <message>
        <source>未接收的案卷撤回后立即按新要求重新派遣，时限从现在重新计。</source>
        <translation>Cases not received yet are taken back and dispatched again at once with the new requirement; their time runs from now.</translation>
    </message>
    <message>
        <source>正在计算时限与负荷…</source>
        <translation>Calculating deadlines and load…</translation>
    </message>
    <message>
        <source>处置要求</source>
        <translation>Requirement</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>重新派遣</source>
        <translation>Dispatch again</translation>
    </message>
    <message>
        <source>派遣</source>
        <translation>Dispatch</translation>
    </message>
</context>
<context>
    <name>ResultsDialog</name>
    <message>
        <source>案卷号</source>
        <translation>Case number</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>双击一行打开案卷</source>
        <translation>Double-click a row to open its case</translation>
    </message>
    <message>
        <source>选中未办的</source>
        <translation>Select those not done</translation>
    </message>
    <message>
        <source>派遣要求…</source>
        <translation>Requirement…</translation>
    </message>
    <message>
        <source>全部撤回</source>
        <translation>Take all back</translation>
    </message>
    <message>
        <source>重新派遣未办的</source>
        <translation>Dispatch those not done again</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>派遣结果 · {name}</source>
        <translation>Results of dispatch · {name}</translation>
    </message>
    <message>
        <source>已办 {n} 件</source>
        <translation>{n} done</translation>
    </message>
    <message>
        <source>未办 {n} 件</source>
        <translation>{n} not done</translation>
    </message>
    <message>
        <source>他人先办 {n} 件</source>
        <translation>{n} done by others first</translation>
    </message>
    <message>
        <source>已停止，{n} 件没有派</source>
        <translation>Stopped: {n} not dispatched</translation>
    </message>
    <message>
        <source>已撤回 {n} 件</source>
        <translation>{n} taken back</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>他人先办</source>
        <translation>others were first</translation>
    </message>
    <message>
        <source>未办</source>
        <translation>not done</translation>
    </message>
    <message>
        <source>已撤回</source>
        <translation>taken back</translation>
    </message>
    <message>
        <source>待送出</source>
        <translation>to be sent</translation>
    </message>
    <message>
        <source>{action}，{due} 截止</source>
        <translation>{action}, due {due}</translation>
    </message>
    <message>
        <source>不能撤回</source>
        <translation>cannot be taken back</translation>
    </message>
    <message>
        <source>已办</source>
        <translation>done</translation>
    </message>
    <message>
        <source>没有派</source>
        <translation>not dispatched</translation>
    </message>
    <message>
        <source>已停止</source>
        <translation>Stopped</translation>
    </message>
</context>
<context>
    <name>SaveDialog</name>
    <message>
        <source>保存为新版工作日历</source>
        <translation>Save as a new edition of the work calendar</translation>
    </message>
    <message>
        <source>正在核对正在计时的时限…</source>
        <translation>Checking the running limits…</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>记入日历的版本记录，可不填</source>
        <translation>Kept in the calendar&apos;s history, optional</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>保存并重算时限</source>
        <translation>Save and recalculate limits</translation>
    </message>
    <message>
        <source>每周{day}：{before} 改为 {after}</source>
        <translation>Every {day}: {before} becomes {after}</translation>
    </message>
    <message>
        <source>休息</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>{n} 天的安排有变化：</source>
        <translation>Days changed: {n}</translation>
    </message>
    <message>
        <source>  {day} {name}：{before} → {after}</source>
        <translation>  {day} {name}: {before} → {after}</translation>
    </message>
    <message>
        <source>  其余 {n} 天见日历上的黄点</source>
        <translation>  For {n} more, see the yellow dots on the calendar</translation>
    </message>
    <message>
        <source>工作时间没有变化。</source>
        <translation>The work hours have not changed.</translation>
    </message>
</context>
<context>
    <name>ScaleBar</name>
    <message>
        <source>{} 千米</source>
        <translation>{} km</translation>
    </message>
    <message>
        <source>{} 米</source>
        <translation>{} m</translation>
    </message>
</context>
<context>
    <name>ScreenLock</name>
    <message>
        <source>城市管理指挥工作站</source>
        <translation>City Management Workstation</translation>
    </message>
</context>
<context>
    <name>Seals</name>
    <message>
        <source>记录内容被改动</source>
        <translation>Entry altered</translation>
    </message>
    <message>
        <source>记录被改写，校验值也重新计算过</source>
        <translation>Entry rewritten, its checksum recomputed as well</translation>
    </message>
    <message>
        <source>记录时间被改动</source>
        <translation>Time of the entry altered</translation>
    </message>
    <message>
        <source>记录被删除</source>
        <translation>Entry deleted</translation>
    </message>
    <message>
        <source>封存后插入的记录</source>
        <translation>Entry inserted after the seal</translation>
    </message>
    <message>
        <source>记录在日志中的位置被改动</source>
        <translation>Place of the entry in the log altered</translation>
    </message>
    <message>
        <source>与前一条记录不衔接</source>
        <translation>Does not link to the entry before</translation>
    </message>
    <message>
        <source>前面缺少记录</source>
        <translation>Entries missing before it</translation>
    </message>
    <message>
        <source>整个案卷被删除，共 {detail} 条记录</source>
        <translation>Whole case deleted, entries: {detail}</translation>
    </message>
    <message>
        <source>封存后插入的整个案卷，共 {detail} 条记录</source>
        <translation>Whole case inserted after the seal, entries: {detail}</translation>
    </message>
    <message>
        <source>封存的签名不符，封存被改动</source>
        <translation>The signature of the seal is not right, the seal was altered</translation>
    </message>
    <message>
        <source>之前的封存被删除或重做</source>
        <translation>An earlier seal was deleted or made anew</translation>
    </message>
    <message>
        <source>封存与前一天不衔接</source>
        <translation>The seal does not link to the day before</translation>
    </message>
    <message>
        <source>密钥 {detail} 不是本中心的</source>
        <translation>Key {detail} is not of this centre</translation>
    </message>
    <message>
        <source>封存目录已损坏</source>
        <translation>The index of seals is damaged</translation>
    </message>
    <message>
        <source>当天的记录与封存时不同，无法指明是哪一条</source>
        <translation>The day&apos;s entries differ from when it was sealed; which one cannot be told</translation>
    </message>
    <message>
        <source>登记表 {detail} 与封存时不同</source>
        <translation>Register {detail} differs from when it was sealed</translation>
    </message>
    <message>
        <source>与另存的封存值不符</source>
        <translation>Does not match the seal value kept elsewhere</translation>
    </message>
</context>
<context>
    <name>SealsPage</name>
    <message>
        <source>立即核验</source>
        <translation>Verify now</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>刷新</source>
        <translation>Refresh</translation>
    </message>
    <message>
        <source>%v / %m 条记录</source>
        <translation>%v / %m entries</translation>
    </message>
    <message>
        <source>问题</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>案卷</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Entry</translation>
    </message>
    <message>
        <source>封存日</source>
        <translation>Day sealed</translation>
    </message>
    <message>
        <source>记录数</source>
        <translation>Entries</translation>
    </message>
    <message>
        <source>日志号</source>
        <translation>Log no.</translation>
    </message>
    <message>
        <source>密钥</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>封存时间</source>
        <translation>Sealed at</translation>
    </message>
    <message>
        <source>只能看到部分案卷的岗位无法核验全部日志</source>
        <translation>A post that sees only some of the cases cannot verify the whole log</translation>
    </message>
    <message>
        <source>日志还没有封存过</source>
        <translation>The log has never been sealed</translation>
    </message>
    <message>
        <source>封存由审计人员在自己的机器上用密钥完成：workstation audit keygen，workstation audit seal</source>
        <translation>The auditor seals the log with a key on their own computer: workstation audit keygen, workstation audit seal</translation>
    </message>
    <message>
        <source>已封存至 {day}</source>
        <translation>Sealed up to {day}</translation>
    </message>
    <message>
        <source>，其后 {n} 天尚未封存</source>
        <translation>, days since then not yet sealed: {n}</translation>
    </message>
    <message>
        <source>未封存记录 {n} 条
最新封存值 {seal}
签名公钥 {key}</source>
        <translation>Entries not sealed: {n}
Latest seal value {seal}
Public key {key}</translation>
    </message>
    <message>
        <source>核验已停止</source>
        <translation>Verification stopped</translation>
    </message>
    <message>
        <source>未发现改动：{sealed} 条已封存记录与封存时一致，{open} 条未封存记录前后衔接</source>
        <translation>No alterations found: {sealed} sealed entries are as they were sealed, {open} entries not yet sealed link up</translation>
    </message>
    <message>
        <source>发现 {n} 处问题</source>
        <translation>Problems found: {n}</translation>
    </message>
    <message>
        <source>只列出前 {n} 处，其余请用命令行核验查看。</source>
        <translation>Only the first {n} are listed; verify on the command line to see the rest.</translation>
    </message>
    <message>
        <source>账号、查看、未遂操作和人员变更登记由 workstation audit verify 核验。</source>
        <translation>Accounts, looks, refused attempts and changes of people are verified by workstation audit verify.</translation>
    </message>
    <message>
        <source>日志号 {n}</source>
        <translation>Log no. {n}</translation>
    </message>
</context>
<context>
    <name>SearchEdit</name>
    <message>
        <source>查案卷：案卷号、地址、描述（Ctrl+F）</source>
        <translation>Find case: no., address, description (Ctrl+F)</translation>
    </message>
</context>
<context>
    <name>SeatLink</name>
    <message>
        <source>{n} 项已不能按原来办理，请查看</source>
        <translation>No longer possible as entered: {n}; please look</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>离线期间的 {n} 项已全部送出</source>
        <translation>All that was entered while offline has been sent ({n})</translation>
    </message>
    <message>
        <source>本机数据库</source>
        <translation>Local database</translation>
    </message>
    <message>
        <source>中心数据库</source>
        <translation>Central database</translation>
    </message>
    <message>
        <source>只读副本</source>
        <translation>Read-only copy</translation>
    </message>
    <message>
        <source>这里只供查看，办理请打开中心数据库</source>
        <translation>For viewing only; open the central database to handle cases</translation>
    </message>
    <message>
        <source>数据库磁盘已满</source>
        <translation>The database disk is full</translation>
    </message>
    <message>
        <source>数据库暂时只能读</source>
        <translation>The database is read-only for now</translation>
    </message>
    <message>
        <source>自 {time}</source>
        <translation>since {time}</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>正在重新连接</source>
        <translation>Reconnecting</translation>
    </message>
    <message>
        <source>登录已失效，请重新登录</source>
        <translation>You are no longer signed in. Please sign in again</translation>
    </message>
    <message>
        <source>{n} 项待发</source>
        <translation>{n} waiting to be sent</translation>
    </message>
    <message>
        <source>{n} 项待处理</source>
        <translation>{n} to resolve</translation>
    </message>
    <message>
        <source>写不进去的操作留在表单里，清理磁盘后再试</source>
        <translation>What cannot be written stays in its form; make room on the disk and try again</translation>
    </message>
    <message>
        <source>登记和办理照常：先存在本机，恢复后自动送出。点击查看</source>
        <translation>Registering and handling go on: all is kept on this computer first and sent by itself once the database is back. Click to show</translation>
    </message>
    <message>
        <source>截至 {time}</source>
        <translation>As of {time}</translation>
    </message>
</context>
<context>
    <name>SelectTool</name>
    <message>
        <source>减去 {n} 件 · 余 {all} 件</source>
        <translation>{n} taken away · {all} left</translation>
    </message>
    <message>
        <source>添加 {n} 件 · 共 {all} 件</source>
        <translation>{n} added · {all} in all</translation>
    </message>
    <message>
        <source>{n} 件</source>
        <translation>{n} cases</translation>
    </message>
</context>
<context>
    <name>Selecting</name>
    <message>
        <source>请先选择案卷</source>
        <translation>Select cases first</translation>
    </message>
    <message>
        <source>所选 {n} 件</source>
        <translation>{n} selected</translation>
    </message>
    <message>
        <source>视图内全部</source>
        <translation>All in view</translation>
    </message>
    <message>
        <source>反选（视图内）</source>
        <translation>Invert selection (in view)</translation>
    </message>
    <message>
        <source>缩放到所选</source>
        <translation>Zoom to selection</translation>
    </message>
    <message>
        <source>列出所选</source>
        <translation>List selection</translation>
    </message>
    <message>
        <source>同类别：{name}</source>
        <translation>Same class: {name}</translation>
    </message>
    <message>
        <source>同主办单位：{name}</source>
        <translation>Same lead unit: {name}</translation>
    </message>
    <message>
        <source>同网格</source>
        <translation>Same grid</translation>
    </message>
    <message>
        <source>责任区内：{name}</source>
        <translation>In the area of {name}</translation>
    </message>
    <message>
        <source>{send}…</source>
        <translation>{send}…</translation>
    </message>
    <message>
        <source>{send} {n} 件…</source>
        <translation>{send} {n}…</translation>
    </message>
    <message>
        <source>选择</source>
        <translation>Select</translation>
    </message>
    <message>
        <source>取消选择</source>
        <translation>Clear selection</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>派遣…</source>
        <translation>Dispatch…</translation>
    </message>
    <message>
        <source>选择派给谁（D 或 Enter）；也可把案卷拖到责任区、单位或队伍上</source>
        <translation>Choose who gets it (D or Enter); or drag the cases onto an area, a unit or a crew</translation>
    </message>
    <message>
        <source>选择</source>
        <translation>Select</translation>
    </message>
    <message>
        <source>取消选择（Esc）</source>
        <translation>Clear selection (Esc)</translation>
    </message>
    <message>
        <source>已选 {n} 件</source>
        <translation>{n} selected</translation>
    </message>
    <message>
        <source>其中 {n} 件不在当前筛选</source>
        <translation>{n} of them not in the current filter</translation>
    </message>
    <message>
        <source>{send}…</source>
        <translation>{send}…</translation>
    </message>
</context>
<context>
    <name>SheetPage</name>
    <message>
        <source>在文本中查看</source>
        <translation>View in text</translation>
    </message>
    <message>
        <source>照此增加</source>
        <translation>Add a copy</translation>
    </message>
    <message>
        <source>在选中的一项之后增加同样的一项，再作修改</source>
        <translation>Add a copy after the selected item, then change it</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>{n} 项</source>
        <translation>Items: {n}</translation>
    </message>
    <message>
        <source>{shown} / {n} 项</source>
        <translation>Items: {shown} / {n}</translation>
    </message>
    <message>
        <source>双击或直接键入可修改，回车确认</source>
        <translation>Double-click or type to change, Enter to confirm</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>请登录后进入工作台</source>
        <translation>Sign in to start work</translation>
    </message>
    <message>
        <source>工号或姓名</source>
        <translation>Staff no. or name</translation>
    </message>
    <message>
        <source>工号</source>
        <translation>Staff no.</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>打开另一个城市…</source>
        <translation>Open another city…</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>请输入工号。</source>
        <translation>Enter your staff number.</translation>
    </message>
    <message>
        <source>请输入密码。</source>
        <translation>Enter your password.</translation>
    </message>
    <message>
        <source>正在核对…</source>
        <translation>Checking…</translation>
    </message>
</context>
<context>
    <name>SignInsPage</name>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>事件</source>
        <translation>Event</translation>
    </message>
    <message>
        <source>经办</source>
        <translation>By</translation>
    </message>
    <message>
        <source>席位</source>
        <translation>Seat</translation>
    </message>
    <message>
        <source>账号、事件或席位</source>
        <translation>Account, event or seat</translation>
    </message>
    <message>
        <source>曾因多次输错密码被锁定：{who}</source>
        <translation>Locked after too many wrong passwords: {who}</translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>每个子案卷单独登记、立案、派遣；地点、来源与本案卷相同。子案卷全部办结后，本案卷才能结案。</source>
        <translation>Each child case is registered, filed and dispatched by itself; place and source are those of this case. This case can be closed only when all its child cases have ended.</translation>
    </message>
    <message>
        <source>再加一个</source>
        <translation>Add another</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>登记子案卷</source>
        <translation>Register child cases</translation>
    </message>
    <message>
        <source>子案卷 {n} 的问题描述</source>
        <translation>Description of child case {n}</translation>
    </message>
    <message>
        <source>去掉这一个</source>
        <translation>Remove this one</translation>
    </message>
    <message>
        <source>请填写第 {n} 个子案卷的问题描述，并选定类别</source>
        <translation>Enter the description of child case {n} and choose its class</translation>
    </message>
    <message>
        <source>已登记 {n} 个子案卷 · {code}</source>
        <translation>Child cases registered: {n} · {code}</translation>
    </message>
</context>
<context>
    <name>StagePanel</name>
    <message>
        <source>请选择一件案卷</source>
        <translation>Choose a case</translation>
    </message>
    <message>
        <source>急</source>
        <translation>E</translation>
    </message>
    <message>
        <source>重点</source>
        <translation>Key case</translation>
    </message>
    <message>
        <source>第{n}次</source>
        <translation>no. {n}</translation>
    </message>
    <message>
        <source>待回复</source>
        <translation>Reply due</translation>
    </message>
    <message>
        <source>协调</source>
        <translation>Coord.</translation>
    </message>
    <message>
        <source>快速</source>
        <translation>Rapid</translation>
    </message>
    <message>
        <source>先行</source>
        <translation>First</translation>
    </message>
    <message>
        <source>现在读不到这件案卷</source>
        <translation>This case cannot be read now</translation>
    </message>
    <message>
        <source>连接恢复后自动读出；看过的案卷仍可办理</source>
        <translation>Read by itself once the connection is back; cases seen before can still be handled</translation>
    </message>
    <message>
        <source>这件案卷现在不在本环节</source>
        <translation>This case is not in this stage now</translation>
    </message>
    <message>
        <source>{code} · 当前状态：{state}</source>
        <translation>{code} · state: {state}</translation>
    </message>
    <message>
        <source>{what}后：{effects}</source>
        <translation>After {what}: {effects}</translation>
    </message>
</context>
<context>
    <name>Stages</name>
    <message>
        <source>信息收集</source>
        <translation>Collect</translation>
    </message>
    <message>
        <source>案卷建立</source>
        <translation>Build</translation>
    </message>
    <message>
        <source>任务派遣</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>问题处理</source>
        <translation>Dispose</translation>
    </message>
    <message>
        <source>结果反馈</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>核实结案</source>
        <translation>Verify</translation>
    </message>
    <message>
        <source>综合评价</source>
        <translation>Evaluate</translation>
    </message>
    <message>
        <source>信息</source>
        <translation>Collect</translation>
    </message>
    <message>
        <source>案卷</source>
        <translation>Build</translation>
    </message>
    <message>
        <source>任务</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>问题</source>
        <translation>Dispose</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>核实</source>
        <translation>Verify</translation>
    </message>
    <message>
        <source>综合</source>
        <translation>Rate</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>待办</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>临期</source>
        <translation>Due soon</translation>
    </message>
    <message>
        <source>超期</source>
        <translation>Overdue</translation>
    </message>
</context>
<context>
    <name>SuggestionRow</name>
    <message>
        <source>点选为主办单位（Alt+{n}）</source>
        <translation>Click to make it the lead unit (Alt+{n})</translation>
    </message>
    <message>
        <source>在办 {n}</source>
        <translation>{n} open</translation>
    </message>
    <message>
        <source> · 超期 {n}</source>
        <translation> · {n} overdue</translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>退回单位建议</source>
        <translation>Suggested on return</translation>
    </message>
    <message>
        <source>养护单位</source>
        <translation>Maintainer</translation>
    </message>
    <message>
        <source>权属单位</source>
        <translation>Owner</translation>
    </message>
    <message>
        <source>主管部门</source>
        <translation>Authority</translation>
    </message>
    <message>
        <source>职责对口</source>
        <translation>By duty</translation>
    </message>
    <message>
        <source>手册认定</source>
        <translation>Handbook rule</translation>
    </message>
    <message>
        <source>属地</source>
        <translation>By area</translation>
    </message>
    <message>
        <source>紧邻属地</source>
        <translation>area next to it</translation>
    </message>
    <message>
        <source>队伍最近</source>
        <translation>nearest crew</translation>
    </message>
    <message>
        <source>办过同类</source>
        <translation>did the like before</translation>
    </message>
    <message>
        <source>曾退回</source>
        <translation>Returned it</translation>
    </message>
    <message>
        <source>不在其责任区</source>
        <translation>not its area</translation>
    </message>
    <message>
        <source>{n} 米</source>
        <translation>{n} m</translation>
    </message>
    <message>
        <source>{n} 公里</source>
        <translation>{n} km</translation>
    </message>
    <message>
        <source>{unit}退回时建议</source>
        <translation>Proposed by {unit} when returning it</translation>
    </message>
    <message>
        <source>部件 {code} 的养护单位</source>
        <translation>Maintainer of component {code}</translation>
    </message>
    <message>
        <source>部件 {code} 的权属单位</source>
        <translation>Owner of component {code}</translation>
    </message>
    <message>
        <source>部件 {code} 的主管部门</source>
        <translation>Department in charge of component {code}</translation>
    </message>
    <message>
        <source>手册认定：{text}</source>
        <translation>By the handbook: {text}</translation>
    </message>
    <message>
        <source>负责这一类别的全部问题</source>
        <translation>In charge of this whole kind</translation>
    </message>
    <message>
        <source>职责包括类别 {prefix}</source>
        <translation>In charge of classes {prefix}</translation>
    </message>
    <message>
        <source>位置在其责任区内</source>
        <translation>The place is in its area</translation>
    </message>
    <message>
        <source>距其责任区 {away}</source>
        <translation>{away} from its area</translation>
    </message>
    <message>
        <source>已退回本案卷 {n} 次</source>
        <translation>Returned this case {n} times</translation>
    </message>
    <message>
        <source>职责对口，但位置不在其责任区内</source>
        <translation>In charge of the class, but the place is not in its area</translation>
    </message>
    <message>
        <source>{name}沿道路 {away}</source>
        <translation>{name}, {away} along streets</translation>
    </message>
    <message>
        <source>{name}直线 {away}</source>
        <translation>{name}, {away} straight</translation>
    </message>
    <message>
        <source>近 {days} 天在附近办过同类 {n} 件</source>
        <translation>Did {n} of this class nearby in the last {days} days</translation>
    </message>
    <message>
        <source>按期 {good}/{all}</source>
        <translation>in time {good}/{all}</translation>
    </message>
    <message>
        <source>退回 {n}</source>
        <translation>returned {n}</translation>
    </message>
    <message>
        <source>返工 {n}</source>
        <translation>redone {n}</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>没有可推荐的单位：{why}</source>
        <translation>No unit to recommend: {why}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>案卷没有部件</source>
        <translation>the case has no component</translation>
    </message>
    <message>
        <source>部件 {code} 没有登记权属或养护单位</source>
        <translation>component {code} has no owner or maintainer on record</translation>
    </message>
    <message>
        <source>没有单位负责这一类别</source>
        <translation>no unit is in charge of this class</translation>
    </message>
    <message>
        <source>位置在各对口单位的责任区之外（{units}）</source>
        <translation>the place is outside the areas of those in charge ({units})</translation>
    </message>
    <message>
        <source>案卷没有坐标</source>
        <translation>the case has no coordinates</translation>
    </message>
    <message>
        <source>对口单位都已退回</source>
        <translation>all in charge have returned it</translation>
    </message>
    <message>
        <source>{units}的责任区在此重叠，请选择</source>
        <translation>The areas of {units} overlap here: please choose</translation>
    </message>
    <message>
        <source>{units}理由相当，请选择</source>
        <translation>As much speaks for {units}: please choose</translation>
    </message>
    <message>
        <source>按在办量排序：{first} 件对 {second} 件</source>
        <translation>In order of cases in hand: {first} to {second}</translation>
    </message>
</context>
<context>
    <name>SummaryView</name>
    <message>
        <source>{since} 至 {until}</source>
        <translation>{since} to {until}</translation>
    </message>
    <message>
        <source>{what}&#x3000;{n}</source>
        <translation>{what}  {n}</translation>
    </message>
    <message>
        <source>本班办理：{what}</source>
        <translation>Done this shift: {what}</translation>
    </message>
</context>
<context>
    <name>SupervisionPanel</name>
    <message>
        <source>超期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>临期</source>
        <translation>Due soon</translation>
    </message>
    <message>
        <source>重点无进展</source>
        <translation>Key, no progress</translation>
    </message>
    <message>
        <source>待回复</source>
        <translation>Reply due</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>重点</source>
        <translation>Key case</translation>
    </message>
    <message>
        <source>督办催办</source>
        <translation>Supervision</translation>
    </message>
    <message>
        <source>全部单位</source>
        <translation>All units</translation>
    </message>
    <message>
        <source>未派遣</source>
        <translation>Not dispatched</translation>
    </message>
    <message>
        <source>没有超期的案卷</source>
        <translation>No overdue cases</translation>
    </message>
    <message>
        <source>没有临期的案卷</source>
        <translation>No cases due soon</translation>
    </message>
    <message>
        <source>重点案卷都有进展</source>
        <translation>All key cases have progress</translation>
    </message>
    <message>
        <source>督办和批示都已回复</source>
        <translation>All directions have been answered</translation>
    </message>
    <message>
        <source>已选 {n} 件</source>
        <translation>{n} selected</translation>
    </message>
    <message>
        <source>选择案卷后催办、督办，可多选</source>
        <translation>Choose one or more cases to urge or supervise</translation>
    </message>
    <message>
        <source>请先在列表中选择案卷</source>
        <translation>Choose cases in the list first</translation>
    </message>
</context>
<context>
    <name>SwitchDialog</name>
    <message>
        <source>推荐与自动派遣</source>
        <translation>Recommending and automatic dispatch</translation>
    </message>
    <message>
        <source>推荐单位：派遣时列出可能的责任单位和理由</source>
        <translation>Recommend units: list those likely responsible, with reasons</translation>
    </message>
    <message>
        <source>自动派遣：只有一个单位、理由充分的案卷由系统派出</source>
        <translation>Automatic dispatch: the system sends cases with one unit and good reasons</translation>
    </message>
    <message>
        <source>自动派遣的得分不低于</source>
        <translation>Dispatch automatically from a score of</translation>
    </message>
    <message>
        <source>养护单位 5、权属单位 4、主管部门 3、职责和属地约 4</source>
        <translation>Maintainer 5, owner 4, department 3, duty and area about 4</translation>
    </message>
    <message>
        <source>派出时间</source>
        <translation>Sent at</translation>
    </message>
    <message>
        <source>案卷</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reasons</translation>
    </message>
    <message>
        <source>席位</source>
        <translation>Seat</translation>
    </message>
    <message>
        <source>现在</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>自动派遣的案卷</source>
        <translation>Cases dispatched automatically</translation>
    </message>
    <message>
        <source>近 {days} 天没有自动派遣的案卷</source>
        <translation>No case was dispatched automatically in the last {days} days</translation>
    </message>
    <message>
        <source>打开案卷</source>
        <translation>Open case</translation>
    </message>
    <message>
        <source>撤回派遣</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>自动派遣在派遣员的席位上、以其名义进行，并在案卷经过中注明；从未派遣过的案卷才会自动派出，可照常撤回。</source>
        <translation>Automatic dispatch is done at a dispatcher&apos;s seat in that person&apos;s name and noted in the case&apos;s history; only cases never dispatched before are sent, and they can be taken back as usual.</translation>
    </message>
    <message>
        <source>两个开关由{posts}设置；派遣员可以随时停用自动派遣。</source>
        <translation>Both switches are set by {posts}; a dispatcher may stop automatic dispatch at any time.</translation>
    </message>
    <message>
        <source>已撤回</source>
        <translation>taken back</translation>
    </message>
    <message>
        <source>得分 {n}：{why}</source>
        <translation>Score {n}: {why}</translation>
    </message>
    <message>
        <source>近 {days} 天：派遣 {n} 件</source>
        <translation>Last {days} days: {n} dispatched</translation>
    </message>
    <message>
        <source>；其中人工派遣且推荐唯一单位 {n} 件，按推荐派出 {k} 件（{share}）</source>
        <translation>; of these by hand with one unit recommended {n}, sent as recommended {k} ({share})</translation>
    </message>
    <message>
        <source>；自动派遣 {n} 件</source>
        <translation>; automatically {n}</translation>
    </message>
    <message>
        <source>，撤回或退回 {n} 件</source>
        <translation>, taken back or returned {n}</translation>
    </message>
</context>
<context>
    <name>TargetChooser</name>
    <message>
        <source>派给谁？（{n} 件）</source>
        <translation>Dispatch to whom? ({n} cases)</translation>
    </message>
    <message>
        <source>派给谁？</source>
        <translation>Dispatch to whom?</translation>
    </message>
    <message>
        <source>输入两个字、拼音或首字母；↑↓ 选择，Enter 派遣</source>
        <translation>Type two characters, pinyin or initials; ↑↓ choose, Enter dispatches</translation>
    </message>
    <message>
        <source>可不填</source>
        <translation>optional</translation>
    </message>
    <message>
        <source>处置要求</source>
        <translation>Requirement</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>派遣</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>没有叫这个名字的单位或人员</source>
        <translation>No unit or person of that name</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>{days}天{hours}小时</source>
        <translation>{days}d {hours}h</translation>
    </message>
    <message>
        <source>{days}天</source>
        <translation>{days}d</translation>
    </message>
    <message>
        <source>{hours}小时{mins}分</source>
        <translation>{hours}h {mins}m</translation>
    </message>
    <message>
        <source>{hours}小时</source>
        <translation>{hours}h</translation>
    </message>
    <message>
        <source>{mins}分钟</source>
        <translation>{mins}m</translation>
    </message>
    <message>
        <source>不足1分钟</source>
        <translation>&lt;1m</translation>
    </message>
    <message>
        <source>超期 {time}</source>
        <translation>{time} late</translation>
    </message>
    <message>
        <source>剩 {time}</source>
        <translation>{time} left</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>In time</translation>
    </message>
    <message>
        <source>临期</source>
        <translation>Due soon</translation>
    </message>
    <message>
        <source>超期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>不计时</source>
        <translation>No clock</translation>
    </message>
    <message>
        <source>{n}小时（连续计时）</source>
        <translation>{n} h (continuous)</translation>
    </message>
    <message>
        <source>{n}天（连续计时）</source>
        <translation>{n} d (continuous)</translation>
    </message>
    <message>
        <source>{n}个工作时</source>
        <translation>{n} work h</translation>
    </message>
    <message>
        <source>{n}个工作日</source>
        <translation>{n} work d</translation>
    </message>
    <message>
        <source>{n}小时</source>
        <translation>{n} h</translation>
    </message>
    <message>
        <source>{n}个自然日</source>
        <translation>{n} calendar d</translation>
    </message>
    <message>
        <source>{n}个工作分钟</source>
        <translation>{n} work min</translation>
    </message>
    <message>
        <source>{n}分钟</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>部件</source>
        <translation>Component</translation>
    </message>
    <message>
        <source>事件</source>
        <translation>Event</translation>
    </message>
    <message>
        <source>受理员</source>
        <translation>Operator</translation>
    </message>
    <message>
        <source>信息采集员</source>
        <translation>Collector</translation>
    </message>
    <message>
        <source>值班长</source>
        <translation>Shift leader</translation>
    </message>
    <message>
        <source>派遣员</source>
        <translation>Dispatcher</translation>
    </message>
    <message>
        <source>处置单位受理员</source>
        <translation>Receiver</translation>
    </message>
    <message>
        <source>处置单位负责人</source>
        <translation>Unit leader</translation>
    </message>
    <message>
        <source>考评员</source>
        <translation>Evaluator</translation>
    </message>
    <message>
        <source>数据管理员</source>
        <translation>Data manager</translation>
    </message>
    <message>
        <source>指挥长</source>
        <translation>Commander</translation>
    </message>
    <message>
        <source>系统管理员</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>系统</source>
        <translation>System</translation>
    </message>
    <message>
        <source>这项操作现在不能办理（{code}）</source>
        <translation>This cannot be done now ({code})</translation>
    </message>
    <message>
        <source>这个文件不是照片，或者已经损坏</source>
        <translation>This file is not a photo, or is damaged</translation>
    </message>
    <message>
        <source>不支持这种照片格式，请用 JPEG 或 PNG</source>
        <translation>This photo format is not supported; use JPEG or PNG</translation>
    </message>
    <message>
        <source>照片文件太大，请压缩后再添加</source>
        <translation>The photo file is too large; compress it first</translation>
    </message>
    <message>
        <source>照片尺寸太大，请缩小后再添加</source>
        <translation>The photo has too many pixels; make it smaller first</translation>
    </message>
    <message>
        <source>这个照片文件是空的</source>
        <translation>The photo file is empty</translation>
    </message>
    <message>
        <source>这张照片不能使用</source>
        <translation>This photo cannot be used</translation>
    </message>
    <message>
        <source>没有这个案卷</source>
        <translation>There is no such case</translation>
    </message>
    <message>
        <source>预警</source>
        <translation>Warning</translation>
    </message>
    <message>
        <source>这件案卷不由本单位办理，不能查看</source>
        <translation>This case is not handled by your unit, so it cannot be viewed</translation>
    </message>
    <message>
        <source>没有这个人员，或者不在这个岗位</source>
        <translation>There is no such person, or not at this post</translation>
    </message>
    <message>
        <source>没有这张照片</source>
        <translation>There is no such photo</translation>
    </message>
    <message>
        <source>没有这个单位</source>
        <translation>There is no such unit</translation>
    </message>
    <message>
        <source>没有这个网格、区域或单位</source>
        <translation>No such grid, area or unit</translation>
    </message>
    <message>
        <source>没有这条道路、这个部件或案卷</source>
        <translation>No such road, component or case</translation>
    </message>
    <message>
        <source>这个人员没有账号</source>
        <translation>This person has no account</translation>
    </message>
    <message>
        <source>这次登录已经结束</source>
        <translation>That session has ended already</translation>
    </message>
    <message>
        <source>没有这次调度</source>
        <translation>There is no such operation</translation>
    </message>
    <message>
        <source>没有这个会议</source>
        <translation>There is no such meeting</translation>
    </message>
    <message>
        <source>没有这条交班记录</source>
        <translation>There is no such handover</translation>
    </message>
    <message>
        <source>没有这份证据文件</source>
        <translation>There is no such evidence file</translation>
    </message>
    <message>
        <source>没有这一版指挥手册</source>
        <translation>There is no such edition of the handbook</translation>
    </message>
    <message>
        <source>没有找到：{what}</source>
        <translation>Not found: {what}</translation>
    </message>
    <message>
        <source>找不到文件：{name}</source>
        <translation>File not found: {name}</translation>
    </message>
    <message>
        <source>没有权限读写：{name}</source>
        <translation>No permission to read or write: {name}</translation>
    </message>
    <message>
        <source>读写失败：{reason}</source>
        <translation>Reading or writing failed: {reason}</translation>
    </message>
    <message>
        <source>程序内部出错（{name}），这一步没有完成，详情已写入日志</source>
        <translation>Internal error ({name}); this step is not done, see the log</translation>
    </message>
    <message>
        <source>案卷刚被他人办理，请看最新情况后再办</source>
        <translation>Somebody else has just handled the case; look at it again first</translation>
    </message>
    <message>
        <source>案卷刚被{who}（{what}，{when}）办理，请看最新情况后再办</source>
        <translation>{who} has just handled the case ({what}, {when}); look at it again first</translation>
    </message>
    <message>
        <source>请选择另一个城市数据库，或者生成演示城市。</source>
        <translation>Choose another city database, or make the demo city.</translation>
    </message>
    <message>
        <source>数据库地址写得不对</source>
        <translation>The database address is not right</translation>
    </message>
    <message>
        <source>请检查地址，或者选择一个数据库文件。</source>
        <translation>Check the address, or choose a database file.</translation>
    </message>
    <message>
        <source>找不到城市数据库</source>
        <translation>The city database is not there</translation>
    </message>
    <message>
        <source>这个数据库文件是空的</source>
        <translation>The database file is empty</translation>
    </message>
    <message>
        <source>这个数据库没有建完</source>
        <translation>The database is only half made</translation>
    </message>
    <message>
        <source>上次建库中途停止了。请重新生成，或者从备份恢复。</source>
        <translation>Making it was interrupted. Make it anew, or restore a backup.</translation>
    </message>
    <message>
        <source>这个文件不是数据库</source>
        <translation>This file is not a database</translation>
    </message>
    <message>
        <source>数据库文件已损坏</source>
        <translation>The database file is damaged</translation>
    </message>
    <message>
        <source>请从备份恢复，或者选择另一个数据库。</source>
        <translation>Restore a backup, or choose another database.</translation>
    </message>
    <message>
        <source>这是数据库，但不是城市数据库</source>
        <translation>This is a database, but not a city&apos;s</translation>
    </message>
    <message>
        <source>数据库来自较早的版本</source>
        <translation>The database is of an earlier version</translation>
    </message>
    <message>
        <source>升级后即可打开。升级前会自动备份。</source>
        <translation>It can be opened after an upgrade. A backup is made first.</translation>
    </message>
    <message>
        <source>数据库来自更新的版本</source>
        <translation>The database is of a later version</translation>
    </message>
    <message>
        <source>请安装新版程序，或者选择另一个数据库。</source>
        <translation>Install the new program, or choose another database.</translation>
    </message>
    <message>
        <source>文件已经存在</source>
        <translation>The file exists already</translation>
    </message>
    <message>
        <source>请换一个文件名。</source>
        <translation>Use another file name.</translation>
    </message>
    <message>
        <source>连接不上数据库服务器</source>
        <translation>The database server cannot be reached</translation>
    </message>
    <message>
        <source>请检查网络和服务器地址，然后重试。</source>
        <translation>Check the network and the server&apos;s address, then try again.</translation>
    </message>
    <message>
        <source>数据库服务器正在启动或停止</source>
        <translation>The database server is starting or stopping</translation>
    </message>
    <message>
        <source>稍候会自动重试。</source>
        <translation>It is tried again by itself in a moment.</translation>
    </message>
    <message>
        <source>数据库服务器的连接已满</source>
        <translation>The database server takes no more connections</translation>
    </message>
    <message>
        <source>请稍后重试，或请管理员增加连接数。</source>
        <translation>Try again later, or have the administrator allow more connections.</translation>
    </message>
    <message>
        <source>数据库服务器拒绝登录</source>
        <translation>The database server refuses the login</translation>
    </message>
    <message>
        <source>服务器上没有这个数据库</source>
        <translation>The server has no such database</translation>
    </message>
    <message>
        <source>请检查数据库名称，或请管理员建库。</source>
        <translation>Check its name, or have the administrator make it.</translation>
    </message>
    <message>
        <source>缺少空间数据库组件 SpatiaLite</source>
        <translation>SpatiaLite is missing</translation>
    </message>
    <message>
        <source>请安装 libsqlite3-mod-spatialite 后重试。</source>
        <translation>Install libsqlite3-mod-spatialite and try again.</translation>
    </message>
    <message>
        <source>当前 Python 不能加载 SQLite 扩展</source>
        <translation>This Python cannot load SQLite extensions</translation>
    </message>
    <message>
        <source>请用系统自带的 Python 建立运行环境。</source>
        <translation>Make the environment with the system&apos;s Python.</translation>
    </message>
    <message>
        <source>数据库服务器没有 PostGIS</source>
        <translation>The database server has no PostGIS</translation>
    </message>
    <message>
        <source>请管理员安装 PostGIS 扩展。</source>
        <translation>Have the administrator install PostGIS.</translation>
    </message>
    <message>
        <source>数据库正忙</source>
        <translation>The database is busy</translation>
    </message>
    <message>
        <source>请稍后重试。</source>
        <translation>Try again later.</translation>
    </message>
    <message>
        <source>请检查文件和文件夹的写入权限。</source>
        <translation>Check the write permission of file and folder.</translation>
    </message>
    <message>
        <source>数据库写不进去</source>
        <translation>The database cannot be written</translation>
    </message>
    <message>
        <source>请检查用户名和密码。程序不保存所有者的密码：请写在地址里，或写入密码文件 .pgpass。</source>
        <translation>Check user name and password. The owner&apos;s password is not kept: put it into the address, or into the password file .pgpass.</translation>
    </message>
    <message>
        <source>数据库服务器没有 PL/Python</source>
        <translation>The database server has no PL/Python</translation>
    </message>
    <message>
        <source>请管理员安装 postgresql-plpython3 和 python3-cryptography，再升级数据库。</source>
        <translation>Have the administrator install postgresql-plpython3 and python3-cryptography, then upgrade the database.</translation>
    </message>
    <message>
        <source>数据库里没有办案程序</source>
        <translation>The database has no case program</translation>
    </message>
    <message>
        <source>请管理员用数据库超级用户运行 workstation db upgrade。</source>
        <translation>Have the administrator run workstation db upgrade as the database superuser.</translation>
    </message>
    <message>
        <source>数据库里的办案程序比本席位的旧</source>
        <translation>The database&apos;s case program is older than this seat&apos;s</translation>
    </message>
    <message>
        <source>数据库里的办案程序比本席位的新</source>
        <translation>The database&apos;s case program is newer than this seat&apos;s</translation>
    </message>
    <message>
        <source>请在本席位安装同一版本的程序。</source>
        <translation>Install the same version of the program at this seat.</translation>
    </message>
    <message>
        <source>数据库里的办案程序与本席位的不同</source>
        <translation>The database&apos;s case program differs from this seat&apos;s</translation>
    </message>
    <message>
        <source>请让本席位与数据库使用同一个程序，或请管理员升级数据库。</source>
        <translation>Use the same program at this seat and in the database, or have the administrator upgrade the database.</translation>
    </message>
    <message>
        <source>数据库只能读取，不能写入</source>
        <translation>The database can be read but not written</translation>
    </message>
    <message>
        <source>只读副本只供查看；若是文件，请检查文件和文件夹的写入权限。</source>
        <translation>A read-only copy is for viewing only; if it is a file, check the write permissions of the file and its folder.</translation>
    </message>
    <message>
        <source>这个文件不是备份</source>
        <translation>This file is not a backup</translation>
    </message>
    <message>
        <source>请选择由本程序备份的文件。</source>
        <translation>Choose a backup made by this program.</translation>
    </message>
    <message>
        <source>缺少数据库工具</source>
        <translation>A database tool is missing</translation>
    </message>
    <message>
        <source>请安装 postgresql-client 后重试。</source>
        <translation>Install postgresql-client and try again.</translation>
    </message>
    <message>
        <source>数据库工具没有完成工作</source>
        <translation>The database tool did not finish</translation>
    </message>
    <message>
        <source>详情已写入日志。</source>
        <translation>See the log.</translation>
    </message>
    <message>
        <source>磁盘空间不足</source>
        <translation>The disk is full</translation>
    </message>
    <message>
        <source>请清理磁盘后重试。</source>
        <translation>Make room and try again.</translation>
    </message>
    <message>
        <source>数据库打不开</source>
        <translation>The database cannot be opened</translation>
    </message>
    <message>
        <source>详情已写入日志。请重试，或选择另一个数据库。</source>
        <translation>See the log. Try again, or choose another database.</translation>
    </message>
    <message>
        <source>{title}：{where}</source>
        <translation>{title}: {where}</translation>
    </message>
</context>
<context>
    <name>TextPage</name>
    <message>
        <source>{file}（所依据的手册，只读）</source>
        <translation>{file} (base handbook, read-only)</translation>
    </message>
</context>
<context>
    <name>Thumb</name>
    <message>
        <source>移除</source>
        <translation>Remove</translation>
    </message>
</context>
<context>
    <name>TimeBand</name>
    <message>
        <source>一天的时间</source>
        <translation>Hours of the day</translation>
    </message>
    <message>
        <source>受理 {received}  立案 {filed}  派遣 {dispatched}  结案 {closed}</source>
        <translation>Accepted {received}  Filed {filed}  Dispatched {dispatched}  Closed {closed}</translation>
    </message>
</context>
<context>
    <name>TimeSlider</name>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>播放（空格）</source>
        <translation>Play (Space)</translation>
    </message>
    <message>
        <source>上一件事（Ctrl+←）</source>
        <translation>Event before (Ctrl+←)</translation>
    </message>
    <message>
        <source>下一件事（Ctrl+→）</source>
        <translation>Next event (Ctrl+→)</translation>
    </message>
    <message>
        <source>循环播放</source>
        <translation>Loop</translation>
    </message>
    <message>
        <source>播放速度</source>
        <translation>Speed</translation>
    </message>
    <message>
        <source>{n} 分/秒</source>
        <translation>{n} min/s</translation>
    </message>
    <message>
        <source>1 时/秒</source>
        <translation>1 h/s</translation>
    </message>
    <message>
        <source>每秒 {n} 分钟</source>
        <translation>{n} min/s</translation>
    </message>
    <message>
        <source>每秒 1 小时</source>
        <translation>1 h/s</translation>
    </message>
    <message>
        <source>回到现在</source>
        <translation>Back to now</translation>
    </message>
    <message>
        <source>正在读取当天的经过…</source>
        <translation>Reading the day…</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>立案</source>
        <translation>Filed</translation>
    </message>
    <message>
        <source>派遣</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>历史时刻 {time}，不可操作</source>
        <translation>The past: {time}. Nothing can be done here.</translation>
    </message>
    <message>
        <source>暂停（空格）</source>
        <translation>Pause (Space)</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>类别：{name}</source>
        <translation>Class: {name}</translation>
    </message>
    <message>
        <source>&#x3000;时限：{limit}</source>
        <translation> · Limit: {limit}</translation>
    </message>
    <message>
        <source>上级案卷号：{code}</source>
        <translation>Higher-level case number: {code}</translation>
    </message>
    <message>
        <source>应急预案：{plan}</source>
        <translation>Plan: {plan}</translation>
    </message>
    <message>
        <source>节点：{what}</source>
        <translation>Milestone: {what}</translation>
    </message>
    <message>
        <source>处置队伍：{unit}</source>
        <translation>Crew: {unit}</translation>
    </message>
    <message>
        <source>派往：{unit}</source>
        <translation>Sent to: {unit}</translation>
    </message>
    <message>
        <source>裁定由 {unit} 负责</source>
        <translation>Ruled: {unit} is responsible</translation>
    </message>
    <message>
        <source>责任单位：{unit}</source>
        <translation>Responsible unit: {unit}</translation>
    </message>
    <message>
        <source>主办单位：{unit}</source>
        <translation>Lead unit: {unit}</translation>
    </message>
    <message>
        <source>协办单位：{units}</source>
        <translation>Cooperating units: {units}</translation>
    </message>
    <message>
        <source>移送：{who}</source>
        <translation>Transferred to: {who}</translation>
    </message>
    <message>
        <source>发往：{who}</source>
        <translation>Sent to: {who}</translation>
    </message>
    <message>
        <source>系统按推荐自动派遣：{why}</source>
        <translation>Dispatched automatically as recommended: {why}</translation>
    </message>
    <message>
        <source>按推荐派遣：{why}</source>
        <translation>Dispatched as recommended: {why}</translation>
    </message>
    <message>
        <source>派遣时没有可推荐的单位</source>
        <translation>No unit could be recommended when it was dispatched</translation>
    </message>
    <message>
        <source>派遣时推荐的是 {unit}</source>
        <translation>Recommended when it was dispatched: {unit}</translation>
    </message>
    <message>
        <source>结果：{what}</source>
        <translation>Result: {what}</translation>
    </message>
    <message>
        <source>证据文件 {sha}</source>
        <translation>Evidence file {sha}</translation>
    </message>
    <message>
        <source>建议写入指挥手册：{rule}</source>
        <translation>Proposed for the handbook: {rule}</translation>
    </message>
    <message>
        <source>涉及单位：{units}</source>
        <translation>Units involved: {units}</translation>
    </message>
    <message>
        <source>协调机构：{body}</source>
        <translation>Body: {body}</translation>
    </message>
    <message>
        <source>经费：{budget}</source>
        <translation>Budget: {budget}</translation>
    </message>
    <message>
        <source>处置费用：{cost}</source>
        <translation>Cost: {cost}</translation>
    </message>
    <message>
        <source>并入案卷 {code}</source>
        <translation>Merged into case {code}</translation>
    </message>
    <message>
        <source>并入了案卷 {code}</source>
        <translation>Absorbed case {code}</translation>
    </message>
    <message>
        <source>由案卷 {code} 拆分</source>
        <translation>Split from case {code}</translation>
    </message>
    <message>
        <source>拆分为 {codes}</source>
        <translation>Split into {codes}</translation>
    </message>
    <message>
        <source>建议单位：{unit}</source>
        <translation>Suggested unit: {unit}</translation>
    </message>
    <message>
        <source>延长：{n}</source>
        <translation>Extend by: {n}</translation>
    </message>
    <message>
        <source>限 {time} 前回复</source>
        <translation>Reply by {time}</translation>
    </message>
    <message>
        <source>挂账至：{time}</source>
        <translation>Suspend until: {time}</translation>
    </message>
    <message>
        <source>经协调裁定，不得再申请回退</source>
        <translation>Settled by ruling, no further return</translation>
    </message>
    <message>
        <source>照片 {n} 张</source>
        <translation>Photos: {n}</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>Together</name>
    <message>
        <source>所选案卷没有可答复的{kind}申请</source>
        <translation>The selected cases have no {kind} request you can answer</translation>
    </message>
    <message>
        <source>答复意见</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>所选 {n} 件中，{m} 件有{kind}申请待答复。</source>
        <translation>Of {n} selected, {m} have a pending {kind} request.</translation>
    </message>
    <message>
        <source>不同意{kind} {n} 件</source>
        <translation>Refuse {kind} ({n})</translation>
    </message>
    <message>
        <source>同意{kind} {n} 件</source>
        <translation>Grant {kind} ({n})</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>城市管理指挥工作站</source>
        <translation>City Management Workstation</translation>
    </message>
    <message>
        <source>日间 / 夜间（Ctrl+Shift+D）</source>
        <translation>Day / night (Ctrl+Shift+D)</translation>
    </message>
    <message>
        <source>切换日间和夜间</source>
        <translation>Switch between day and night</translation>
    </message>
    <message>
        <source>周一</source>
        <translation>Mon</translation>
    </message>
    <message>
        <source>周二</source>
        <translation>Tue</translation>
    </message>
    <message>
        <source>周三</source>
        <translation>Wed</translation>
    </message>
    <message>
        <source>周四</source>
        <translation>Thu</translation>
    </message>
    <message>
        <source>周五</source>
        <translation>Fri</translation>
    </message>
    <message>
        <source>周六</source>
        <translation>Sat</translation>
    </message>
    <message>
        <source>周日</source>
        <translation>Sun</translation>
    </message>
    <message>
        <source>早班</source>
        <translation>Early</translation>
    </message>
    <message>
        <source>中班</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>夜班</source>
        <translation>Night</translation>
    </message>
    <message>
        <source>锁定屏幕</source>
        <translation>Lock screen</translation>
    </message>
    <message>
        <source>修改密码…</source>
        <translation>Change password…</translation>
    </message>
    <message>
        <source>换人…</source>
        <translation>Switch…</translation>
    </message>
</context>
<context>
    <name>Tracks</name>
    <message>
        <source>停留 {} 分钟</source>
        <translation>Stop of {} min</translation>
    </message>
</context>
<context>
    <name>TracksPanel</name>
    <message>
        <source>人员和车辆</source>
        <translation>People and vehicles</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>里程</source>
        <translation>Distance</translation>
    </message>
    <message>
        <source>在本责任区</source>
        <translation>In own area</translation>
    </message>
    <message>
        <source>停留</source>
        <translation>Stops</translation>
    </message>
    <message>
        <source>无记录</source>
        <translation>No record</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>清除</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>轨迹回放</source>
        <translation>Tracks</translation>
    </message>
    <message>
        <source>姓名、单位、车牌</source>
        <translation>Name, unit, plate</translation>
    </message>
    <message>
        <source>查找人员和车辆</source>
        <translation>Find people and vehicles</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>前一天</source>
        <translation>Day before</translation>
    </message>
    <message>
        <source>后一天</source>
        <translation>Next day</translation>
    </message>
    <message>
        <source>最多同时看 {} 条轨迹</source>
        <translation>At most {} tracks at once</translation>
    </message>
    <message>
        <source>没有轨迹记录</source>
        <translation>No track on record</translation>
    </message>
    <message>
        <source>正在读取轨迹…</source>
        <translation>Reading tracks…</translation>
    </message>
    <message>
        <source>轨迹点超过 {} 个，请少选几个</source>
        <translation>More than {} points: choose fewer</translation>
    </message>
    <message>
        <source>虚线是没有记录的时段，两端之间怎么走的不知道。方块是停留 5 分钟以上的地方。</source>
        <translation>Dashed: nothing on record, how the way went is not known. Squares: stops of 5 minutes and more.</translation>
    </message>
    <message>
        <source>这天没有记录：{}。</source>
        <translation>Nothing on record this day: {}.</translation>
    </message>
    <message>
        <source>{} 千米</source>
        <translation>{} km</translation>
    </message>
    <message>
        <source>有记录的时间里，在自己网格或责任区内的份额</source>
        <translation>Share of the recorded time in the own grids or area</translation>
    </message>
    <message>
        <source>{n} 段没有记录</source>
        <translation>{n} times without record</translation>
    </message>
    <message>
        <source>GPX 轨迹 (*.gpx)</source>
        <translation>GPX track (*.gpx)</translation>
    </message>
    <message>
        <source>GeoJSON (*.geojson)</source>
        <translation>GeoJSON (*.geojson)</translation>
    </message>
    <message>
        <source>轨迹</source>
        <translation>Track</translation>
    </message>
    <message>
        <source>导出轨迹</source>
        <translation>Export tracks</translation>
    </message>
    <message>
        <source>已导出 {n} 个点到 {file}</source>
        <translation>{n} points exported to {file}</translation>
    </message>
    <message>
        <source>文件写不进去：{}</source>
        <translation>The file cannot be written: {}</translation>
    </message>
</context>
<context>
    <name>Transfer</name>
    <message>
        <source>正在生成证据材料，随后移送</source>
        <translation>Making the evidence, then transferring</translation>
    </message>
    <message>
        <source>移送单位</source>
        <translation>Transfer to</translation>
    </message>
    <message>
        <source>综合行政执法局</source>
        <translation>Law Enforcement Bureau</translation>
    </message>
    <message>
        <source>移送理由</source>
        <translation>Reason for transfer</translation>
    </message>
    <message>
        <source>同时生成并留存证据材料：案卷、办理日志（带校验值）、现场照片原件和可打印文书。</source>
        <translation>Evidence is made and kept as well: the case, its log (with checksums), the original photos and a printable document.</translation>
    </message>
</context>
<context>
    <name>UnitChoice</name>
    <message>
        <source>查找单位；也可把案卷拖到单位或地图上</source>
        <translation>Find a unit, or drag the case onto a unit or the map</translation>
    </message>
    <message>
        <source>可不填</source>
        <translation>optional</translation>
    </message>
    <message>
        <source>派遣给</source>
        <translation>Dispatch to</translation>
    </message>
    <message>
        <source>处置要求</source>
        <translation>Requirement</translation>
    </message>
    <message>
        <source>请选择主办单位</source>
        <translation>Choose the lead unit</translation>
    </message>
    <message>
        <source>派给{unit}，处置截止 {due}。</source>
        <translation>To {unit}, disposal due {due}.</translation>
    </message>
    <message>
        <source>所选 {n} 件都派给{unit}；本件处置截止 {due}。</source>
        <translation>All {n} selected to {unit}; this one due {due}.</translation>
    </message>
</context>
<context>
    <name>UnitCombo</name>
    <message>
        <source>选择或输入单位名称</source>
        <translation>Choose or type a unit</translation>
    </message>
</context>
<context>
    <name>UnitTree</name>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>超期</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>协办</source>
        <translation>Coop.</translation>
    </message>
    <message>
        <source>在办 {open} 件，其中超期 {overdue} 件，今日到期 {today} 件</source>
        <translation>{open} open, of them {overdue} overdue, {today} due today</translation>
    </message>
</context>
<context>
    <name>UnitsPage</name>
    <message>
        <source>单位、姓名或电话</source>
        <translation>Unit, name or phone</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>日常受理员</source>
        <translation>Daily receiver</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>变更记录</source>
        <translation>Changes</translation>
    </message>
    <message>
        <source>未登记</source>
        <translation>Not registered</translation>
    </message>
    <message>
        <source>上级：{unit}</source>
        <translation>Under: {unit}</translation>
    </message>
    <message>
        <source>复制电话</source>
        <translation>Copy phone</translation>
    </message>
    <message>
        <source>{who} 于 {time} 登记</source>
        <translation>Registered by {who}, {time}</translation>
    </message>
    <message>
        <source>更改…</source>
        <translation>Change…</translation>
    </message>
    <message>
        <source>（{who}登记）</source>
        <translation>(registered by {who})</translation>
    </message>
    <message>
        <source>已复制电话 {number}</source>
        <translation>Phone {number} copied</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Register</translation>
    </message>
</context>
<context>
    <name>VerificationPanel</name>
    <message>
        <source>核查结案</source>
        <translation>Verification</translation>
    </message>
    <message>
        <source>待派核查</source>
        <translation>To verify</translation>
    </message>
    <message>
        <source>没有待派核查的案卷</source>
        <translation>No cases to send for verification</translation>
    </message>
    <message>
        <source>核查中</source>
        <translation>Verifying</translation>
    </message>
    <message>
        <source>没有正在核查的案卷</source>
        <translation>No cases being verified</translation>
    </message>
    <message>
        <source>待结案</source>
        <translation>To close</translation>
    </message>
    <message>
        <source>没有待结案的案卷</source>
        <translation>No cases to close</translation>
    </message>
    <message>
        <source>回访</source>
        <translation>Visit</translation>
    </message>
    <message>
        <source>近三日办结的案卷都已回访，或没有留下电话</source>
        <translation>All cases ended in the last three days have been visited, or left no phone number</translation>
    </message>
    <message>
        <source>上报</source>
        <translation>Report up</translation>
    </message>
    <message>
        <source>没有待上报结果的上级案卷</source>
        <translation>No higher-level cases to report up</translation>
    </message>
    <message>
        <source>处置前</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>处置后</source>
        <translation>After</translation>
    </message>
    <message>
        <source>处置情况</source>
        <translation>Disposal</translation>
    </message>
    <message>
        <source>结案审核</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>核查不合格</source>
        <translation>Not passed</translation>
    </message>
    <message>
        <source>派核查</source>
        <translation>Send to verify</translation>
    </message>
    <message>
        <source>核查合格</source>
        <translation>Passed</translation>
    </message>
    <message>
        <source>准予结案</source>
        <translation>Close case</translation>
    </message>
    <message>
        <source>结果上报</source>
        <translation>Report result</translation>
    </message>
    <message>
        <source>登记回访</source>
        <translation>Record visit</translation>
    </message>
    <message>
        <source>核查人</source>
        <translation>Verifier</translation>
    </message>
    <message>
        <source>录入核查结果</source>
        <translation>Record verification</translation>
    </message>
    <message>
        <source>核查人看到的情况</source>
        <translation>What the verifier found</translation>
    </message>
    <message>
        <source>核查照片</source>
        <translation>Verification photos</translation>
    </message>
    <message>
        <source>已派 {who}，等待结果</source>
        <translation>{who} is sent, awaiting the result</translation>
    </message>
    <message>
        <source>处置单位</source>
        <translation>Disposing unit</translation>
    </message>
    <message>
        <source>处置说明</source>
        <translation>Disposal note</translation>
    </message>
    <message>
        <source>结案标准</source>
        <translation>Closing standard</translation>
    </message>
    <message>
        <source>处置用时</source>
        <translation>Time taken</translation>
    </message>
    <message>
        <source>核查结果</source>
        <translation>Verification result</translation>
    </message>
    <message>
        <source>核查说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>不合格</source>
        <translation>Unqualified</translation>
    </message>
    <message>
        <source>{n} 次</source>
        <translation>{n}×</translation>
    </message>
    <message>
        <source>超期处置</source>
        <translation>Disposed late</translation>
    </message>
    <message>
        <source>按期处置</source>
        <translation>Disposed in time</translation>
    </message>
    <message>
        <source>{n} 个工作时</source>
        <translation>{n} work h</translation>
    </message>
    <message>
        <source>{used}（时限 {limit}，{due} 截止）</source>
        <translation>{used} (limit {limit}, due {due})</translation>
    </message>
    <message>
        <source>上报说明</source>
        <translation>Report note</translation>
    </message>
    <message>
        <source>上级案号 {code}</source>
        <translation>Higher-level case no. {code}</translation>
    </message>
</context>
<context>
    <name>VisitCard</name>
    <message>
        <source>回访</source>
        <translation>Visit</translation>
    </message>
    <message>
        <source>回访记录</source>
        <translation>Visit record</translation>
    </message>
</context>
<context>
    <name>Ways</name>
    <message>
        <source>快速处置</source>
        <translation>Rapid disposal</translation>
    </message>
    <message>
        <source>先行处置</source>
        <translation>First response</translation>
    </message>
    <message>
        <source>作业队伍</source>
        <translation>Crew</translation>
    </message>
    <message>
        <source>选择本中心的作业队伍</source>
        <translation>Choose a crew of this centre</translation>
    </message>
    <message>
        <source>本中心</source>
        <translation>This centre</translation>
    </message>
    <message>
        <source>由本中心作业队伍直接处置，反馈时登记费用。</source>
        <translation>This centre&apos;s crew disposes of it directly; the cost is entered at feedback.</translation>
    </message>
    <message>
        <source>先行处置单位</source>
        <translation>First-response unit</translation>
    </message>
    <message>
        <source>应急预案</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>应急预案：{plan}（{steps}）</source>
        <translation>Plan: {plan} ({steps})</translation>
    </message>
    <message>
        <source>暂无责任单位，先处置、后明责。费用从应急经费列支，事后明确责任。</source>
        <translation>No responsible unit yet: dispose first, settle later. Paid from the emergency fund; responsibility is settled afterwards.</translation>
    </message>
    <message>
        <source>经费来源：{budget}</source>
        <translation>Budget: {budget}</translation>
    </message>
    <message>
        <source>经费来源</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>处置要求</source>
        <translation>Requirement</translation>
    </message>
    <message>
        <source>涉及单位</source>
        <translation>Units involved</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>责任不明（查不到责任单位，或都不认领）</source>
        <translation>Unclear (no responsible unit found, or none takes it on)</translation>
    </message>
    <message>
        <source>责任争议（对由谁负责意见不一）</source>
        <translation>Disputed (no agreement on who is responsible)</translation>
    </message>
    <message>
        <source>范围</source>
        <translation>Scope</translation>
    </message>
    <message>
        <source>同一区（系统）内</source>
        <translation>Within one district (or system)</translation>
    </message>
    <message>
        <source>跨区或跨部门</source>
        <translation>Across districts or departments</translation>
    </message>
    <message>
        <source>争议情况</source>
        <translation>The dispute</translation>
    </message>
    <message>
        <source>{scope}：报{bodies}</source>
        <translation>{scope}: to {bodies}</translation>
    </message>
    <message>
        <source>责任单位</source>
        <translation>Responsible unit</translation>
    </message>
    <message>
        <source>认定依据</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>补入手册的规定</source>
        <translation>Rule for the handbook</translation>
    </message>
    <message>
        <source>今后同类问题由谁负责（可不填，填写后列入手册修订建议）</source>
        <translation>Who answers for such problems from now on (optional; becomes a handbook proposal)</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>须由值班长或指挥长批准，提请人不能批准。</source>
        <translation>The shift leader or the commander must approve; not the person who asks.</translation>
    </message>
</context>
<context>
    <name>WeekForm</name>
    <message>
        <source>周{day}</source>
        <translation>{day}</translation>
    </message>
    <message>
        <source>休息</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>时段写成 08:00-12:00 14:00-18:00，留空为休息。</source>
        <translation>Write hours as 08:00-12:00 14:00-18:00; leave empty for a day off.</translation>
    </message>
</context>
<context>
    <name>WhyPopup</name>
    <message>
        <source>查看反映人信息的理由</source>
        <translation>Reason to look at the reporter&apos;s data</translation>
    </message>
    <message>
        <source>补充说明（可不填）</source>
        <translation>More details (optional)</translation>
    </message>
    <message>
        <source>请填写理由</source>
        <translation>Give a reason</translation>
    </message>
    <message>
        <source>每次查看都有记录，供审计</source>
        <translation>Every look is recorded for the audit</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>请选择一项理由</source>
        <translation>Choose a reason</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>请填写此项</source>
        <translation>Fill this in</translation>
    </message>
</context>
<context>
    <name>WorkList</name>
    <message>
        <source>{name}在办</source>
        <translation>{name} on it</translation>
    </message>
</context>
<context>
    <name>Workstation</name>
    <message>
        <source>正在打开城市数据</source>
        <translation>Opening the city</translation>
    </message>
    <message>
        <source>正在打开</source>
        <translation>Opening</translation>
    </message>
    <message>
        <source>数据库已打开</source>
        <translation>Database open</translation>
    </message>
    <message>
        <source>没有这个人员和岗位，请另选</source>
        <translation>No such person and post; choose another</translation>
    </message>
    <message>
        <source>请登录</source>
        <translation>Please sign in</translation>
    </message>
    <message>
        <source>没有打开数据库</source>
        <translation>No database open</translation>
    </message>
    <message>
        <source>重试</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>打开另一个…</source>
        <translation>Open another…</translation>
    </message>
    <message>
        <source>生成演示城市</source>
        <translation>Make demo city</translation>
    </message>
    <message>
        <source>城市数据打不开</source>
        <translation>The city cannot be opened</translation>
    </message>
    <message>
        <source>备份并升级</source>
        <translation>Back up and upgrade</translation>
    </message>
    <message>
        <source>打开城市数据库</source>
        <translation>Open city database</translation>
    </message>
    <message>
        <source>城市数据库 (*.sqlite *.db);;所有文件 (*)</source>
        <translation>City database (*.sqlite *.db);;All files (*)</translation>
    </message>
    <message>
        <source>约需一分钟：街道、网格、部件和三千个案卷</source>
        <translation>About a minute: streets, grids, components and three thousand cases</translation>
    </message>
    <message>
        <source>正在生成演示城市</source>
        <translation>Making the demo city</translation>
    </message>
    <message>
        <source>正在备份并升级数据库</source>
        <translation>Backing up and upgrading the database</translation>
    </message>
</context>
<context>
    <name>_Counter</name>
    <message>
        <source>{title} {n} 件，点击查看</source>
        <translation>{title}: {n}, click to show</translation>
    </message>
</context>
</TS>
