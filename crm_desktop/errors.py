"""What can go wrong without the program being at fault. Anything else that is raised is a bug."""

from collections.abc import Mapping


class UserError(Exception):
    """A problem the user can understand and act on; its text says what happened, what is safe and what to do."""


class Invalid(UserError):
    """Values that make an impossible record, with one message for each field at fault."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("\n".join(problems.values()))
        self.problems = dict(problems)


class Missing(UserError):
    """The record is gone: deleted here or by a colleague."""


class Conflict(UserError):
    """The same fields were changed in the meantime, so that a step cannot be carried out as asked."""


class FileProblem(UserError):
    """A file that cannot be read or written as asked."""


class FolderProblem(UserError):
    """The data folder cannot be used: read-only, damaged, full, or made by a newer version."""


class Busy(UserError):
    """Somebody else is writing at this moment; the same call may succeed a little later."""
