def days_of(year, month):
    if month == 2:
        return 29 if (year % 4 == 0 and year % 100 != 0) or year % 400 == 0 else 28
    return 30 if month in (4, 6, 9, 11) else 31


def later(date, count):
    year, month, day = date
    year, month = divmod(year * 12 + month - 1 + count, 12)
    month += 1
    return year, month, min(day, days_of(year, month))


def between(first, second):
    count = (second[0] - first[0]) * 12 + second[1] - first[1]
    if second < first:
        return count if later(first, count) >= second else count + 1
    return count if later(first, count) <= second else count - 1
