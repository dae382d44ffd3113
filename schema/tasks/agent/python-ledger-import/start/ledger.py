def balance(entries, start=0):
    return start + sum(cents for _, cents, _ in entries)


def months(entries):
    result = {}
    for date, cents, _ in entries:
        result[date[:7]] = cents
    return list(result.items())


def lowest(entries, start=0):
    entries.sort()
    low = 0
    for _, cents, _ in entries:
        start += cents
        low = min(low, start)
    return low
