"""What a pick list offers to an editor."""

from __future__ import annotations

from crm_desktop.i18n import _
from crm_desktop.model import picks
from crm_desktop.ui.widgets.pick_list import Choice as Offer


def offered(list_code: str, *held: str, clears: bool = False) -> list[Offer]:
    """The values of a pick list as they are now, with those a record holds although they are retired or unknown."""
    offered = [(each.code, each.label) for each in picks.of(list_code) if each.is_active or each.code in held]
    known = {code for code, _label in offered}
    offered += [(code, picks.label(list_code, code)) for code in held if code and code not in known]
    return [*offered, ("", _("None of these"))] if clears and any(held) else offered
