"""What people type for days and times in English, and what is meant, asked on Wednesday 18 November 2026 at 10:00.

A row is a phrase, the day with its time if one is named, and what else the phrase says.
"""

ENGLISH = """
today | 2026-11-18
tomorrow | 2026-11-19
tmr | 2026-11-19
yesterday | 2026-11-17
the day after tomorrow | 2026-11-20
the day before yesterday | 2026-11-16
tomorrow 3pm | 2026-11-19 15:00
tomorrow at 3 | 2026-11-19 15:00
tomorrow at 9 o'clock | 2026-11-19 09:00
Tomorrow morning | 2026-11-19 09:00
tomorrow afternoon at 3:30 | 2026-11-19 15:30
the day after tomorrow at noon | 2026-11-20 12:00
tonight | 2026-11-18 19:00
tonight at 8 | 2026-11-18 20:00
8pm tonight | 2026-11-18 20:00
last night | 2026-11-17 19:00
yesterday afternoon incoming call | 2026-11-17 14:00 | incoming call
tue | 2026-11-24
wed | 2026-11-25
wed 3pm | 2026-11-18 15:00
wed 9am | 2026-11-25 09:00
fri | 2026-11-20
on Friday | 2026-11-20
Sun | 2026-11-22
this fri | 2026-11-20
last fri | 2026-11-13
next tue | 2026-11-24
next tue 10am | 2026-11-24 10:00
next tuesday at 10 | 2026-11-24 10:00
next Fri | 2026-11-27
next mon 9:15 | 2026-11-23 09:15
tue next week | 2026-11-24
next week thursday | 2026-11-26
next week | 2026-11-23
next month | 2026-12-01
next quarter | 2027-01-01
next year | 2027-01-01
weekend | 2026-11-21
next weekend | 2026-11-28
in 2 weeks | 2026-12-02
in two weeks' time | 2026-12-02
in a fortnight | 2026-12-02
in 3 days | 2026-11-21
in a month | 2026-12-18
in three months | 2027-02-18
two days later | 2026-11-20
a week from now | 2026-11-25
2 business days from now | 2026-11-20
in 3 working days | 2026-11-23
3 days ago | 2026-11-15
a couple of days ago | 2026-11-16
in an hour | 2026-11-18 11:00
in half an hour | 2026-11-18 10:30
in 45 minutes | 2026-11-18 10:45
2 hours ago | 2026-11-18 08:00
end of month | 2026-11-30
end of the month | 2026-11-30
eom | 2026-11-30
month end | 2026-11-30
end of next month | 2026-12-31
end of week | 2026-11-20
end of the year | 2026-12-31
eoy | 2026-12-31
end of quarter | 2026-12-31
beginning of next month | 2026-12-01
mid next month | 2026-12-15
the 5th | 2026-12-05
on the 20th | 2026-11-20
the 5th of next month | 2026-12-05
next month on the 5th | 2026-12-05
24 Nov 14:30 | 2026-11-24 14:30
14:30 Nov 24 | 2026-11-24 14:30
Nov 24 call back | 2026-11-24 | call back
Dec 5 10am | 2026-12-05 10:00
5 dec 10am | 2026-12-05 10:00
5th of January | 2027-01-05
24 Nov 2027 | 2027-11-24
November 3rd, 2027 | 2027-11-03
feb 29 | 2028-02-29
11/24 | 2026-11-24
24/11 | 2026-11-24
12/25/2026 | 2026-12-25
2026-12-01 09:30 | 2026-12-01 09:30
half past 3 tomorrow | 2026-11-19 15:30
quarter to 4 | 2026-11-18 15:45
12am tomorrow | 2026-11-19 00:00
12:15 pm | 2026-11-18 12:15
noon | 2026-11-18 12:00
at 5 | 2026-11-18 17:00
call now | 2026-11-18 10:00 | call
Send quote by friday | 2026-11-20 | Send quote
Meet at 30 Main Street tomorrow | 2026-11-19 | Meet at 30 Main Street
Call Anna next tue at 10am, bring samples | 2026-11-24 10:00 | Call Anna, bring samples
tmrw 9am | 2026-11-19 09:00
tomorow | 2026-11-19
tommorrow at 2 | 2026-11-19 14:00
tomorrow3pm | 2026-11-19 15:00
tomorrow by noon | 2026-11-19 12:00
tomorrow midnight | 2026-11-20 00:00
tomorrow at 15.30 | 2026-11-19 15:30
tomorrow 1530hrs | 2026-11-19 15:30
tomorrow 2-3pm | 2026-11-19 14:00 | 2-3pm
tomorrow 10:00-11:30 review | 2026-11-19 10:00 | 10:00-11:30 review
tomorrow 11-1pm | 2026-11-19 11:00 | 11-1pm
tomorrow around 3pm | 2026-11-19 15:00
tomorrow before 11am | 2026-11-19 11:00
tomorrow @ 4 | 2026-11-19 16:00
tomorrow, 3:45 p.m. | 2026-11-19 15:45
tomorrow evening | 2026-11-19 19:00
tomorrow night at 8 | 2026-11-19 20:00
first thing tomorrow | 2026-11-19 09:00
first thing monday | 2026-11-23 09:00
eod | 2026-11-18 18:00
eod friday | 2026-11-20 18:00
by cob tomorrow | 2026-11-19 18:00
by close of business Friday | 2026-11-20 18:00
end of day tomorrow | 2026-11-19 18:00
midnight | 2026-11-19 00:00
this afternoon | 2026-11-18 14:00
this morning | 2026-11-18 09:00
this evening | 2026-11-18 19:00
3pm | 2026-11-18 15:00
15:30 | 2026-11-18 15:30
at 3:30 | 2026-11-18 15:30
at 03:30 | 2026-11-18 03:30
half past four | 2026-11-18 16:30
quarter past 2 tomorrow | 2026-11-19 14:15
a quarter to five | 2026-11-18 16:45
ten past three | 2026-11-18 15:10
twenty to four | 2026-11-18 15:40
half past 8 am tomorrow | 2026-11-19 08:30
monday | 2026-11-23
Monday 9.30am | 2026-11-23 09:30
tues 10am | 2026-11-24 10:00
thurs at 2 | 2026-11-19 14:00
wednsday | 2026-11-25
coming friday | 2026-11-20
this coming monday | 2026-11-23
this sunday | 2026-11-22
next sunday | 2026-11-29
next wednesday | 2026-11-25
nexttue 10am | 2026-11-24 10:00
tue10am | 2026-11-24 10:00
last monday | 2026-11-09
last tuesday at 4pm | 2026-11-10 16:00
on mon | 2026-11-23
by wed | 2026-11-25
before thursday | 2026-11-19
until friday | 2026-11-20
no later than friday | 2026-11-20
due friday | 2026-11-20
friday week | 2026-11-27
a week on tuesday | 2026-12-01
a week from friday | 2026-11-27
two weeks from monday | 2026-12-07
tuesday in two weeks | 2026-12-01
the week after next | 2026-11-30
tuesday the week after next | 2026-12-01
thursday of next week | 2026-11-26
next week friday 3pm | 2026-11-27 15:00
early next week | 2026-11-23
mid next week | 2026-11-25
late next week | 2026-11-27
end of next week | 2026-11-27
later this week | 2026-11-20
this weekend | 2026-11-21
last weekend | 2026-11-14
month after next | 2027-01-01
early next month | 2026-12-01
start of next month | 2026-12-01
late next month | 2026-12-21
end of December | 2026-12-31
early January | 2027-01-01
mid-December | 2026-12-15
mid Jan | 2027-01-15
late February | 2027-02-21
in March | 2027-03-01
in march 2028 | 2028-03-01
end of next quarter | 2027-03-31
start of next quarter | 2027-01-01
quarter end | 2026-12-31
end of Q1 | 2027-03-31
beginning of Q2 next year | 2027-04-01
end of q4 2027 | 2027-12-31
end of next year | 2027-12-31
early next year | 2027-01-01
beginning of the year | 2027-01-01
year end | 2026-12-31
yearend | 2026-12-31
first Monday of December | 2026-12-07
the first monday in december at 9 | 2026-12-07 09:00
second tuesday of next month | 2026-12-08
last Friday of the month | 2026-11-27
last friday of next month | 2026-12-25
last day of the month | 2026-11-30
first day of next month | 2026-12-01
last working day of the month | 2026-11-30
first business day of January | 2027-01-01
in 3 business days | 2026-11-23
within 3 days | 2026-11-21
within the next two weeks | 2026-12-02
in 10 days | 2026-11-28
in 2wks | 2026-12-02
in2weeks | 2026-12-02
2weeks later | 2026-12-02
in a couple of weeks | 2026-12-02
in a couple days | 2026-11-20
in six months | 2027-05-18
in a year | 2027-11-18
six weeks from today | 2026-12-30
in 3d | 2026-11-21
+2w | 2026-12-02
3daysago | 2026-11-15
two weeks ago | 2026-11-04
a month ago | 2026-10-18
5 business days ago | 2026-11-11
yesterday 3pm | 2026-11-17 15:00
yesterday morning | 2026-11-17 09:00
in 90 minutes | 2026-11-18 11:30
in 1.5 hours | 2026-11-18 11:30
in an hour and a half | 2026-11-18 11:30
in 2h | 2026-11-18 12:00
in a quarter of an hour | 2026-11-18 10:15
30 min ago | 2026-11-18 09:30
within 24 hours | 2026-11-19 10:00
just now | 2026-11-18 10:00
Dec 5th | 2026-12-05
December 5 | 2026-12-05
5 Dec | 2026-12-05
5dec | 2026-12-05
dec5 9am | 2026-12-05 09:00
5-Dec-2026 | 2026-12-05
5 Dec 2026 15:00 | 2026-12-05 15:00
Dec. 5, 2026 | 2026-12-05
the 5th of December at 3pm | 2026-12-05 15:00
5th of Dec | 2026-12-05
fri pm | 2026-11-20 14:00
tomorrow am | 2026-11-19 10:00
5 Dec last year | 2025-12-05
March 3 next year | 2027-03-03
Sat 5 Dec | 2026-12-05
Sat, Dec 5, 10:00 | 2026-12-05 10:00
Saturday, December 5th, 2026 | 2026-12-05
Dec 5 (Sat) | 2026-12-05
Tue Nov 24 10:00 | 2026-11-24 10:00
Mon Nov 16 | 2026-11-16
Friday the 4th | 2026-12-04
tuesday 24th 9am | 2026-11-24 09:00
12/5 | 2026-12-05
12/5/26 3pm | 2026-12-05 15:00
13/12 | 2026-12-13
5.12. | 2026-12-05
24.11.2026 | 2026-11-24
2026-12-05 | 2026-12-05
2026-12-05T15:30 | 2026-12-05 15:30
2026/12/05 3pm | 2026-12-05 15:00
20261205 | 2026-12-05
Dec 5-8 trade fair | 2026-12-05 | Dec 5-8 trade fair
5-8 Dec | 2026-12-05 | 5-8 Dec
mon to wed | 2026-11-23 | mon to wed
5th | 2026-12-05
30th at 10am | 2026-11-30 10:00
the 31st | 2026-12-31
Send the offer to Bob by eod tomorrow | 2026-11-19 18:00 | Send the offer to Bob
Lunch with Anna, Thu 12:30 | 2026-11-19 12:30 | Lunch with Anna
Follow up in 2 weeks re: samples | 2026-12-02 | Follow up re: samples
ring Tom back tomorrow | 2026-11-19 | ring Tom back
mon-fri on holiday | 2026-11-23 | mon-fri on holiday
in half a year | 2027-05-18
3pm sharp | 2026-11-18 15:00
until 5pm | 2026-11-18 17:00
29 Feb 2028 | 2028-02-29
end of February | 2027-02-28
"""

NONSENSE = """
a week tomorrow | tomorrow week | in the next week | dec 5 or 6 | nov 24/25 | 5/6 dec | from mon to wed
not before friday | after friday | on the 12th floor | at three thirty
next year 5 Dec | tomorrow or friday | the first of never
25:00 | 24:30 | hello world | good morning | 13pm | 0am | feb 30 | 99/99 | 24/7 | 2026-13-01 | 2026-02-30
May I call you | sat down with Bob | Sun Microsystems | every monday | March on | next | last | in weeks
in 99999999999 years | in 9999 years | at 99 | 10:99 | 3.14 | 50% | 13800138000 | 2026 | fritz | 30:00 | 100%
v1.2.3. | tue or wed | mon/tue | tue and thu | next tue or wed | a few days | in a few days
in a few days at 3pm | some day | someday 3pm | soon | later | asap | in 2-3 weeks | 2 or 3 days later
two days before friday | the day after the meeting | 3 days after Dec 5 | 2 weeks from tomorrow
the week before christmas | every 2 weeks | every other tuesday | each month | mondays | daily at 9am
weekly 10am | Friday 2026-12-05 | Mon Dec 5 | 30 feb | the 32nd | 32 dec | dec 32 | fifth monday of december
26/12/05 | christmas eve 6pm | next december | following monday | not on friday | at 25 | 25:61 | 14pm
may be | march past | second to none | the sun is out | web 2.0 | 12.5 | 3-4 | room 1530 | order 4711
april showers | a minute please | week | month | tuesdayish | noonday demon | 5 to 10 people | $5 dec | q1
first monday | tomorrow 3 or 4pm | 7am or 8am | between 3 and 4pm | on the sun | half a year later | fri/sat
"""
"""What names no day, more than one, or one that does not exist."""
