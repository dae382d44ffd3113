from entry import Entry


def dump(entries):
    return "".join(f"[{'x' if e.done else ' '}] {e.priority} {e.text}\n" for e in entries)


def load(text):
    entries = []
    for line in text.splitlines():
        if line[:4] not in ("[x] ", "[ ] ") or not line[4:]:
            raise ValueError(f"no entry: {line}")
        done, rest = line[1] == "x", line[4:]
        entries.append(Entry(rest[2:], done, rest[0]))
    return entries
