"""The installers of every system offer this program for the same kinds of files, which its window opens."""

import plistlib
import re

import pytest

from crm_desktop.ui.main_window import CALENDARS, SHEETS


@pytest.fixture(scope="module")
def kinds(packaged):
    return packaged("file_types")


def test_the_window_opens_each_of_them(kinds):
    assert {each.ending for each in kinds.TYPES} <= {*SHEETS, *CALENDARS}
    assert {".ics", ".vcf", ".xlsx", ".csv"} == {each.ending for each in kinds.TYPES}


def test_windows_offers_it_takes_over_nothing_and_forgets_all_of_it_again(kinds):
    register, unregister = kinds.windows().split("!macroend\n")[:2]
    keys = re.findall(r'WriteRegStr HKCU "([^"]+)" "([^"]*)"', register)
    assert (r"Software\Classes\.ics\OpenWithProgids", "CRM.ics.1") in keys
    assert not [key for key, _name in keys if re.fullmatch(r"Software\\Classes\\\.\w+", key)], "the usual program stays"
    assert r"""\shell\open\command" "" '"$INSTDIR\${APP}.exe" "%1"'""" in register
    for each in kinds.TYPES:
        assert rf'DeleteRegKey HKCU "Software\Classes\{each.program_id}"' in unregister
        listed = rf"Software\Classes\{each.ending}\OpenWithProgids"
        assert f'DeleteRegValue HKCU "{listed}" "{each.program_id}"' in unregister


def test_macos_and_linux_say_the_same(kinds):
    told = plistlib.loads(kinds.macos().encode())["CFBundleDocumentTypes"]
    assert [each["LSItemContentTypes"] for each in told] == [[each.uniform] for each in kinds.TYPES]
    assert {each["LSHandlerRank"] for each in told} == {"Alternate"}
    assert kinds.linux().splitlines()[1].startswith("MimeType=text/calendar;text/vcard;application/")
