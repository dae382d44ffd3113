DAY = 24 * 60


def minutes_of(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def next_departure(timetable, now):
    if not timetable:
        return None
    start = minutes_of(now)
    for t in timetable:
        if minutes_of(t) >= start:
            return t, minutes_of(t) - start
    return timetable[0], minutes_of(timetable[0]) + DAY - start
