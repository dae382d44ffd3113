def balance(entries, start=0):
    return start + sum(cents for _, cents, _ in entries)


def months(entries):
    result = {}
    for date, cents, _ in entries:
        result[date[:7]] = result.get(date[:7], 0) + cents
    return sorted(result.items())


def lowest(entries, start=0):
    low = start
    for _, cents, _ in sorted(entries, key=lambda entry: entry[0]):
        start += cents
        low = min(low, start)
    return low
