DAY = 24 * 60


def minutes_of(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def next_departure(timetable, now):
    if not timetable:
        return None
    start = minutes_of(now)
    for t in sorted(timetable):
        if minutes_of(t) >= start:
            return t, minutes_of(t) - start
    return None
