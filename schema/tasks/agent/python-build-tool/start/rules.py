from build_error import BuildError


def read(text):
    """A dict from target to (sources, actions)."""
    rules = {}
    target = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            rules[target][1].append(line.strip())
            continue
        target, _, sources = line.partition(":")
        if not target:
            raise BuildError(f"BUILD:{number}: no target")
        rules[target] = (sources.split(), [])
    return rules
