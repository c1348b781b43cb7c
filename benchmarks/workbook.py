"""Workbooks of people as salespeople keep them: 15 columns, spaces, several styles of phone, repeats, slips."""

import datetime
from random import Random

import xlsxwriter

from crm_desktop.text.believable import Believer

HEADER = (
    *("客户名称", "联系人", "职位", "部门", "手机", "电话", "邮箱", "微信"),
    *("行业", "级别", "来源", "城市", "地址", "生日", "备注"),
)
PEOPLE_AT_ONE = 3
REPEATS = 0.05
"""The share of rows that say again what an earlier one said."""
REMEMBERED = 5000
LEVELS = {"vip": "VIP", "a": "A", "b": "B", "c": "C", "normal": "普通"}
SOURCES = ("展会", "转介绍", "官网", "电话", "广告", "")
NOTES = ("客户对产品感兴趣，需要跟进", "等内部评审", "met at the fair, wants a quote", "")
WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


def rows(count, seed=1):
    """So many rows of cells; the same seed gives the same ones."""
    believer, chance = Believer(seed), Random(seed)
    told, company = [], believer.company()
    for number in range(count):
        if told and chance.random() < REPEATS:
            yield chance.choice(told)
            continue
        if number % PEOPLE_AT_ONE == 0:
            company = believer.company("en" if chance.random() < 0.15 else "zh_CN")
        row = _row(believer, chance, company)
        if len(told) < REMEMBERED:
            told.append(row)
        yield row


def _row(believer, chance, company):
    is_chinese = company["country"] == "CN"
    person = believer.person("zh_CN" if is_chinese else "en", company)
    birthday = person["birthday"]
    return (
        company["name"] + chance.choice(("", "", "", " ", "　")),
        person["full_name"],
        person["title"],
        person["department"],
        _mobile(person["mobile"], chance.random()),
        company["phone"] if chance.random() < 0.5 else "",
        _mail(person["email"], chance.random()),
        person["wechat"],
        company["industry"],
        LEVELS[company["level"]],
        chance.choice(SOURCES),
        company["city_name"],
        company["address"],
        datetime.datetime.combine(birthday, datetime.time()) if birthday and chance.random() < 0.5 else None,
        chance.choice(NOTES),
    )


def _mobile(number, chance):
    """A number as people type it; one in a hundred is a digit short."""
    if not number.startswith("+86"):
        return number if chance < 0.98 else number[:7]
    bare = number[3:]
    ways = (
        (0.45, bare),
        (0.50, float(bare)),
        (0.65, f"{bare[:3]}-{bare[3:7]}-{bare[7:]}"),
        (0.80, f"{bare[:3]} {bare[3:7]} {bare[7:]}"),
        (0.95, number),
        (0.99, bare.translate(WIDE_DIGITS)),
        (1.00, bare[:10]),
    )
    return next(written for share, written in ways if chance < share)


def _mail(mail, chance):
    """An address as people type it; one in a hundred is none."""
    if chance < 0.88:
        return mail
    if chance < 0.98:
        return f" {mail.upper()} "
    return mail.replace("@", "#") if chance < 0.99 else f"{mail}."


def write(path, count, seed=1):
    """Write a workbook of so many rows below their header."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("客户")
        sheet.write_row(0, 0, HEADER)
        for number, row in enumerate(rows(count, seed), start=1):
            sheet.write_row(number, 0, row)
