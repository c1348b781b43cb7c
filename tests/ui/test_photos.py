"""Photos of contacts: chosen, pasted, dropped and removed; shown wherever a face is; never a reason to crash."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.model import Account
from crm_desktop.model.picture import LARGEST, Photo
from crm_desktop.services import contacts, photos, records
from crm_desktop.settings import Settings
from crm_desktop.store import undo
from crm_desktop.ui import theme
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.faces import Faces, decoded
from crm_desktop.ui.lint import lint
from crm_desktop.ui.pages.accounts.detail import Detail
from crm_desktop.ui.widgets.boxes import column
from tests.ui.dragging import event_at


def image(colour="#C03020", width=300, height=200):
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    return made


def as_bytes(picture, kind):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert picture.save(buffer, kind)
    return bytes(buffer.data().data())


@pytest.fixture
def person(workspace):
    company = records.create(workspace, Account, {"name": "ABC"})
    return contacts.create_at(workspace, company, {"full_name": "Anna Schneider"})


@pytest.fixture
def detail(qtbot, qapp, workspace, folder, person):
    theme.apply(qapp, "light", language="en")
    window, owner = QWidget(), QObject()
    desk = Desk(workspace, folder, Settings(), owner)
    made = Detail(desk)
    desk.changed.connect(made.refresh)
    made.told = []
    desk.said.connect(lambda text, *_rest: made.told.append(text))
    window.setLayout(column(made))
    qtbot.addWidget(window)
    window.resize(660, 860)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.keep = (window, owner)
    made.show_record("contact", person)
    yield made
    desk.close()


def middle(widget):
    shown = widget.grab().toImage()
    return shown.pixelColor(shown.width() // 2, shown.height() // 2).name()


def entries(menu):
    return {each.text(): each for each in menu.actions()}


def test_a_pasted_image_is_shown_and_undo_brings_the_initials_back(detail, workspace, person, qapp):
    button = detail.header.photo
    before = middle(button)
    QGuiApplication.clipboard().setImage(image())
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert detail.told == ["Photo set"]
    assert middle(button) == "#c03020"
    assert button.accessibleName() == "Photo of Anna Schneider"
    undo.undo(workspace)
    assert middle(button) == before
    assert photos.photo_of(workspace, person) is None
    assert button.accessibleName() == "Anna Schneider has no photo. Choose one."


def test_a_file_dropped_on_the_face_becomes_the_photo(detail, workspace, person, tmp_path):
    path = tmp_path / "anna.jpg"
    path.write_bytes(as_bytes(image(), "JPEG"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    detail.header.photo.dropEvent(event_at(QDropEvent, QPoint(5, 5), data, Qt.DropAction.CopyAction))
    assert photos.photo_of(workspace, person).data == path.read_bytes()


def test_the_menu_offers_only_what_can_be_done(detail, workspace, person):
    QGuiApplication.clipboard().clear()
    menu = QMenu()
    detail.header.photo.fill_menu(menu)
    assert list(entries(menu)) == ["Choose a photo…", "Paste photo"]
    assert not entries(menu)["Paste photo"].isEnabled()
    photos.set_photo(workspace, person, as_bytes(image(), "PNG"))
    menu = QMenu()
    detail.header.photo.fill_menu(menu)
    entries(menu)["Remove photo"].trigger()
    assert photos.photo_of(workspace, person) is None
    undo.undo(workspace)
    assert photos.photo_of(workspace, person) is not None


@pytest.mark.no_qt_log  # the decoder complains to the log about a damaged image
def test_what_is_no_photo_is_refused_in_words(detail, workspace, person, tmp_path):
    for name, content in (("a.png", b"<svg/>"), ("b.jpg", b""), ("c.gif", b"\xff\xd8\xff broken")):
        (tmp_path / name).write_bytes(content)
        detail.header.photo.take_file(tmp_path / name)
    assert detail.told == [
        "This is no photo: choose a JPEG, PNG, WebP or GIF image.",
        "The image cannot be read. Choose another one.",
        "The image is damaged and cannot be shown. Choose another one.",
    ]
    assert photos.photo_of(workspace, person) is None


def test_a_photo_too_large_to_keep_is_made_smaller(detail, workspace, person, tmp_path):
    large = image(width=1600, height=1200)
    for x in range(1600):
        for y in range(0, 1200, 8):
            large.setPixel(x, y, (x * 7919 + y * 104729) & 0xFFFFFF | 0xFF000000)
    path = tmp_path / "large.bmp.png"
    path.write_bytes(as_bytes(large, "PNG") + bytes(LARGEST))
    detail.header.photo.take_file(path)
    kept = photos.photo_of(workspace, person)
    assert detail.told == ["Photo set; it was made smaller to fit"]
    assert len(kept.data) <= LARGEST
    assert kept.mime == "image/jpeg"


@pytest.mark.no_qt_log
def test_faces_follow_changes_and_live_with_damaged_photos(qapp, workspace, person):
    faces = Faces(workspace, qapp)
    workspace.listen(faces.refresh)
    assert faces.of(person) is None
    photos.set_photo(workspace, person, as_bytes(image(), "WEBP"))
    assert faces.of(person).width() == faces.of(person).height() > 0
    photos.set_photo(workspace, person, b"\xff\xd8\xff damaged")
    assert faces.of(person) is None
    assert faces.has(person)
    workspace.forget(faces.refresh)


def test_only_the_format_that_was_told_is_tried(qapp):
    assert decoded(Photo("image/jpeg", "", as_bytes(image(), "PNG")), 100) is None
    assert decoded(Photo("image/svg+xml", "", b"<svg/>"), 100) is None
    found = decoded(Photo("image/png", "", as_bytes(image(), "PNG")), 100)
    assert (found.width(), found.height()) == (150, 100)


@pytest.mark.no_qt_log
def test_a_picture_that_unpacks_to_gigabytes_is_not_unpacked(qapp):
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    assert decoded(Photo("image/png", "", head + b"\x00" * 64), 100) is None


def test_the_face_is_reached_by_keyboard_and_has_no_faults(detail):
    button = detail.header.photo
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert lint(detail.window()) == []
