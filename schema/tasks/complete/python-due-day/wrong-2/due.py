import re
from datetime import date, timedelta


def read(text):
    from datetime import datetime

    return datetime.strptime(text, "%Y-%m-%d").date()


def due(start, days, holidays=()):
    day = read(start)
    closed = {read(h) for h in holidays}

    def is_working(d):
        return d.weekday() < 5 and d not in closed

    step = timedelta(days=-1 if days < 0 else 1)
    if days == 0:
        while not is_working(day):
            day += step
    left = abs(days)
    while left:
        day += step
        left -= is_working(day)
    return day.isoformat()
