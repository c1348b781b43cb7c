"""Saved mails say who wrote what and when; whatever they hold, reading them does no harm."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text import mail_file

MAIL = (
    "From: =?utf-8?b?5byg5LiJ?= <zhangsan@example.com>\r\n"
    "To: Anna Schneider <anna@example.org>\r\n"
    "Subject: =?gb2312?B?sai82w==?= 2026\r\n"
    "Date: Tue, 24 Nov 2026 10:15:00 +0800\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    "附件是报价。\r\n"
).encode()


def test_what_a_mail_says():
    found = mail_file.read(MAIL)
    assert (found.writer, found.subject) == ("张三", "报价 2026")
    assert found.to == "Anna Schneider <anna@example.org>"
    assert found.at == datetime(2026, 11, 24, 2, 15, tzinfo=UTC)
    assert found.text == "附件是报价。"


def test_a_mail_is_called_after_day_writer_and_subject():
    assert mail_file.name_of(MAIL, "message.eml") == f"{mail_file.read(MAIL).at:%Y-%m-%d} 张三 报价 2026.eml"


def test_what_says_nothing_keeps_its_name():
    assert mail_file.name_of(b"\x00\x01", "message.eml") == "message.eml"


def test_a_subject_in_bare_bytes_is_read():
    assert mail_file.read("Subject: 报价\n\n".encode("gb18030")).subject == "报价"
    assert mail_file.read("Subject: 报价\n\n".encode()).subject == "报价"


def test_of_markup_only_the_words_are_shown():
    mail = (
        b"Subject: x\nContent-Type: text/html; charset=utf-8\n\n<html><head><title>no</title></head><body>"
        b"<p>Dear <b>Anna</b>,</p><script>alert(1)</script>1 &lt; 2<br>bye<img src='http://example.com/x'></body></html>"
    )
    assert mail_file.read(mail).text == "Dear Anna,\n1 < 2\nbye"


@pytest.mark.parametrize(
    "mail",
    [
        b"Subject: =?no-such-charset?B?sai82w==?=\n\nx",
        b"Subject: =?utf-8?B?%%%?=\n\nx",
        b"Date: yesterday or so\n\nx",
        b"Date: Tue, 24 Nov 999999 10:15:00 +9999\n\nx",
        b'Content-Type: text/plain; charset="\x00"\n\nx',
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)),
        b"Content-Type: text/html\n\n" + b"<script" * 50_000,
    ],
)
def test_broken_mails_are_read_as_far_as_it_goes(mail):
    assert isinstance(mail_file.read(mail), mail_file.MailFile)


@given(st.binary(max_size=300), st.sampled_from([b"", b"Subject: ", b"From: =?utf-8?q?", b"Date: "]))
def test_any_bytes_can_be_read(data, head):
    found = mail_file.read(head + data)
    assert mail_file.name_of(head + data, "given.eml")
    assert isinstance(found.text, str)
