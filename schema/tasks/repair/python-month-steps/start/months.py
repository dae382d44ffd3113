def days_of(year, month):
    if month == 2:
        return 29 if year % 4 == 0 else 28
    return 30 if month in (4, 6, 9, 11) else 31


def later(date, count):
    year, month, day = date
    year += count // 12
    month += count % 12
    if month > 12:
        month -= 12
    return year, month, min(day, days_of(year, month))


def between(first, second):
    count = (second[0] - first[0]) * 12 + second[1] - first[1]
    if second[2] < first[2]:
        count -= 1
    return count
