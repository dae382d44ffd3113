import re

from dates import iso

AMOUNT = re.compile(r"(-?)([0-9][0-9.]*),([0-9]{2})(-?)")


def cents(text):
    match = AMOUNT.fullmatch(text)
    if not match or (match[1] and match[4]):
        raise ValueError(f"no amount: {text}")
    amount = int(match[2].replace(".", "") + match[3])
    return -amount if match[1] or match[4] else amount


def parse(text):
    entries = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        try:
            date, amount, purpose = line.split(";", 2)
            entries.append((iso(date), cents(amount), purpose.strip(" ")))
        except ValueError as e:
            raise ValueError(f"line {number}: {e}") from e
    return entries
