def render(entries):
    """The entries that are open, one a line, with their numbers."""
    left = [e for e in entries if not e.done]
    return "".join(f"{i}. {e.text}\n" for i, e in enumerate(left, 1))
