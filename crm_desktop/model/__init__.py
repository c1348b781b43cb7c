"""The entities. Importing this package is what makes them all known to SQLAlchemy."""

from crm_desktop.model.account import Account
from crm_desktop.model.activity import Activity, ActivityColleague, ActivityParty
from crm_desktop.model.address import Address
from crm_desktop.model.affiliation import Affiliation
from crm_desktop.model.attachment import Attachment
from crm_desktop.model.base import Base, Entity
from crm_desktop.model.cadence import Cadence
from crm_desktop.model.channel import Channel
from crm_desktop.model.contact import Contact
from crm_desktop.model.custom import CustomField, CustomValue
from crm_desktop.model.history import ChangeItem, ChangeSet, Remembered
from crm_desktop.model.imports import ImportJob, ImportRow
from crm_desktop.model.pick_item import PickItem
from crm_desktop.model.picture import Picture
from crm_desktop.model.saved_list import SavedList
from crm_desktop.model.shared_setting import SharedSetting
from crm_desktop.model.tag import Tag, Tagging
from crm_desktop.model.task import Task, TaskParty, TaskTemplate, TaskTemplateItem
from crm_desktop.model.user import User

ENTITIES: dict[str, type[Entity]] = {
    each.__tablename__: each
    for each in (
        User,
        Account,
        Contact,
        Affiliation,
        Channel,
        Address,
        Tag,
        Tagging,
        Activity,
        ActivityParty,
        ActivityColleague,
        TaskTemplate,
        TaskTemplateItem,
        Task,
        TaskParty,
        Attachment,
        PickItem,
        CustomField,
        CustomValue,
        Picture,
        SavedList,
        Cadence,
        SharedSetting,
    )
}
"""Every entity by the name of its table, each after those it refers to."""

__all__ = [
    "ENTITIES",
    "Account",
    "Activity",
    "ActivityColleague",
    "ActivityParty",
    "Address",
    "Affiliation",
    "Attachment",
    "Base",
    "Cadence",
    "ChangeItem",
    "ChangeSet",
    "Channel",
    "Contact",
    "CustomField",
    "CustomValue",
    "Entity",
    "ImportJob",
    "ImportRow",
    "PickItem",
    "Picture",
    "Remembered",
    "SavedList",
    "SharedSetting",
    "Tag",
    "Tagging",
    "Task",
    "TaskParty",
    "TaskTemplate",
    "TaskTemplateItem",
    "User",
]
