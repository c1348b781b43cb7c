"""Lists of customers as CRMs and people in China and Taiwan write them: their header rows, and invented rows below."""

from tests.services.layout_files import Known, words

CUSTOMERS = Known(
    "客户表",
    words(
        """序号,客户名称,联系人,手机,职务,跟进记录,跟进时间,跟进方式,跟进人,客户来源,客户级别,所属行业,省,市,
        区,详细地址,下次跟进时间,备注"""
    ),
    {
        "客户名称": "account.name",
        "联系人": "contact.full_name",
        "手机": "contact.mobile",
        "职务": "affiliation.title",
        "跟进记录": "activity.summary",
        "跟进时间": "activity.at",
        "跟进方式": "activity.kind",
        "跟进人": "activity.author_id",
        "客户来源": "account.lead_source",
        "客户级别": "account.level",
        "所属行业": "account.industry",
        "省": "account.province",
        "市": "account.city",
        "区": "account.district",
        "详细地址": "account.street",
        "备注": "contact.note",
    },
    [
        {
            "序号": 1,
            "客户名称": "示例机械有限公司",
            "联系人": "张三",
            "手机": "13800138000",
            "职务": "采购经理",
            "跟进记录": "电话沟通，要求报价",
            "跟进时间": "2025-03-08 10:30",
            "跟进方式": "电话",
            "客户来源": "展会",
            "客户级别": "A",
            "所属行业": "制造业",
            "省": "江苏省",
            "市": "苏州市",
            "区": "昆山市",
            "详细地址": "前进路1号",
        },
        {"序号": 2, "客户名称": "大商零售有限公司", "联系人": "李四", "省": "上海市", "市": "市辖区", "区": "浦东新区"},
        {"序号": 3, "客户名称": "示例科技股份有限公司", "联系人": "王五", "详细地址": "江苏省苏州市工业园区星湖街1号"},
    ],
)
CUSTOMERS_OF_CRM = Known(
    "CRM 客户导出",
    words(
        """客户编号,客户名称（必填）,客户行业,客户级别,客户来源,成交状态,电话,手机,网址,省份,城市,区县,
        详细地址,负责人,归属部门,创建人,创建时间,最后跟进时间,备注"""
    ),
    {
        "客户名称（必填）": "account.name",
        "客户行业": "account.industry",
        "客户级别": "account.level",
        "客户来源": "account.lead_source",
        "成交状态": "account.relationship",
        "电话": "account.phone",
        "手机": "account.mobile",
        "网址": "account.website",
        "省份": "account.province",
        "城市": "account.city",
        "区县": "account.district",
        "详细地址": "account.street",
        "负责人": "account.owner_id",
        "备注": "account.description",
    },
    [
        {
            "客户编号": "C0001",
            "客户名称（必填）": "示例机械有限公司",
            "电话": "0512-62345678",
            "省份": "江苏省",
            "城市": "苏州市",
        },
        {"客户编号": "C0002", "客户名称（必填）": "大商零售有限公司", "手机": "13900139000", "归属部门": "华东区"},
        {"客户编号": "C0003", "客户名称（必填）": "示例科技股份有限公司", "成交状态": "成交客户"},
    ],
)
CONTACTS_OF_CRM = Known(
    "CRM 联系人导出",
    words(
        """联系人姓名*,客户名称,手机,电话,电子邮件,职务,部门,性别,生日,微信,QQ,是否关键决策人,关键决策人,
        备注,负责人,创建时间,更新时间"""
    ),
    {
        "联系人姓名*": "contact.full_name",
        "客户名称": "account.name",
        "手机": "contact.mobile",
        "电话": "contact.phone",
        "电子邮件": "contact.email",
        "职务": "affiliation.title",
        "部门": "affiliation.department",
        "性别": "contact.gender",
        "生日": "contact.birthday",
        "微信": "contact.wechat",
        "QQ": "contact.qq",
        "关键决策人": "affiliation.decision_role",
        "备注": "activity.summary",
        "负责人": "account.owner_id",
    },
    [
        {
            "联系人姓名*": "张三",
            "客户名称": "示例机械有限公司",
            "手机": "13800138000",
            "微信": "zhang_san",
            "性别": "男",
        },
        {"联系人姓名*": "李四", "客户名称": "大商零售有限公司", "QQ": "123456", "生日": "1990-03-08"},
        {"联系人姓名*": "王五", "客户名称": "示例科技股份有限公司", "电话": "021-62345678"},
    ],
)
TAIWAN = Known(
    "台灣客戶名單",
    words(
        """客戶編號,公司名稱,統一編號,聯絡人,職稱,部門,行動電話,公司電話,分機,傳真,電子郵件,LINE ID,縣市,
        鄉鎮市區,地址,郵遞區號,產業別,備註"""
    ),
    {
        "公司名稱": "account.name",
        "統一編號": "account.credit_code",
        "聯絡人": "contact.full_name",
        "職稱": "affiliation.title",
        "部門": "affiliation.department",
        "行動電話": "contact.mobile",
        "公司電話": "account.phone",
        "傳真": "account.fax",
        "電子郵件": "contact.email",
        "縣市": "account.city",
        "鄉鎮市區": "account.district",
        "地址": "account.address",
        "郵遞區號": "account.postcode",
        "產業別": "account.industry",
        "備註": "activity.summary",
    },
    [
        {
            "客戶編號": "T001",
            "公司名稱": "範例精密股份有限公司",
            "聯絡人": "林範例",
            "職稱": "採購經理",
            "行動電話": "+886 912 345 678",
            "公司電話": "+886 2 2345 6789",
            "電子郵件": "lin@example.com",
            "縣市": "臺北市",
            "鄉鎮市區": "信義區",
            "地址": "松高路1號",
            "郵遞區號": "110",
        },
        {"客戶編號": "T002", "公司名稱": "示例貿易有限公司", "聯絡人": "陳示例", "產業別": "貿易"},
        {"客戶編號": "T003", "公司名稱": "樣品工業有限公司", "聯絡人": "王樣品", "備註": "展覽認識"},
    ],
)
EXHIBITORS = Known(
    "展商名录",
    words("序号,展位号,公司中文名,公司英文名,联系人1,职务1,手机1,邮箱1,联系人2,职务2,手机2,邮箱2,主营产品,网址"),
    {
        "展位号": "account.description",
        "公司中文名": "account.name",
        "公司英文名": "account.name_en",
        "联系人1": "contact.full_name",
        "职务1": "affiliation.title",
        "手机1": "contact.mobile",
        "邮箱1": "contact.email",
        "联系人2": "person2.full_name",
        "职务2": "person2.title",
        "手机2": "person2.mobile",
        "邮箱2": "person2.email",
        "主营产品": "account.description",
        "网址": "account.website",
    },
    [
        {
            "序号": 1,
            "展位号": "5.1A01",
            "公司中文名": "示例机械有限公司",
            "公司英文名": "Example Machinery Co., Ltd.",
            "联系人1": "张三",
            "职务1": "采购经理",
            "手机1": "13800138000",
            "联系人2": "李四",
            "职务2": "销售总监",
            "手机2": "13900139000",
            "主营产品": "数控机床",
        },
        {"序号": 2, "展位号": "5.1A02", "公司中文名": "大商零售有限公司", "联系人1": "王五", "手机1": "13700137000"},
        {
            "序号": 3,
            "展位号": "5.1A03",
            "公司中文名": "示例科技股份有限公司",
            "联系人2": "赵六",
            "手机2": "13600136000",
        },
    ],
    before=[["2026 示例展会参展商名录"], []],
)
TALKS = Known(
    "拜访记录",
    words("日期,客户,联系人,拜访内容,拜访人,下次联系时间"),
    {
        "日期": "activity.at",
        "客户": "account.name",
        "联系人": "contact.full_name",
        "拜访内容": "activity.summary",
        "拜访人": "activity.author_id",
    },
    [
        {"日期": "2025-03-08", "客户": "示例机械有限公司", "联系人": "张三", "拜访内容": "参观工厂"},
        {"日期": "2025-03-09", "客户": "大商零售有限公司", "联系人": "李四", "拜访内容": "签合同"},
        {"日期": "2025-03-10", "客户": "示例机械有限公司", "联系人": "张三", "拜访内容": "回访"},
    ],
)
CUSTOMER_LISTS = (CUSTOMERS, CUSTOMERS_OF_CRM, CONTACTS_OF_CRM, TAIWAN, EXHIBITORS, TALKS)
