"""Calendar files as Outlook, Google and Apple write them, and broken ones."""


def book(*lines, name="Test"):
    inside = ["BEGIN:VCALENDAR", f"PRODID:-//{name}//EN", "VERSION:2.0", *lines, "END:VCALENDAR", ""]
    return "\r\n".join(inside).encode()


def event(*lines):
    return ("BEGIN:VEVENT", *lines, "END:VEVENT")


CHINA = (
    "BEGIN:VTIMEZONE",
    "TZID:China Standard Time",
    "BEGIN:STANDARD",
    "DTSTART:16010101T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800",
    "END:STANDARD",
    "END:VTIMEZONE",
)
OUTLOOK = book(
    "METHOD:REQUEST",
    *CHINA,
    *event(
        "UID:040000008200E00074C5B7101A82E008",
        "SUMMARY;LANGUAGE=zh-CN:季度评审",
        'DTSTART;TZID="China Standard Time":20261124T100000',
        'DTEND;TZID="China Standard Time":20261124T113000',
        "LOCATION:北京办公室\\, 3 楼",
        'ATTENDEE;CN="Anna Schneider";RSVP=TRUE:mailto:anna@acme.example',
        'ATTENDEE;CN="New Person";RSVP=TRUE:mailto:new@acme.example',
        "DESCRIPTION:议程\\n1. 报价\\n2. 交付",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "BEGIN:VALARM",
        "TRIGGER:-PT15M",
        "ACTION:DISPLAY",
        "DESCRIPTION:Reminder",
        "END:VALARM",
    ),
    name="Microsoft Corporation//Outlook 16.0 MIMEDIR",
)
GOOGLE = book(
    "CALSCALE:GREGORIAN",
    "X-WR-TIMEZONE:Europe/Berlin",
    *event("UID:a1@google.com", "DTSTART:20260701T080000Z", "DTEND:20260701T090000Z", "SUMMARY:Stand-up",
           "RRULE:FREQ=WEEKLY;BYDAY=MO,WE", "STATUS:CONFIRMED"),
    *event("UID:a2@google.com", "DTSTART;VALUE=DATE:20260704", "DTEND;VALUE=DATE:20260707", "SUMMARY:Trade fair"),
    *event("UID:a3@google.com", "DTSTART:20260702T080000Z", "DURATION:PT45M", "SUMMARY:Gone", "STATUS:CANCELLED"),
    name="Google Inc//Google Calendar 70.9054",
)  # fmt: skip
APPLE = book(
    *event("UID:b1", "DTSTART:20260704T090000", "DTEND:20260704T100000", "SUMMARY:Floating"),
    *event("UID:b2", "DTSTART;TZID=America/New_York:20260308T013000", "DTEND;TZID=America/New_York:20260308T033000",
           "SUMMARY:Over the change of the clock"),
    *event("UID:b3", "DTSTART;TZID=Europe/Berlin:20260704T090000", "SUMMARY:Every hour",
           "RRULE:FREQ=HOURLY;INTERVAL=3"),
    "BEGIN:VTODO", "UID:b4", "DUE;VALUE=DATE:20260710", "SUMMARY:Send offer", "PRIORITY:1", "END:VTODO",
    name="Apple Inc.//macOS 14.0",
)  # fmt: skip
BROKEN = {
    "empty": b"",
    "no calendar": b"Name;Phone\r\nAnna;123\r\n",
    "cut off": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n",
    "crossed": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\nEND:VEVENT\r\n",
    "no line": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nwhat is this\r\nEND:VCALENDAR\r\n",
    "binary": bytes(range(256)) * 20,
}
"""Files that are refused; those that are calendars with the line at fault."""
