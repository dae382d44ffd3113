class Entry:
    def __init__(self, text, done=False, priority="B"):
        if priority not in ("A", "B", "C"):
            raise ValueError(f"no priority: {priority}")
        self.text = text
        self.done = done
        self.priority = priority
