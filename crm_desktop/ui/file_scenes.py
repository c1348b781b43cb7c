"""Attached files as `shots` draws them: a picture, a saved mail, minutes and a program that is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPolygonF

from crm_desktop.jobs import finish
from crm_desktop.services import attachments
from crm_desktop.services.activities import Entry, log
from crm_desktop.services.attachments import Given
from crm_desktop.ui import theme

if TYPE_CHECKING:
    from crm_desktop.store.workspace import Workspace
    from crm_desktop.ui.studio import Studio

HEIGHTS = (90, 130, 120, 180, 210, 260)
MAIL = """From: 张三 <zhangsan@abc.com>
To: 李明 <liming@example.com>
Subject: 六轴机械臂 12 台的交付条件
Date: Wed, 18 Nov 2026 09:12:00 +0800
Content-Type: text/plain; charset=utf-8

李工，

请按 3 月前交付报价，节拍和换型时间写进技术附件。下周二上午陈总也在。

张三
"""


def fill(workspace: Workspace, account: int, contact: int) -> None:
    """Attach a few files to a contact, its account and a talk."""
    _attach(workspace, "account", account, Given("客户现场布置图.pdf", data=b"%PDF-1.7"))
    _attach(workspace, "contact", contact, Given("报价.pdf.exe", data=b"MZ"))
    _attach(workspace, "contact", contact, Given("message.eml", data=MAIL.encode()))
    stored = finish(attachments.storing(workspace, [Given("节拍测试.png", data=_picture())])).stored
    log(workspace, Entry("note", "现场节拍测试的结果，给方案附件用。", account, (contact,), "none", files=stored))


def show(studio: Studio) -> None:
    """Show the picture among the files of the contact on show."""
    from crm_desktop.ui.files.preview import FilePreview
    from crm_desktop.ui.pages.accounts.files_card import FilesCard
    from crm_desktop.ui.pages.accounts.header import OVERVIEW
    from crm_desktop.ui.pages.accounts.page import AccountsPage

    page = studio.window.page("accounts")
    assert isinstance(page, AccountsPage)
    assert page.detail is not None
    page.detail.show_tab(OVERVIEW)
    [card] = [each for each in page.findChildren(FilesCard) if each.isVisible()]
    card.rows()[0].click()
    panel = studio.panel("FilePreview")
    assert isinstance(panel, FilePreview)
    studio.wait_for(lambda: not panel.is_reading())


def _attach(workspace: Workspace, entity: str, key: int, given: Given) -> None:
    attachments.attach(workspace, entity, key, finish(attachments.storing(workspace, [given])).stored)


def _picture() -> bytes:
    """A chart, as a machine would draw it."""
    image = QImage(1200, 640, QImage.Format.Format_RGB32)
    image.fill(theme.tone("surface"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tone("accent"))
    tops = [QPointF(150 + 180 * place, 560 - 1.8 * height) for place, height in enumerate(HEIGHTS)]
    for top in tops:
        painter.drawRect(QRectF(top.x() - 50, top.y(), 100, 560 - top.y()))
    painter.setPen(QPen(theme.tone("err"), 8))
    painter.drawPolyline(QPolygonF([each - QPointF(0, 20) for each in tops]))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs know it with bytes only
    return bytes(buffer.data().data())
