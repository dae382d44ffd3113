def render(entries):
    """The entries that are open, one a line, with their numbers."""
    left = sorted((e for e in entries if not e.done), key=lambda e: e.priority)
    return "".join(f"{i}. ({e.priority}) {e.text}\n" for i, e in enumerate(left, 1))
