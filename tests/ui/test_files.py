"""Files in the window: dropped, pasted, shown, renamed, removed; what could act is never opened."""

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QContextMenuEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from crm_desktop.jobs import finish
from crm_desktop.model import Account, Attachment
from crm_desktop.services import activities, attachments, contacts, records
from crm_desktop.services.activities import Entry
from crm_desktop.services.attachments import Given
from crm_desktop.settings import Settings
from crm_desktop.store import undo
from crm_desktop.ui import theme
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.files import copies, pictures, taking
from crm_desktop.ui.files.naming import FileNaming
from crm_desktop.ui.files.preview import FilePreview
from crm_desktop.ui.files.words import size_words
from crm_desktop.ui.lint import lint
from crm_desktop.ui.pages.accounts.detail import Detail
from crm_desktop.ui.timeline.pane import TimelinePane
from crm_desktop.ui.widgets.boxes import row


def picture(colour="#C03020", width=300, height=200):
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    return made


def as_png(image):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def files(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    return data


def drop(widget, data):
    event = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    widget.dropEvent(event)
    assert event.isAccepted()


class Shown:
    """Detail and timeline of one contact in a window."""

    def __init__(self, desk, window):
        self.desk, self.window = desk, window
        self.detail, self.timeline = Detail(desk), TimelinePane(desk)
        desk.changed.connect(self.detail.refresh)
        self.told = []
        desk.said.connect(lambda text, *_rest: self.told.append(text))
        window.setLayout(row(self.detail, self.timeline, spacing=0))

    def show(self, entity, key):
        self.detail.show_record(entity, key)
        self.timeline.show_record(entity, key, "Anna Schneider")

    @property
    def card(self):
        return self.detail._panes[self.detail.current[0]].files

    def names(self):
        return [each.accessibleName().split(",")[0] for each in self.card.rows()]

    def preview(self):
        [found] = self.window.findChildren(FilePreview)
        return found


@pytest.fixture
def person(workspace):
    company = records.create(workspace, Account, {"name": "ABC"})
    return contacts.create_at(workspace, company, {"full_name": "Anna Schneider"})


@pytest.fixture
def shown(qtbot, qapp, workspace, folder, person):
    theme.apply(qapp, "light", language="en")
    window, owner = QWidget(), QObject()
    desk = Desk(workspace, folder, Settings(), owner)
    made = Shown(desk, window)
    qtbot.addWidget(window)
    window.resize(1100, 860)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.keep = owner
    made.show("contact", person)
    yield made
    copies.remove_all()
    desk.close()


@pytest.fixture
def attach(workspace, person):
    """attach("a.txt", b"…") attaches a file to the contact; gives its key."""

    def attach(name, data=b"minutes"):
        stored = finish(attachments.storing(workspace, [Given(name, data=data)])).stored
        return attachments.attach(workspace, "contact", person, stored)[0]

    return attach


@pytest.fixture
def handed_over(monkeypatch):
    """What the system was asked to open."""
    found = []
    monkeypatch.setattr(
        taking.QDesktopServices, "openUrl", lambda url: bool(found.append(Path(url.toLocalFile()))) or True
    )
    return found


def test_files_dropped_on_the_record_are_attached_in_one_step(shown, workspace, tmp_path, qtbot):
    for name in ("a.txt", "b.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    drop(shown.detail._panes["contact"], files(tmp_path / "a.txt", tmp_path / "b.pdf"))
    qtbot.waitUntil(lambda: shown.names() == ["b.pdf", "a.txt"])
    assert shown.told == ["2 files attached"]
    assert shown.card.title.text() == "Files 2"
    assert lint(shown.window) == []
    undo.undo(workspace)
    assert shown.names() == []
    assert shown.card.nothing.isVisible()


def test_a_picture_pasted_on_the_card_is_attached_and_seen(shown, workspace, attach, qtbot):
    attach("a.txt")
    [line] = shown.card.rows()
    QGuiApplication.clipboard().setImage(picture())
    QTest.keySequence(line, "Ctrl+V")
    qtbot.waitUntil(lambda: len(shown.card.rows()) == 2)
    assert shown.names()[0].startswith("Picture 20")
    qtbot.waitUntil(lambda: shown.card.rows()[0]._photo is not None)
    QGuiApplication.clipboard().setText("only words")
    QTest.keySequence(line, "Ctrl+V")
    assert shown.told[-1] == "There is no picture and no file on the clipboard."


def test_a_screenshot_pasted_into_a_log_is_kept_with_it(shown, workspace, person, qtbot, type_in):
    composer = shown.timeline.composer
    composer.text.setFocus()
    QGuiApplication.clipboard().setImage(picture())
    QTest.keySequence(composer.text, "Ctrl+V")
    qtbot.waitUntil(lambda: len(composer.files.value()) == 1)
    assert composer.files.isVisible()
    assert lint(shown.window) == []
    type_in(composer.text, "Sent me this drawing")
    composer.save()
    [bubble] = activities.timeline(workspace, contact=person)
    assert [each.name for each in bubble.files] == [shown.names()[0]]
    assert composer.files.value() == ()
    kept = QImage.fromData(attachments.content(workspace, bubble.files[0]))
    assert kept.pixelColor(10, 10) == QColor("#C03020")
    undo.undo(workspace)
    assert shown.names() == []


def test_files_dropped_on_the_composer_wait_for_the_entry_and_need_no_words(shown, workspace, person, tmp_path, qtbot):
    (tmp_path / "a.txt").write_bytes(b"x")
    drop(shown.timeline, files(tmp_path / "a.txt"))
    composer = shown.timeline.composer
    qtbot.waitUntil(lambda: bool(composer.files.value()))
    shown.show("account", records.create(workspace, Account, {"name": "Other"}))
    assert composer.files.value() == (), "the draft waits at its record"
    shown.show("contact", person)
    [chip] = composer.files._chips
    composer.save()
    assert len(activities.timeline(workspace, contact=person)[0].files) == 1
    assert chip.text() == "a.txt"


def test_a_file_is_taken_off_a_draft_by_a_key(shown, tmp_path, qtbot):
    (tmp_path / "a.txt").write_bytes(b"x")
    drop(shown.timeline, files(tmp_path / "a.txt"))
    qtbot.waitUntil(lambda: bool(shown.timeline.composer.files.value()))
    QTest.keyClick(shown.timeline.composer.files._chips[0], Qt.Key.Key_Delete)
    assert shown.timeline.composer.files.value() == ()
    assert not shown.timeline.composer.files.isVisible()


def test_text_is_pasted_as_text(shown):
    data = QMimeData()
    data.setText("words")
    data.setImageData(picture())
    shown.timeline.composer.text.insertFromMimeData(data)
    assert shown.timeline.composer.text.toPlainText() == "words"


def test_what_cannot_be_attached_is_told_and_the_rest_is_attached(shown, tmp_path, qtbot):
    (tmp_path / "a.txt").write_bytes(b"x")
    shown.desk.settings.largest_file = 0
    drop(shown.detail._panes["contact"], files(tmp_path / "a.txt", tmp_path))
    qtbot.waitUntil(lambda: bool(shown.told))
    assert "“a.txt” is larger than 0 MB" in shown.told[0]
    assert "is a folder" in shown.told[0]
    assert shown.names() == []


def test_rename_and_remove_by_keys(shown, workspace, attach, qtbot):
    attach("quote.pdf")
    [line] = shown.card.rows()
    QTest.keyClick(line, Qt.Key.Key_F2)
    [naming] = shown.window.findChildren(FileNaming)
    assert lint(naming) == []
    naming.line.setText("final")
    QTest.keyClick(naming.line, Qt.Key.Key_Return)
    assert shown.names() == ["final.pdf"]
    QTest.keyClick(line, Qt.Key.Key_Delete)
    assert shown.names() == []
    undo.undo(workspace)
    assert shown.names() == ["final.pdf"]
    assert shown.told == ["File renamed", "File removed"]


def test_the_preview_shows_pictures_texts_and_mails_and_goes_on(shown, attach, qtbot):
    mail = b"From: Anna <anna@example.org>\nSubject: Offer\n\nHello"
    attach("broken.png", b"\x89PNG\r\n\x1a\nnothing")
    attach("message.eml", mail)
    attach("notes.txt", "笔记".encode("gb18030"))
    attach("x.docx", b"PK")
    QTest.keyClick(shown.card.rows()[0], Qt.Key.Key_Space)
    panel = shown.preview()

    def ready():
        qtbot.waitUntil(lambda: not panel.is_reading())
        return panel.stack.currentWidget()

    assert ready() is panel.nothing
    assert panel.nothing.sentence.text() == "There is no preview of this kind of file."
    QTest.keyClick(panel.open_button, Qt.Key.Key_Right)
    assert ready() is panel.text
    assert panel.text.toPlainText() == "笔记"
    panel.step(1)
    assert ready() is panel.text
    assert panel.text.toPlainText() == "From: Anna <anna@example.org>\nSubject: Offer\n\nHello"
    panel.step(1)
    assert ready() is panel.nothing
    assert "damaged" in panel.nothing.sentence.text()
    assert lint(shown.window) == []
    assert panel.counter.text() == "4 of 4"
    shown.timeline.composer.clip.setFocus()
    QTest.keyClick(shown.timeline.composer.clip, Qt.Key.Key_Left)
    assert panel.counter.text() == "4 of 4", "its keys are its own, not those of the window"
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_a_click_on_a_file_in_a_bubble_shows_it(shown, workspace, person, qtbot):
    data = as_png(picture())
    stored = finish(attachments.storing(workspace, [Given("photo.png", data=data)])).stored
    activities.log(workspace, Entry("note", "x", contacts=(person,), direction="none", files=stored))
    view = shown.timeline.view
    [(_place, y, shape)] = view.reel.visible()
    spot = shape.files[0].area.center() + QPointF(0, y)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot.toPoint())
    panel = shown.preview()
    qtbot.waitUntil(lambda: not panel.is_reading())
    assert panel.stack.currentWidget() is panel.picture
    assert "File photo.png" in view.accessibleDescription()
    panel.dismiss()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert panel.isVisible()


def test_a_copy_is_opened_read_only_and_goes_at_the_end(shown, attach, handed_over, qtbot):
    attach("..\\CON.txt", b"notes")
    [file] = shown.card.things
    shown.card.verbs.open_copy(file)
    qtbot.waitUntil(lambda: bool(handed_over))
    [copy] = handed_over
    assert (copy.name, copy.read_bytes()) == ("_CON.txt", b"notes")
    assert copy.stat().st_mode & 0o222 == 0
    copies.remove_all()
    assert not copy.exists()


@pytest.mark.parametrize("name", ["quote.pdf.exe", "photo\u202egpj.exe", "data.unknown"])
def test_what_could_act_is_never_opened(shown, attach, handed_over, name):
    attach(name)
    [file] = shown.card.things
    shown.card.verbs.open_copy(file)
    assert handed_over == []
    assert "is not opened from here" in shown.told[-1]
    shown.card.rows()[0].click()
    assert not shown.preview().open_button.isEnabled()
    assert shown.preview().caution.isVisible()


def test_a_copy_is_saved_where_somebody_wants_it(shown, attach, tmp_path, monkeypatch, qtbot):
    attach("notes.txt", b"notes")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(tmp_path / "mine.txt"), ""))
    shown.card.verbs.save_as(shown.card.things[0])
    qtbot.waitUntil(lambda: shown.told == ["Saved as mine.txt"])
    assert (tmp_path / "mine.txt").read_bytes() == b"notes"


def test_a_file_that_is_missing_is_told_not_crashed_on(shown, workspace, attach, handed_over, folder, qtbot):
    attach("notes.txt", b"notes")
    [file] = shown.card.things
    attachments.files(workspace).place(file.sha256).unlink()
    shown.card.verbs.open_copy(file)
    qtbot.waitUntil(lambda: bool(shown.told))
    assert "is missing from the data folder" in shown.told[0]
    shown.card.rows()[0].click()
    qtbot.waitUntil(lambda: not shown.preview().is_reading())
    assert "is missing" in shown.preview().nothing.sentence.text()


def test_the_menu_of_a_row_offers_everything(shown, attach):
    attach("quote.pdf.exe")
    [line] = shown.card.rows()
    QGuiApplication.sendEvent(line, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5)))
    [menu] = line.findChildren(QMenu)
    offered = {each.text(): each.isEnabled() for each in menu.actions() if each.text()}
    assert offered == {
        "Preview": True,
        "Open a copy": False,
        "Save as…": True,
        "Rename…": True,
        "Remove file": True,
    }
    menu.close()


def test_chosen_files_are_attached(shown, workspace, tmp_path, monkeypatch, qtbot):
    (tmp_path / "a.txt").write_bytes(b"x")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given: ([str(tmp_path / "a.txt")], ""))
    assert shown.detail.command("attach")
    qtbot.waitUntil(lambda: shown.names() == ["a.txt"])
    talk = activities.log(workspace, Entry("note", "x", contacts=(shown.detail.current[1],), direction="none"))
    shown.timeline.view.attach_wanted.emit(talk)
    qtbot.waitUntil(lambda: len(shown.names()) == 2)
    with workspace.read() as session:
        assert {each.activity_id for each in session.query(Attachment)} == {None, talk}


def test_a_huge_claim_is_not_decoded():
    data = bytearray(as_png(picture(width=10, height=10)))
    data[16:24] = (60_000).to_bytes(4) * 2
    assert pictures.decoded(bytes(data), QSize(100, 100)) is None
    assert pictures.decoded(b"", QSize(100, 100)) is None
    assert pictures.decoded(as_png(picture()), QSize(30, 30)).size() == QSize(30, 20)


@pytest.mark.parametrize(("size", "said"), [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (52_000_000, "52.0 MB")])
def test_sizes_in_words(size, said):
    assert size_words(size) == said
