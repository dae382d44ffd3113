from entry import Entry


def dump(entries):
    return "".join(f"[{'x' if e.done else ' '}] {e.text}\n" for e in entries)


def load(text):
    entries = []
    for line in text.splitlines():
        if line[:4] not in ("[x] ", "[ ] ") or not line[4:]:
            raise ValueError(f"no entry: {line}")
        entries.append(Entry(line[4:], line[1] == "x"))
    return entries
