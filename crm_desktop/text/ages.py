"""How old people are, told by the last day on which somebody of an age was born."""

from datetime import date, timedelta

from crm_desktop.text.dates import Birthday


def born_by(age: int, today: date) -> date | None:
    """The last day of birth of somebody who is `age` years old on the day `today`; None before the year 1.

    Who was born on 29 February is a year older on the 28th of a common year, as `dates.next_birthday` has it.
    """
    if today.year <= age:
        return None
    day = _leap_day_counts(today)
    try:
        return date(today.year - age, *day)
    except ValueError:
        return date(today.year - age, 2, 28)


def _leap_day_counts(today: date) -> tuple[int, int]:
    is_last_of_february = today.month == 2 and (today + timedelta(days=1)).month == 3
    return (2, 29) if is_last_of_february else (today.month, today.day)


def born_by_moon(age: int, today: date) -> Birthday | None:
    """The same by the Chinese calendar; None where the library does not know it (before 1900, after 2100)."""
    from borax.calendars.lunardate import InvalidLunarDateError, LunarDate

    try:
        now, tomorrow = LunarDate.from_solar(today), LunarDate.from_solar(today + timedelta(days=1))
    except (InvalidLunarDateError, ValueError):
        return None
    # The 30th is kept on the 29th where a month has no more days; a leap month comes after all of its namesake.
    day = 30 if now.leap or tomorrow.day == 1 else now.day
    return Birthday(now.year - age, now.month, day, lunar=True)


def age(birthday: Birthday, today: date) -> int | None:
    """How many birthdays somebody has had; None without a year of birth, and before it."""
    if birthday.year is None:
        return None
    years = today.year - birthday.year + 1
    while years >= 0:
        latest = born_by_moon(years, today) if birthday.lunar else _solar(born_by(years, today))
        if latest and _order(birthday) <= _order(latest):
            return years
        years -= 1
    return None


def _solar(day: date | None) -> Birthday | None:
    return Birthday(day.year, day.month, day.day) if day else None


def _order(birthday: Birthday) -> tuple[int, int, int]:
    return birthday.year or 0, birthday.month, birthday.day
