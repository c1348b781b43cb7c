"""The list to be filled in is understood as it was meant, in every language."""

from crm_desktop.services.importing.sheet_layout import judge
from crm_desktop.services.importing.template import COLUMNS, template
from crm_desktop.text.sheet import sheet_of


def test_every_header_of_the_template_is_understood(language):
    table = template()
    found = judge(sheet_of(table.name, [table.header, *table.rows]))
    assert found.header_row == 1
    assert list(found.targets) == [code for code, _words, _example in COLUMNS]
