"""The words and sentence patterns that the made-up official prose is put together from.

Written for this project; no list of words of others is in it. In a pattern, a capital Latin
letter is a slot for a word of that class, everything else stands for itself.
"""

from __future__ import annotations

# Classes of words, the more frequent first.
WORDS = {
    # Offices.
    "O": (
        "市人民政府 各级人民政府 县人民政府 有关部门 主管部门 市财政局 省教育厅 市公安局 "
        "市卫生健康委员会 办公厅 区人民政府 乡镇人民政府 街道办事处 市场监督管理部门 "
        "自然资源主管部门 生态环境主管部门 应急管理部门 审计机关 监察机关 人民法院 人民检察院 "
        "市发展和改革委员会 省交通运输厅 市住房和城乡建设局 市人力资源和社会保障局 "
        "市农业农村局 省水利厅 市文化广电和旅游局 市统计局 市档案局 各直属单位 各责任单位 "
        "领导小组 领导小组办公室 工作专班 项目法人 建设单位 施工单位 监理单位 供水企业 "
        "金融机构 行业协会 社会组织 国有企业 事业单位 高等学校 医疗机构 科研院所 村民委员会 "
        "居民委员会 省税务局 海关 气象主管机构 消防救援机构 邮政管理部门"
    ),
    # What is done.
    "V": (
        "加强 推进 落实 完善 建立 开展 组织 实施 做好 提高 制定 规定 负责 建立健全 提出 按照 "
        "执行 报告 审查 批准 监督 检查 指导 协调 支持 保障 促进 优化 规范 深化 强化 明确 确定 "
        "编制 公布 报送 汇总 核实 评估 验收 整改 处理 解决 采取 配合 承担 履行 申请 办理 登记 "
        "备案 审批 公开 培训 宣传 统筹 部署 督促 考核 通报 追究 推动 引导 鼓励 扶持 扩大 改善 "
        "维护 防范 化解 调整 修订 废止 转发 印发 受理 送达 告知 移交 接收 保管 使用 收集 整理 "
        "分析 研究 论证 试点 推广 巩固 提升 健全 压实 细化 分解 跟踪 调度 反馈 复核 抽查 约谈"
    ),
    # What it is done to.
    "N": (
        "工作 项目 制度 管理 建设 情况 意见 方案 措施 服务 资金 安全 责任 任务 计划 标准 规划 "
        "信息 机制 条件 问题 活动 要求 经济发展 社会保障 公共服务 基础设施 监督管理 安全生产 "
        "行政审批 财政资金 专项资金 政府采购 环境保护 污染防治 食品安全 城乡规划 土地管理 "
        "水资源 森林防火 防汛抗旱 应急预案 突发事件 隐患排查 档案管理 数据共享 电子政务 "
        "信息系统 网络平台 统计资料 人才队伍 就业创业 职业培训 义务教育 医疗卫生 疾病预防 "
        "养老服务 社会救助 住房保障 公共文化 旅游资源 科技创新 成果转化 知识产权 产业结构 "
        "营商环境 市场秩序 价格监测 农田水利 粮食生产 乡村振兴 扶贫产业 村容村貌 道路交通 "
        "物流体系 能源供应 节能减排 招标投标 合同履行 工程质量 竣工验收 资产清查 预算执行 "
        "绩效评价 审计整改 信访事项 法律援助 行政处罚 行政复议 执法人员 行政许可 申请材料 "
        "办理时限 责任清单 工作台账 会议纪要 实施细则 年度考核 干部队伍"
    ),
    # How.
    "A": (
        "依法 及时 认真 进一步 切实 全面 严格 统一 积极 按时 定期 分级 重点 逐项 逐步 稳妥 "
        "有序 共同 联合 按照职责分工 结合实际 根据需要 在规定期限内 依照有关规定 按程序 "
        "因地制宜 突出重点 坚持问题导向 从严从实"
    ),
    # Of what kind.
    "J": (
        "有关 重大 主要 重要 基本 全市 全省 本行政区域内 年度 专项 日常 长期 具体 必要的 "
        "相应的 符合条件的 新型 绿色 现代 综合 公共 地方 农村 城镇 跨部门 基层 一线 先进 "
        "高质量 可持续"
    ),
    # Kinds of documents.
    "T": (
        "通知 意见 办法 方案 报告 规定 公告 决定 批复 函 通报 细则 规划 预案 纲要 制度 指南 "
        "清单 总结 请示"
    ),
    # Trades, for companies and projects.
    "I": (
        "信息技术 建设工程 农业科技 生物医药 电子商务 装备制造 新材料 物流 环保科技 文化传媒 "
        "水务 能源 纺织 食品 测绘 教育咨询 汽车零部件 精密机械 光电 通信 化工 矿业 船舶 "
        "仪器仪表 智能控制 软件开发 遥感 港务 园林绿化"
    ),
    # Kinds of companies.
    "K": "有限公司 有限责任公司 股份有限公司 集团有限公司 研究院 研究所 中心 合作社",
    # Kinds of places.
    "G": "省 市 县 区 镇 乡 自治县 开发区 新区",
    # Letters of codes.
    "C": "XJ GF ZB KY JS HT CG SC DA TZ QT BM WL NY",
    # Family names.
    "X": (
        "赵 钱 孙 李 周 吴 郑 王 冯 陈 褚 卫 蒋 沈 韩 杨 朱 秦 许 何 吕 张 孔 曹 严 金 魏 陶 "
        "姜 戚 谢 邹 窦 章 苏 潘 葛 范 彭 鲁 韦 马 苗 方 任 袁 柳 唐 薛 雷 贺 倪 汤 罗 郝 安 "
        "常 于 傅 齐 康 伍 余 顾 孟 黄"
    ),
}

# Sentences. U is a rare word, P a place, Y a year, D a small and E a large number, F a name.
SENTENCES = (
    "O应当AVJN，并VN。",
    "OAVN，VJN，VNN。",
    "第D条 OV的J N，由O另行V。",
    "为了VJN，根据《UN条例》和J法律法规，结合PG实际，制定本T。",
    "各单位要AVN，AVJN，确保U和N落到实处。",
    "（D）AVJN。O牵头，O配合，Y年D月底前完成。",
    "Y年，PG投入E万元，VU项目D个，比上年增长D.D%。",
    "截至Y年D月D日，全G共有UE户，其中JN占D%。",
    "F说，U是当地的N，也是UU的一部分。",
    "D.VN。AVU、U、UN的V，U与U同步进行。",
    "对UV不力、造成J后果的，AVNN，并由O予以通报。",
    "经O批准，U可以U，但不得用于UN。",
    "会议指出，U关系到U，必须AV，不能U。",
    "从UUU看，J的U已经UU，而U还在U。",
    "当时U在P，他对F说：“U不U，怎么VU？”",
    "本T自Y年D月D日起施行。\n",
    "违反本T规定，UN的，由OV，处E元以上E元以下罚款；U严重的，VU。",
    "联系人：F，电话：EEE\n",
    "U　　U　　E　　D\n",
    "D　　UN　　PG　　E　　D.D%\n",
    "U与U之间的U，决定了U的N。",
    "因UU需要VN的，OV后D个工作日内AV。",
    "P以U闻名，U、U、U都很U，每年UE吨。",
    "F和F在UUU中，VUN，U了D年。",
    "鼓励OVU，支持UAV，对U给予E元的J补助。",
    "这种U的U，比U还U，所以U就U。",
    "人们UU，U着U，UUU。",
    "附件：D.PGUNT\n",
    "关于AVJN的T\n",
    "O：\n",
)

# Terms of a lexicon; what they look like in the files of an office.
TERMS = (
    "P政办发〔Y〕E号",
    "P财预〔Y〕D号",
    "关于VUN的T",
    "关于VUUN的T",
    "PGUNT",
    "PUUIK",
    "PSIK",
    "PUIK",
    "FD号",
    "F（P）",
    "C-Y-E-D",
    "CD-E-E",
    "UUN项目",
    "“UU”N计划",
    "PUN中心",
    "UUN方案E",
)

# Markings as drafts carry them, most of them from none of the shipped lexicons.
PERIODS = (
    *(f"{years}年" for years in range(1, 31)),
    *(f"{months}个月" for months in range(1, 13)),
    "长期",
    "启封前",
)

# For the variants in which the fold must find a term again.
TRADITIONAL = dict(
    zip(
        "国关于发办号项计划实业区东务设会电门长书农兴广应机为产与专总标证护环节运车红马军陈",
        "國關於發辦號項計劃實業區東務設會電門長書農興廣應機為產與專總標證護環節運車紅馬軍陳",
        strict=True,
    )
)
