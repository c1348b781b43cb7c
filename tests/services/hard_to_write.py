"""Records with everything that is hard to write down in a file, for the tests of what goes out and comes back."""

from datetime import date

from crm_desktop.model import Account, Activity, Affiliation, Contact
from crm_desktop.services import records


def one_of_everything(workspace, make):
    """Two companies, one below the other, two people and a talk; gives their keys."""
    abc = records.create(
        workspace,
        Account,
        {
            "name": "ABC有限公司",
            "types": "客户、供应商",
            "industry": "信息技术",
            "employees": "350",
            "annual_revenue": "1.2亿 USD",
            "budget": "50万",
            "region": "江苏省苏州市昆山市",
            "address": "上海市浦东新区\n北京市朝阳区",
            "phone": "+86 123456789; 010-12345678转801",
            "email": "info@abc.com; info@abc",
            "website": "www.abc.com",
            "level": "VIP",
            "tags": "展会、=重点、a@b",
            "description": "第一行\n=第二行\n-第三行",
        },
    )
    xyz = records.create(workspace, Account, {"name": "=XYZ", "industry": "@unknown", "status": "关闭"}, parent_id=abc)
    zhang = records.create(
        workspace,
        Contact,
        {
            "full_name": "张三",
            "mobile": "+86 987654321; 13800138000",
            "email": "zhangsan@abc.com",
            "wechat": "zhang_san",
            "birthday": "3月8日",
            "note": "喜欢\n高尔夫",
            "do_not_call": "是",
            "gender": "男",
        },
    )
    li = records.create(workspace, Contact, {"full_name": "-李四", "birthday": "农历1990年八月十五", "hobby": "+1"})
    make(Affiliation, contact_id=zhang, account_id=abc, title="销售经理", from_date=date(2020, 1, 31))
    make(Affiliation, contact_id=zhang, account_id=xyz, title="顾问", decision_role="influencer", influence=3)
    make(Affiliation, contact_id=li, account_id=abc, title="@old", status="departed")
    call = make(Activity, summary="=想要\n报价", account_id=abc, kind="call")
    return {"abc": abc, "xyz": xyz, "zhang": zhang, "li": li, "call": call}
