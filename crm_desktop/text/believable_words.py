"""The word lists that invented people and companies are made of; none of them stands for anyone."""

from typing import NamedTuple


class City(NamedTuple):
    """A city with its GB/T 2260 code and telephone area code; abroad the country code and the name."""

    code: str
    name: str
    latin: str
    area_code: str


def _pairs(line: str) -> tuple[tuple[str, str], ...]:
    """张 zhang|李 li as pairs."""
    return tuple((hanzi, latin) for hanzi, latin in (entry.split() for entry in line.split("|")))


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split("|"))


COMMON_SURNAMES = _pairs(
    "王 wang|李 li|张 zhang|刘 liu|陈 chen|杨 yang|黄 huang|赵 zhao|吴 wu|周 zhou|徐 xu|孙 sun|马 ma|朱 zhu|胡 hu"
    "|郭 guo|何 he|林 lin|高 gao|罗 luo"
)
SURNAMES = _pairs(
    "郑 zheng|梁 liang|谢 xie|宋 song|唐 tang|许 xu|韩 han|冯 feng|邓 deng|曹 cao|彭 peng|曾 zeng|肖 xiao|田 tian"
    "|董 dong|袁 yuan|潘 pan|于 yu|蒋 jiang|蔡 cai|余 yu|杜 du|叶 ye|程 cheng|苏 su|魏 wei|吕 lv|丁 ding|任 ren"
    "|沈 shen|姚 yao|卢 lu|姜 jiang|崔 cui|钟 zhong|谭 tan|陆 lu|汪 wang|范 fan|金 jin|石 shi|廖 liao|贾 jia|夏 xia"
    "|韦 wei|付 fu|方 fang|白 bai|邹 zou|孟 meng|熊 xiong|秦 qin|邱 qiu|江 jiang|尹 yin|薛 xue|闫 yan|段 duan|雷 lei"
    "|侯 hou|龙 long|史 shi|陶 tao|黎 li|贺 he|顾 gu|毛 mao|郝 hao|龚 gong|邵 shao|万 wan|钱 qian|严 yan|覃 qin|武 wu"
    "|戴 dai|莫 mo|孔 kong|向 xiang|汤 tang|常 chang|温 wen|康 kang|施 shi|文 wen|牛 niu|樊 fan|葛 ge|邢 xing"
)
RARE_SURNAMES = _pairs(
    "欧阳 ouyang|上官 shangguan|司马 sima|诸葛 zhuge|司徒 situ|尉迟 yuchi|皇甫 huangfu|慕容 murong|令狐 linghu"
    "|端木 duanmu|单 shan|仇 qiu|解 xie|区 ou|查 zha|朴 piao|乐 yue|华 hua|盖 ge|种 chong|缪 miao|翟 zhai|佟 tong"
    "|阮 ruan|祝 zhu|祁 qi|嵇 ji|詹 zhan|屈 qu|池 chi"
)
MALE = _pairs(
    "伟 wei|强 qiang|磊 lei|洋 yang|勇 yong|杰 jie|超 chao|鹏 peng|浩 hao|宇 yu|轩 xuan|博 bo|文 wen|志 zhi|建 jian"
    "|国 guo|海 hai|峰 feng|斌 bin|俊 jun|凯 kai|睿 rui|泽 ze|晨 chen|辰 chen|毅 yi|恒 heng|航 hang|昊 hao|瑞 rui"
    "|嘉 jia|诚 cheng|远 yuan|松 song|柏 bai|东 dong|华 hua|庆 qing|德 de|立 li|振 zhen|家 jia|思 si|承 cheng|景 jing"
    "|启 qi|长 chang|少 shao|天 tian|兴 xing|成 cheng|永 yong|新 xin|光 guang|大 da|学 xue"
)
FEMALE = _pairs(
    "芳 fang|静 jing|丽 li|敏 min|艳 yan|娟 juan|霞 xia|婷 ting|雪 xue|慧 hui|玲 ling|燕 yan|丹 dan|萍 ping|红 hong"
    "|琳 lin|梅 mei|洁 jie|莉 li|颖 ying|倩 qian|欣 xin|怡 yi|佳 jia|雅 ya|晓 xiao|梦 meng|诗 shi|雨 yu|心 xin|若 ruo"
    "|语 yu|宁 ning|清 qing|月 yue|云 yun|素 su|秀 xiu|春 chun|秋 qiu|玉 yu|美 mei|亚 ya|海 hai|文 wen|思 si|可 ke"
    "|嘉 jia|乐 le|悦 yue|然 ran|瑶 yao|璐 lu|菲 fei|蕾 lei|薇 wei|岚 lan|桐 tong"
)
ENGLISH_MALE = _words(
    "James|Oliver|Henry|Thomas|Daniel|Adam|Peter|Simon|Martin|Andrew|Colin|Edward|Felix|Graham|Hugh|Ian|Julian|Keith"
    "|Leo|Marcus|Nathan|Owen|Paul|Quentin|Robert|Samuel|Toby|Victor|Walter|Alan|Brian|Craig|Dennis|Eric|Frank|George"
)
ENGLISH_FEMALE = _words(
    "Alice|Bridget|Claire|Diana|Emma|Fiona|Grace|Helen|Irene|Julia|Karen|Laura|Maria|Nora|Olivia|Paula|Rachel|Sarah"
    "|Teresa|Una|Vera|Wendy|Amelia|Beth|Carol|Deborah|Elena|Frances|Gina|Hannah|Isabel|Joan|Kate|Linda|Megan|Nancy"
)
ENGLISH_SURNAMES = _words(
    "Ashdown|Barlow|Carver|Denham|Ellery|Farrow|Garner|Hollis|Ingram|Jarvis|Kendall|Lowell|Marlow|Norwood|Oakley"
    "|Pembroke|Quill|Radley|Selby|Thorne|Underhill|Vance|Whitmore|Yardley|Aldous|Birch|Cobham|Draper|Eastman|Fenwick"
    "|Goddard|Harlan|Ives|Kirby|Langley|Merton|Nash|Orford|Prescott|Rowe|Sutton|Tilney|Upton|Vernon|Winslow|York"
    "|Bexley|Chilton|Dorsey|Everett"
)
GERMAN_MALE = _words(
    "Andreas|Bernd|Christian|Dieter|Erik|Florian|Georg|Holger|Jan|Karl|Lukas|Matthias|Niklas|Otto|Philipp|Rainer"
    "|Stefan|Till|Uwe|Volker|Wolfgang|Jürgen|Jörg|Sören|Björn|Günter|Moritz|Tobias"
)
GERMAN_FEMALE = _words(
    "Anna|Birgit|Claudia|Doris|Eva|Franziska|Greta|Heike|Ines|Jana|Katrin|Lena|Marlene|Nadine|Petra|Renate|Sabine"
    "|Theresa|Ulrike|Vera|Johanna|Käthe|Bärbel|Simone|Verena|Annette|Silke|Paula"
)
GERMAN_SURNAMES = _words(
    "Schneider|Albrecht|Baumgart|Dornbach|Ehlers|Falkner|Grünwald|Hartmann|Imhoff|Jäger|Köster|Lindner|Möller|Neumann"
    "|Oswald|Pohl|Rehberg|Sommer|Thalbach|Ullmann|Vogt|Weidner|Zander|Böhm|Dietz|Engel|Förster|Gruber|Heller|Jansen"
    "|Kessler|Lorenz|Mertens|Nolte|Opitz|Petersen|Rothe|Steiner|Trautmann|Wieland"
)
CORE_FIRST = _pairs(
    "恒 heng|睿 rui|瀚 han|卓 zhuo|启 qi|嘉 jia|鼎 ding|博 bo|晟 sheng|铭 ming|骏 jun|泽 ze|凌 ling|拓 tuo|亿 yi"
    "|优 you|利 li|鸿 hong|宏 hong|晨 chen|凯 kai|瑞 rui|锐 rui|朗 lang|星 xing|云 yun|海 hai|辰 chen|弘 hong|昱 yu"
    "|澜 lan|麦 mai|珂 ke|沐 mu|佰 bai|百 bai|科 ke|朴 pu|远 yuan|正 zheng"
)
CORE_SECOND = _pairs(
    "越 yue|川 chuan|图 tu|信 xin|辉 hui|峰 feng|帆 fan|诺 nuo|维 wei|域 yu|达 da|源 yuan|宇 yu|航 hang|捷 jie"
    "|盛 sheng|腾 teng|讯 xun|特 te|科 ke|泰 tai|德 de|森 sen|原 yuan|景 jing|合 he|创 chuang|联 lian|韵 yun|格 ge"
    "|朗 lang|码 ma|衡 heng|岳 yue|和 he|晖 hui|桥 qiao|木 mu|石 shi|林 lin"
)
TRADES: dict[str, tuple[str, str, str, str]] = {
    "it": ("信息技术|软件|数据科技", "Software|Data Systems|Digital", "Software|Datentechnik", "软件开发;云服务"),
    "manufacturing": (
        "精密机械|机械制造|五金制品",
        "Machinery|Precision Works|Castings",
        "Maschinenbau|Metallbau",
        "机加工;模具",
    ),
    "retail": ("商贸|百货|连锁商业", "Retail|Trading|Stores", "Handel|Warenhaus", "门店;电商"),
    "automation": (
        "自动化|智能装备|机器人",
        "Automation|Robotics|Controls",
        "Automation|Steuerungstechnik",
        "产线改造;机器人",
    ),
    "chemicals": ("化工|新材料|精细化学", "Chemicals|Materials|Coatings", "Chemie|Werkstoffe", "涂料;树脂"),
    "energy": ("能源|新能源|电力设备", "Energy|Power|Solar", "Energie|Solartechnik", "光伏;储能"),
    "construction": ("建设工程|建筑设计|建材", "Construction|Building|Structures", "Bau|Bautechnik", "钢结构;装修"),
    "finance": ("投资管理|融资租赁|金融服务", "Capital|Finance|Leasing", "Finanz|Leasing", "租赁;保理"),
    "healthcare": ("医疗器械|生物医药|健康科技", "Medical|Biotech|Health", "Medizintechnik|Pharma", "影像;耗材"),
    "education": ("教育科技|文化教育|培训", "Learning|Education|Training", "Bildung|Akademie", "职业培训;课程"),
    "logistics": ("物流|供应链管理|国际货运", "Logistics|Freight|Supply Chain", "Logistik|Spedition", "冷链;仓储"),
    "food": ("食品|粮油|餐饮管理", "Foods|Beverages|Catering", "Lebensmittel|Feinkost", "烘焙;饮料"),
    "automotive": (
        "汽车零部件|汽车电子|车辆技术",
        "Automotive|Motors|Vehicle Parts",
        "Fahrzeugtechnik|Automotive",
        "底盘;线束",
    ),
    "electronics": (
        "电子科技|半导体|光电",
        "Electronics|Semiconductors|Photonics",
        "Elektronik|Sensorik",
        "传感器;电路板",
    ),
    "agriculture": ("农业科技|种业|农牧", "Agri|Seeds|Farming", "Agrartechnik|Saatgut", "温室;种子"),
    "media": ("文化传媒|广告|数字营销", "Media|Advertising|Publishing", "Medien|Verlag", "展览;视频"),
    "government": (
        "产业园管理委员会|公共服务中心|检测研究院",
        "Agency|Public Services|Institute",
        "Institut|Anstalt",
        "园区;招商",
    ),
    "services": ("咨询|企业服务|检测技术", "Consulting|Services|Testing", "Beratung|Dienstleistungen", "认证;外包"),
    "other": ("实业|贸易|科技", "Industries|Works|Group", "Werke|Handelshaus", "综合;进出口"),
}
ENGLISH_CORES = _words(
    "Northfield|Silverbrook|Amberly|Brightwater|Castlemere|Dunmore|Eastgate|Foxhollow|Greystone|Harborne|Ironbridge"
    "|Juniper|Kingsmere|Larkspur|Millbrook|Newhaven|Oakridge|Pinecrest|Quarrybank|Redwood|Stonecroft|Tidewell|Upland"
    "|Valemont|Westmark|Yewtree|Alderton|Blackwell|Cranmore|Dovedale|Elmhurst|Fairholme|Glenhaven|Hazelton|Islemere"
    "|Kestrel|Lindenway|Moorgate|Netherby|Orchard"
)
GERMAN_CORES = _words(
    "Nordlicht|Talwerk|Bergfeld|Eichenau|Falkental|Grünbach|Hohenstein|Isarblick|Jurawerk|Kupferberg|Lindenhof"
    "|Morgenrot|Neckarfels|Ostertal|Pfalzwerk|Quellbach|Rheinau|Steinbrück|Tannengrund|Uferwerk|Vorberg|Westerwald"
    "|Ziegelhof|Ahornweg|Birkenfeld|Donautal"
)
CITIES = (
    City("310000", "上海", "shanghai", "021"),
    City("110000", "北京", "beijing", "010"),
    City("440300", "深圳", "shenzhen", "0755"),
    City("440100", "广州", "guangzhou", "020"),
    City("320500", "苏州", "suzhou", "0512"),
    City("330100", "杭州", "hangzhou", "0571"),
    City("320100", "南京", "nanjing", "025"),
    City("510100", "成都", "chengdu", "028"),
    City("420100", "武汉", "wuhan", "027"),
    City("120000", "天津", "tianjin", "022"),
    City("610100", "西安", "xian", "029"),
    City("500000", "重庆", "chongqing", "023"),
    City("320200", "无锡", "wuxi", "0510"),
    City("330200", "宁波", "ningbo", "0574"),
    City("370200", "青岛", "qingdao", "0532"),
    City("441900", "东莞", "dongguan", "0769"),
    City("440600", "佛山", "foshan", "0757"),
    City("340100", "合肥", "hefei", "0551"),
    City("430100", "长沙", "changsha", "0731"),
    City("350100", "福州", "fuzhou", "0591"),
    City("210200", "大连", "dalian", "0411"),
    City("410100", "郑州", "zhengzhou", "0371"),
    City("370100", "济南", "jinan", "0531"),
    City("230100", "哈尔滨", "harbin", "0451"),
)
ENGLISH_CITIES = (
    City("GB", "London", "london", "20"),
    City("GB", "Manchester", "manchester", "161"),
    City("US", "Boston", "boston", "617"),
    City("US", "Chicago", "chicago", "312"),
    City("US", "Seattle", "seattle", "206"),
    City("SG", "Singapore", "singapore", "6"),
    City("AU", "Melbourne", "melbourne", "3"),
    City("CA", "Toronto", "toronto", "416"),
)
GERMAN_CITIES = (
    City("DE", "München", "muenchen", "89"),
    City("DE", "Stuttgart", "stuttgart", "711"),
    City("DE", "Hamburg", "hamburg", "40"),
    City("DE", "Köln", "koeln", "221"),
    City("DE", "Leipzig", "leipzig", "341"),
    City("AT", "Wien", "wien", "1"),
    City("CH", "Zürich", "zuerich", "44"),
)
STREETS = _words(
    "人民路|建设路|创新大道|星海街|科技园路|工业大道|文化西路|滨河东路|中兴路|迎宾大道|长江路|黄河路|和平路|学院路"
    "|松涛路|金桥路|春申路|东方路"
)
ENGLISH_STREETS = _words(
    "Mill Lane|Station Road|Harbour Street|King Street|Park Avenue|Orchard Road|Bridge Street|Maple Drive|Market Place"
)
GERMAN_STREETS = _words(
    "Lindenstraße|Bahnhofstraße|Industrieweg|Am Hafen|Gartenstraße|Ringstraße|Schillerstraße|Mühlweg|Werkstraße"
)
AREA_CODES = _words(
    "201|202|203|205|206|207|208|209|210|212|213|214|215|216|217|218|219|224|225|228|229|231|234|239|240|248|251|252"
    "|253|254|256|260|262|267|269|270|276|281|301|302|303|304|305|307|308|309|310|312|313|314|315|316|317|318|319|320"
    "|321|323|330|334|336|337|339|347|351|352|360|361|385|386|401|402|404|405|406|407|408|409|410|412|413|414|415|417"
    "|419|423|424|425|430|432|434|435|440|443|469|478|479|480|484|501|502|503"
)
MOBILE_PREFIXES = _words(
    "130|131|132|133|134|135|136|137|138|139|150|151|152|153|155|156|157|158|159|177|178|180|181|182|183|185|186|187"
    "|188|189"
)
DEPARTMENTS = (
    ("采购部", "Purchasing", "采购员|采购主管|采购经理|采购总监", "Buyer|Purchasing Manager|Head of Purchasing"),
    (
        "技术部",
        "Engineering",
        "工程师|高级工程师|技术经理|总工程师",
        "Engineer|Senior Engineer|Engineering Manager|Technical Director",
    ),
    ("生产部", "Production", "生产主管|生产经理|厂长", "Production Supervisor|Production Manager|Plant Manager"),
    ("信息部", "IT", "IT专员|IT经理|信息总监", "IT Specialist|IT Manager|CIO"),
    ("财务部", "Finance", "会计|财务经理|财务总监", "Accountant|Finance Manager|CFO"),
    ("市场部", "Marketing", "市场专员|市场经理|市场总监", "Marketing Specialist|Marketing Manager|Head of Marketing"),
    ("销售部", "Sales", "销售代表|大客户经理|销售总监", "Sales Representative|Key Account Manager|Sales Director"),
    ("质量部", "Quality", "质量工程师|质量经理", "Quality Engineer|Quality Manager"),
    ("研发部", "R&D", "研发工程师|项目经理|研发总监", "Developer|Project Manager|Head of R&D"),
    ("行政部", "Administration", "行政助理|行政经理", "Assistant|Office Manager"),
    (
        "总经办",
        "Management",
        "总经理助理|副总经理|总经理|董事长",
        "Assistant to the Board|Vice President|Managing Director|CEO",
    ),
)
HOBBIES = {
    "zh": _words("羽毛球|摄影|钓鱼|登山|书法|茶道|骑行|游泳|围棋|跑步|烹饪|旅行"),
    "en": _words("Cycling|Hiking|Sailing|Chess|Running|Cooking|Music|Travel"),
}
TOPICS = {
    "zh": _words(
        "新产线的设备选型|年度框架合同|样机测试进度|备件交期|报价单的付款条件|二期改造的预算|现场安装时间"
        "|竞争对手的方案|系统对接的接口|质保和售后响应|操作人员培训|下半年采购计划|展会上看到的新品"
        "|技术协议的修改意见|验收标准"
    ),
    "en": _words(
        "the choice of machines for the new line|the yearly frame contract|progress of the trial unit"
        "|delivery of spare parts|terms of payment in the quotation|the budget of phase two|the date of installation"
        "|a competitor's proposal|the interface to their system|warranty and service times|training for operators"
        "|purchasing plans for the second half|the new product seen at the fair|changes to the technical agreement"
        "|acceptance criteria"
    ),
}
RESULTS = {
    "zh": _words(
        "对方认可方案，等内部评审|价格仍偏高，希望再让 3%|要求下周前给正式报价|需要总经理最后决定"
        "|暂时没有预算，明年一季度再谈|同意安排现场演示|对交期有顾虑|愿意先试用一个月|已转给技术部评估"
        "|合同条款基本谈妥|约好下月再访"
    ),
    "en": _words(
        "they like the proposal and wait for their internal review"
        "|the price is still too high, they hope for another 3 %|they want the formal quotation by next week"
        "|the managing director will decide|no budget now, again in the first quarter"
        "|they agree to a demonstration on site|they worry about the delivery time"
        "|they would try it for a month first|passed on to engineering for evaluation|the contract is nearly settled"
        "|we meet again next month"
    ),
}
NEXT_STEPS = {
    "zh": _words("发送资料|更新报价|约技术交流|寄样品|跟进合同|电话回访|安排参观工厂|无"),
    "en": _words(
        "send documents|update the quotation|set up a technical meeting|ship samples|follow up on the contract"
        "|call again|plan a factory visit|none"
    ),
}
OPENINGS = {
    "zh": {
        "call": "电话沟通",
        "visit": "上门拜访",
        "meeting": "会议讨论",
        "mail": "邮件往来",
        "chat": "微信沟通",
        "meal": "工作餐上聊到",
        "trade_show": "展台交流",
    },
    "en": {
        "call": "Call about",
        "visit": "Visit, talked about",
        "meeting": "Meeting on",
        "mail": "Mail about",
        "chat": "WeChat about",
        "meal": "Over lunch we spoke about",
        "trade_show": "At the booth we spoke about",
    },
}
MINUTES = {
    "call": (3, 25),
    "visit": (40, 150),
    "meeting": (30, 120),
    "mail": (5, 15),
    "chat": (2, 15),
    "meal": (60, 120),
    "trade_show": (5, 30),
}
TAGS = {
    "zh": _words("重点|老客户|展会|价格敏感|技术导向|需回访|转介绍|试用中|有竞品|出口"),
    "en": _words("key|trade fair|price sensitive|technical|call back|referral|trial|exporter"),
}
