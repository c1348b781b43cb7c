"""Chinese surnames: those read otherwise than the character elsewhere, those of two characters, and the common ones."""


def _table(entries: str) -> dict[str, tuple[str, ...]]:
    pairs = (entry.split(":") for entry in entries.split())
    return {surname: tuple(readings.split("/")) for surname, readings in pairs}


def _words(entries: str) -> frozenset[str]:
    return frozenset(entries.split())


READINGS = _table(
    "曾:zeng 单:shan 仇:qiu 解:xie 区:ou 朴:piao/pu 查:zha 任:ren 盖:ge/gai 华:hua 覃:qin/tan 乐:yue/le"
    " 翟:zhai/di 缪:miao 宓:mi/fu 员:yun 贠:yun 逄:pang 逢:pang/feng 召:shao/zhao 种:chong 冼:xian 洗:xian"
    " 谌:chen/shen 褚:chu 都:du 费:fei/bi 干:gan 句:gou 勾:gou 过:guo 黑:hei/he 纪:ji 隽:juan 阚:kan 隗:wei/kui"
    " 令:ling 吕:lv 么:yao 牟:mu/mou 那:na 能:nai 乜:nie 粘:nian 繁:po 秘:bi/mi 强:qiang 瞿:qu 曲:qu 撒:sa"
    " 色:se 折:she/zhe 舍:she 莘:shen/xin 盛:sheng 石:shi 宿:su 眭:sui 睢:sui 台:tai 拓:tuo/ta 尉:wei/yu"
    " 相:xiang 燕:yan 要:yao 叶:ye 应:ying 於:yu 郁:yu 臧:zang 占:zhan 仉:zhang 祭:zhai 訾:zi 郗:xi/chi"
    " 郇:xun/huan 贲:ben 车:che 佴:nai 炅:gui 昝:zan 圈:juan 降:jiang 缴:jiao 呙:guo 和:he 郄:qie/xi 鲜:xian"
    " 亢:kang 空:kong 蔚:yu/wei 朝:chao 晟:cheng/sheng 乘:cheng 长:zhang/chang 柏:bai/bo 薄:bo 卜:bu 便:pian"
    " 晁:chao 贾:jia 葛:ge 宁:ning 万:wan 肖:xiao 沈:shen 藏:zang 行:xing 信:xin 谷:gu 哈:ha 尹:yin 俞:yu 余:yu"
    " 重:chong 佛:fu/fo 会:hui 生:sheng 校:xiao 冯:feng"
)
"""How single surnames are read, the usual way first, where a dictionary of characters knows other readings too."""

COMPOUND_READINGS = _table(
    "尉迟:yu.chi 万俟:mo.qi 长孙:zhang.sun 澹台:tan.tai 单于:chan.yu 令狐:ling.hu 宰父:zai.fu 亓官:qi.guan"
    " 鲜于:xian.yu 拓跋:tuo.ba 夹谷:jia.gu 谷梁:gu.liang 乐正:yue.zheng 子车:zi.ju 闾丘:lv.qiu 斛律:hu.lv"
    " 褚师:chu.shi 皇甫:huang.fu 独孤:du.gu 宇文:yu.wen 呼延:hu.yan 颛孙:zhuan.sun 壤驷:rang.si 濮阳:pu.yang"
    " 赫连:he.lian 纳兰:na.lan 尔朱:er.zhu 贺若:he.ruo 百里:bai.li 毌丘:guan.qiu"
)
"""How surnames of two characters are read that a dictionary of words may get wrong; syllables parted by a dot."""

COMPOUND = frozenset(COMPOUND_READINGS) | _words(
    "欧阳 司马 上官 诸葛 东方 司徒 司空 司寇 端木 夏侯 闻人 申屠 公孙 公羊 公西 公冶 公良 段干 东郭 南门 羊舌"
    " 微生 梁丘 左丘 东门 西门 南宫 第五 贺兰 完颜 叶赫 慕容 钟离 淳于 太叔 太史 轩辕 仲孙 漆雕 巫马 哥舒 屈突"
    " 即墨 达奚 北堂 东里 叔孙 季孙 孟孙 费莫 富察 归海 有琴 阳佟 范姜 夏候 车非 胡母 缑亢 岳帅"
)
"""Surnames of two characters."""

COMMON = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊"
    "葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉"
    "骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏"
    "宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班"
    "储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门"
    "云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於"
    "呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由贠"
)
"""The several hundred most frequent surnames of one character."""

JAPANESE = _words(
    "佐藤 铃木 高桥 田中 渡边 渡辺 伊藤 山本 中村 小林 加藤 吉田 山田 佐佐木 佐々木 山口 松本 井上 木村 清水"
    " 山崎 阿部 池田 桥本 石川 前田 藤田 小川 冈田 后藤 长谷川 村上 近藤 石井 坂本 远藤 青木 藤井 西村 福田"
    " 太田 三浦 冈本 松田 中岛 中野 原田 小野 田村 竹内 金子 和田 中山 石田 上田 森田 柴田 酒井 工藤 横山 宫崎"
    " 宫本 内田 高木 安藤 谷口 大野 丸山 今井 藤原 村田 武田 上野 杉山 增田 菅原 平野 大塚 小岛 千叶 久保"
    " 久保田 松井 岩崎 樱井 野口 松尾 野村 菊地 佐野 大西 杉本 新井 滨田 古川 水野 小松 五十岚 小野寺 本田 西田"
    " 星野 川崎 伊东"
)
"""Frequent Japanese surnames of two and three characters, in simplified characters."""

KOREAN = _words("남궁 황보 제갈 사공 선우 독고 동방 서문")
"""Korean surnames of two syllables."""
