from dates import iso


def cents(text):
    return int(float(text.replace(".", "").replace(",", ".")) * 100)


def parse(text):
    entries = []
    for line in text.splitlines():
        if line:
            date, amount, purpose = line.split(";")
            entries.append((iso(date), cents(amount), purpose))
    return entries
