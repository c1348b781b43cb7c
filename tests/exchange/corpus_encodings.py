"""Kind 5: text files in every usual encoding, and in none."""

from tests.exchange.corpus import Made, Refused, Taken

SIMPLIFIED = [
    ("姓名", "公司", "职务"),
    ("张三", "上海示例科技有限公司", "销售总监"),
    ("李四", "北京样例贸易有限公司", "采购经理"),
]
TRADITIONAL = [
    ("姓名", "公司", "職務"),
    ("張三", "台灣範例股份有限公司", "業務經理"),
    ("李四", "高雄樣例貿易有限公司", "採購主任"),
]
JAPANESE = [
    ("氏名", "会社名", "部署"),
    ("山田太郎", "サンプル株式会社", "営業部長"),
    ("鈴木花子", "テスト工業", "購買"),
]
WESTERN = [
    ("Name", "Firma", "Straße"),
    ("Müller", "Jäger & Söhne GmbH", "Größe 5 €"),
    ("Élise", "Café Crème", "Zürich"),
]
RARE = [("姓名", "公司", "地址"), ("𠮷野", "示例", "䶮路"), ("李㛃", "样例公司", "北京")]
ENCODINGS = (
    ("utf-8", SIMPLIFIED, ""),
    ("utf-8-sig", SIMPLIFIED, ""),
    ("utf-16", SIMPLIFIED, ""),
    ("utf-16-le", SIMPLIFIED, ""),
    ("utf-16-be", SIMPLIFIED, ""),
    ("utf-32", SIMPLIFIED, ""),
    ("gbk", SIMPLIFIED, "GB18030"),
    ("gb18030", SIMPLIFIED, "GB18030"),
    ("gb18030", RARE, "GB18030"),
    ("utf-8", RARE, ""),
    ("big5", TRADITIONAL, "BIG5"),
    ("cp932", JAPANESE, "CP932"),
    ("euc_jp", JAPANESE * 3, "EUC_JP"),
    ("cp1252", WESTERN, "CP1252"),
    ("utf-8", WESTERN, ""),
)
DELIMITERS = (",", ";", "\t", "|", "，")


def encodings():
    """Every case of the kind."""
    for encoding, rows, said in ENCODINGS:
        for delimiter in (",", "\t"):
            text = "\r\n".join(delimiter.join(row) for row in rows)
            yield _file(f"{encoding}, {delimiter!r}, {rows[1][0]}", text.encode(encoding), Taken(rows, said))
    for delimiter in DELIMITERS:
        text = "\n".join(delimiter.join(row) for row in SIMPLIFIED)
        yield _file(f"delimiter {delimiter}", text.encode(), Taken(SIMPLIFIED))
        yield _file(f"delimiter {delimiter} told", f"sep={delimiter}\n{text}".encode(), Taken(SIMPLIFIED))
    yield from _one_name_among_many()
    yield from _broken()
    yield from _structure()


def _file(name, content, expected):
    return Made(name, ".csv", lambda path: path.write_bytes(content), expected)


def _one_name_among_many():
    plain = [("Name", "Mail"), *((f"Anna {at}", f"anna{at}@example.com") for at in range(100))]
    for encoding, name, said in (
        ("gb18030", "张伟", "GB18030"),
        ("gb18030", "欧阳娜娜", "GB18030"),
        ("gb18030", "王芳", "GB18030"),
        ("big5", "歐陽先生", "BIG5"),
        ("cp1252", "Müller", "CP1252"),
        ("cp1252", "François", "CP1252"),
        ("utf-8", "张伟", ""),
    ):
        rows = [*plain, (name, "last@example.com")]
        text = "\n".join(",".join(row) for row in rows)
        yield _file(f"one name in {encoding}: {name}", text.encode(encoding), Taken(rows, said))


def _broken():
    rows = [*SIMPLIFIED * 5]
    whole = "\n".join(",".join(row) for row in rows)
    raw = whole.encode()
    yield _file(
        "UTF-8 cut inside its last character",
        raw[:-1],
        Taken([*rows[:-1], ("李四", "北京样例贸易有限公司", "采购经�")], "broken"),
    )
    at = raw.index("张三".encode())
    hurt = raw[:at] + b"\xff" + raw[at:]
    yield _file("UTF-8 with a wrong byte", hurt, Taken([rows[0], ("�张三", *rows[1][1:]), *rows[2:]], "broken"))
    surrogate = raw[:at] + b"\xed\xa0\x80" + raw[at:]
    yield _file("UTF-8 with half a pair", surrogate, Taken([rows[0], ("���张三", *rows[1][1:]), *rows[2:]], "broken"))
    yield _file(
        "a replacement character", "姓名,公司\n张�,示例".encode(), Taken([("姓名", "公司"), ("张�", "示例")], "broken")
    )
    mixed = "姓名,公司\n张三,示例\n".encode() + b"\x81\x30,\xff\xfe\xfd"
    yield _file("bytes of no encoding", mixed[-7:] + b"\n\xff\xff\xff,\x81", Refused("encoding|not a text"))
    gbk = whole.encode("gb18030")
    yield _file(
        "GBK cut inside its last character",
        gbk[:-1],
        Taken([*rows[:-1], ("李四", "北京样例贸易有限公司", "采购经�")], "broken"),
    )


def _structure():
    above = 'Notes:\n"Some addresses are missing, see https://example.com"\n\n'
    rows = [("First Name", "Last Name", "Company"), ("Anna", "Schneider", "Example Ltd")]
    text = "\n".join(",".join(row) for row in rows)
    yield _file("three lines above the list", (above + text).encode(), Taken(rows, "Some addresses are missing"))
    yield _file("a quotation that never ends", b'Name,City\n"Anna,Berlin\nBen,Paris\n', Refused("row 2"))
    yield _file(
        "a quotation across rows",
        b'Name,City,Mail\n"Anna,x,y\nBen,x,y\nCarl,x",y,z\n',
        Taken([("Name", "City", "Mail"), ("Anna,x,y\nBen,x,y\nCarl,x", "y", "z")], "quotation mark"),
    )
    yield _file("quotes inside", b"Name,City\nO'Brien,5\" pipe\n", Taken([("Name", "City"), ("O'Brien", '5" pipe')]))
    yield _file("old line ends", b"Name,City\rAnna,Berlin\r", Taken([("Name", "City"), ("Anna", "Berlin")]))
    yield _file("rows of different length", b"A,B\n1\n1,2,3\n", Taken([("A", "B"), ("1",), ("1", "2", "3")]))
    yield _file("only separators", b",,,\n,,,\n", Refused("no rows|is empty"))
