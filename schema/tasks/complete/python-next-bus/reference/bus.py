DAY = 24 * 60


def minutes_of(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def next_departure(timetable, now):
    if not timetable:
        return None
    start = minutes_of(now)
    best = min(timetable, key=lambda t: (minutes_of(t) - start) % DAY)
    return best, (minutes_of(best) - start) % DAY
