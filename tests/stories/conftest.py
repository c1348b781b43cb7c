"""Records are made as people make them: from texts."""

import pytest

from crm_desktop.services import records


@pytest.fixture
def make(workspace):
    """make(Account, name="ABC", industry="信息技术") makes a record from what is typed and gives its key."""

    def make(entity, **texts):
        return records.create(workspace, entity, texts)

    return make
