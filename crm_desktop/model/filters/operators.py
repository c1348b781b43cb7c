"""How fields can be asked: the operators of each sort of value, their words, and what each needs to be told."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.i18n import N_, _

ME = "me"
"""The value that stands for whoever uses this computer."""
TEXT, NUMBER, MONEY, DATE, BIRTHDAY, CHOICE, CHOICES, YES_NO, TAG, USER, REGION, TALKS, PRESENCE, DUE, RHYTHM = (
    "text", "number", "money", "date", "birthday", "choice", "choices", "yes_no", "tag", "user", "region", "talks",
    "presence", "due", "rhythm",
)  # fmt: skip
"""The sorts of value that can be asked for."""
DAYS, WHOLE, OPTIONAL_CHOICE = "days", "whole", "optional_choice"
"""What an operator may want besides a value of the field's own sort: a number of days, a number, a choice or none."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One way of asking."""

    code: str
    text: str
    sentence: str
    """How it is said of a field: `{label}` and the values `{first}`, `{second}`, or all of them, `{values}`."""
    takes: tuple[str, ...] = ()
    """The sort of each value that it needs."""
    has_many: bool = False
    """Whether it takes one value or more, all of the one sort."""

    @property
    def label(self) -> str:
        """The word for it in a list of operators."""
        return _(self.text)


def _any_of(sort: str) -> Operator:
    return Operator("any_of", N_("is any of"), N_("{label} is {values}"), (sort,), has_many=True)


def _none_of(sort: str) -> Operator:
    return Operator("none_of", N_("is none of"), N_("{label} is not {values}"), (sort,), has_many=True)


EMPTY = Operator("empty", N_("is empty"), N_("{label} is empty"))
NOT_EMPTY = Operator("not_empty", N_("is not empty"), N_("{label} is not empty"))
FILLED = (EMPTY, NOT_EMPTY)
HAS_ANY = (
    Operator("any_of", N_("has any of"), N_("{label} has {values}"), (TAG,), has_many=True),
    Operator("all_of", N_("has all of"), N_("{label} has all of {values}"), (TAG,), has_many=True),
    Operator("none_of", N_("has none of"), N_("{label} does not have {values}"), (TAG,), has_many=True),
)


def _has(sort: str) -> tuple[Operator, ...]:
    return tuple(Operator(each.code, each.text, each.sentence, (sort,), has_many=True) for each in HAS_ANY)


def _compared(sort: str) -> tuple[Operator, ...]:
    return (
        Operator("equals", "=", "{label} = {first}", (sort,)),
        Operator("at_least", "≥", "{label} ≥ {first}", (sort,)),
        Operator("at_most", "≤", "{label} ≤ {first}", (sort,)),
        Operator("more", ">", "{label} > {first}", (sort,)),
        Operator("less", "<", "{label} < {first}", (sort,)),
        Operator("between", N_("between"), N_("{label} between {first} and {second}"), (sort, sort)),
    )


LAST_DAYS = Operator("last_days", N_("in the last … days"), N_("{label} in the last {first} days"), (DAYS,))
NEXT_DAYS = Operator("next_days", N_("in the next … days"), N_("{label} in the next {first} days"), (DAYS,))
OLDER = Operator("older", N_("not for … days"), N_("{label}: none for {first} days"), (DAYS,))
"""The opposite of `last_days`: never, or longer ago."""
LATE = Operator("late", N_("is late"), N_("{label} is late"))
ON = Operator("on", N_("on"), N_("{label} on {first}"), (DATE,))
BEFORE_AND_AFTER = (
    Operator("before", N_("before"), N_("{label} before {first}"), (DATE,)),
    Operator("after", N_("after"), N_("{label} after {first}"), (DATE,)),
    Operator("between", N_("between"), N_("{label} between {first} and {second}"), (DATE, DATE)),
)
SPAN = (
    Operator("this_week", N_("this week"), N_("{label} this week")),
    Operator("this_month", N_("this month"), N_("{label} this month")),
    Operator("this_year", N_("this year"), N_("{label} this year")),
)

OPERATORS: dict[str, tuple[Operator, ...]] = {
    TEXT: (
        Operator("contains", N_("contains"), N_("{label} contains “{first}”"), (TEXT,)),
        Operator("contains_not", N_("does not contain"), N_("{label} does not contain “{first}”"), (TEXT,)),
        Operator("is", N_("is"), N_("{label} is “{first}”"), (TEXT,)),
        Operator("is_not", N_("is not"), N_("{label} is not “{first}”"), (TEXT,)),
        Operator("begins", N_("begins with"), N_("{label} begins with “{first}”"), (TEXT,)),
        *FILLED,
    ),
    NUMBER: (*_compared(NUMBER), *FILLED),
    MONEY: (*_compared(MONEY), *FILLED),
    DATE: (
        ON,
        *BEFORE_AND_AFTER,
        LAST_DAYS,
        NEXT_DAYS,
        OLDER,
        *SPAN,
        *FILLED,
    ),
    DUE: (LATE, NEXT_DAYS, *FILLED, ON, *BEFORE_AND_AFTER, *SPAN),
    BIRTHDAY: (NEXT_DAYS, SPAN[1], *BEFORE_AND_AFTER, *FILLED),
    CHOICE: (_any_of(CHOICE), _none_of(CHOICE), *FILLED),
    CHOICES: (*_has(CHOICE), *FILLED),
    YES_NO: (
        Operator("yes", N_("yes"), N_("{label}: yes")),
        Operator("no", N_("no"), N_("{label}: no")),
    ),
    TAG: (*HAS_ANY, *FILLED),
    USER: (_any_of(USER), _none_of(USER), *FILLED),
    REGION: (
        Operator("within", N_("is in"), N_("{label} in {values}"), (REGION,), has_many=True),
        Operator("outside", N_("is not in"), N_("{label} not in {values}"), (REGION,), has_many=True),
        *FILLED,
    ),
    TALKS: (
        Operator(
            "at_least",
            N_("at least"),
            N_("{label}: at least {first} in {second} days"),
            (WHOLE, DAYS, OPTIONAL_CHOICE),
        ),
        Operator(
            "at_most",
            N_("at most"),
            N_("{label}: at most {first} in {second} days"),
            (WHOLE, DAYS, OPTIONAL_CHOICE),
        ),
    ),
    PRESENCE: FILLED,
    RHYTHM: (
        Operator("late", N_("is overdue"), N_("{label} is overdue")),
        Operator("own_late", N_("is overdue by tag or list"), N_("{label} by tag or list is overdue")),
        Operator("not_empty", N_("has one"), N_("{label}: has one")),
        Operator("empty", N_("has none"), N_("{label}: has none")),
    ),
}
"""The operators of each sort, in the order in which they are offered."""


def operator(sort: str, code: str) -> Operator | None:
    """The operator of a sort of value with this code, or None."""
    return next((each for each in OPERATORS.get(sort, ()) if each.code == code), None)
