"""The command line as the tests run it."""

import json

import pytest

from crm_desktop import i18n
from crm_desktop.cli import run


@pytest.fixture(autouse=True)
def english_again():
    """Whatever language a verb spoke, the next test begins in English."""
    yield
    i18n.use("en")


@pytest.fixture
def crm(folder, capsys):
    """Run a verb on the data folder; gives the exit code, what was printed and what was complained of."""

    def crm(*argv, lang="en", data=folder.path):
        code = run([*map(str, argv), "--data", str(data), "--lang", lang])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return crm


@pytest.fixture
def ask(crm):
    """Run a verb with --json; gives the one object that it prints."""

    def ask(*argv, **given):
        code, out, err = crm(*argv, "--json", **given)
        assert (code, err) == (0, "")
        return json.loads(out)

    return ask
