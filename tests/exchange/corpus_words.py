"""Words for the corpus of bad input: formulas, dates, names and strings that a careless reader changes."""

FORMULAS = (
    "=1+1", "=SUM(A1:A9)", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0",
    '=HYPERLINK("https://example.com";"张三")', '=IMPORTXML("https://example.com";"//a")', "＝1+1", "＋1+1",
    "－1+1", "＠SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", '=DDE("a";"b";"c")', '="张"&"三"', "%0A=1+1",
    ";=1+1", ",=1+1", '"=1+1"', "''=1", "==1", "=-1", "=+1", "@@", "+86 138 0013 8000", "-", "+", "=", "@",
    "+-+-", "=@=", "=WEBSERVICE(A1)", '=INDIRECT("A1")', "{=1+1}", "=1+1\n=2+2", "-2+3+cmd|' /C calc'!D2",
)  # fmt: skip
"""Texts that a spreadsheet program would take for a formula, and some that it would not."""
DAMAGED = (
    "1.38001E+10", "1.38E+10", "6.22202E+18", "3.10123E+17", "1,38001E+10", "310123199001010000",
    "6222020000000000000",
)  # fmt: skip
"""Numbers of which a spreadsheet program kept less than there was."""
DATES = (
    "2025-03-08", "2025/3/8", "2025.3.8", "20250308", "2025年3月8日", "二〇二五年三月八日", "8.3.2025",
    "08/03/2025", "3/8/2025", "8 March 2025", "8. März 2025", "8 mars 2025", "民国114年3月8日", "農曆二月初九",
    "农历二月初九", "令和7年3月8日", "2025-02-30", "2025-13-01", "0000-00-00", "1900-02-29", "45724",
    "2025-03-08T14:30:00Z", "2025-03-08 14:30", "14:30", "昨天", "3月8日", "Mar-25", "99999999",
)  # fmt: skip
"""Dates as people write them, and some that are none."""
PEOPLE = (
    "张三", "王", "欧阳娜娜", "司马相如", "阿里木江·买买提", "古丽·阿依木", "𠮷野家", "李㛃", "䶮", "𪚥𪚥",
    "﨑", "龘", "王小明先生", "李经理", "Anna Schneider", "Jean-Luc O’Hara", "O'Brien", "Müller",
    "Mu\u0308ller", "Łukasz", "Ñandú", "Ðorđe", "İpek", "ıpek", "ß", "ẞ", "ﬁnn", "Ａｎｎａ", "ΑΝΝΑ", "Аnna",
    "Anna\u200b", "\u200bAnna", "An\u200dna", "Anna\u200e", "\u202eannA", "\u202dAnna\u202c",
    "\u2066Anna\u2069", "عمر", "שרה", "สมชาย", "ไทย", "अनिता", "김영희", "田中　太郎", "タナカ", "ﾀﾅｶ",
    "Nguyễn Thị Hoa", "Nguye\u0302\u0303n", "👩\u200d💻 Anna", "👨\u200d👩\u200d👧\u200d👦", "🇩🇪", "❤\ufe0f",
    "👍🏽", "１２３", "张 三", "张　三", " 张三", "张三 ", "张\xa0三", "张.三", "张、李", "张三（上海）",
    "(张三)", "张三/李四", "张三;李四", "张三,李四", "张三|李四", "张三\t李四", "张三\n李四", "NULL", "None",
    "nan", "undefined", "true", "FALSE", "0", "-1", "'", '"', "\\", "张" * 60, "Anna " * 40,
    "z\u0336a\u0336l\u0336g\u0336o\u0336", "a\u0300" * 40, "\u202egpj.exe",
)  # fmt: skip
"""Names in many scripts, with what makes them hard: rare characters, marks, directions, spaces."""
STRINGS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>Anna</b>", "&lt;b&gt;", "&amp;", "&#x41;",
    "]]>", "<![CDATA[x]]>", "'; DROP TABLE contact; --", "1 OR 1=1", '" OR ""="', "%s%s%n", "{0}", "{name}",
    "${7*7}", "{{7*7}}", "$(id)", "`id`", "../../etc/passwd", "..\\..\\windows", "file:///etc/passwd",
    "\\\\server\\share", "C:\\CON", "NUL", "COM1", "~", ".", "..", "/", "https://example.com/?a=b&c=d",
    "mailto:anna@example.com", "javascript:alert(1)", "data:text/html,x", "tel:+861380013", "anna@example",
    "@example.com", "anna@@example.com", "anna@例子.中国", "a" * 254 + "@example.com", "_x0041_", "_x000D_",
    "_x", "x_x0000_x", "#N/A", "#REF!", "#VALUE!", "1e5", "1E5", "1.5E-7", "0x1F", "1_000", "1,000.50",
    "1.000,50", "１３８００１３８０００", "+86-138-0013-8000", "(021) 6234-5678转806", "0086 138", "021", "007",
    "0.10", "1/2", "1-2", "50%", "¥1,000", "€ 5", "INF", "Infinity", "-0", "00", "0.0", "1e309",
    "99999999999999", "123456789012345", "1234567890123456", "=", "TRUE", "true", "yes", "是", "否", "√", "×",
    "☑", "—", "－", "n/a", "N/A", "(blank)", "无", "暂无", "/", "\\N", "\\n", "a\\tb", "\ufeffAnna", "a\u2028b",
    "a\x85b", "line one\nline two", "line one\r\nline two", "tab\tbed", "  two  spaces  ", "'quoted'",
    '"quoted"', '"', '""', 'a"b', "a,b", "a;b", "a|b", "a，b", "ctrl\x1fchar", "Ω≈ç√∫", "ⅠⅡⅢ", "①②③", "㈱",
    "㍿", "™®©", "½", "ﷺ", "😀😀", "🏳\ufe0f\u200d🌈", "\U0010fffd", "\ue000",
)  # fmt: skip
"""Texts that mean something to some program."""
