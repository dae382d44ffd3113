import re

from actions import is_action
from build_error import BuildError


def read(text):
    """A dict from target to (sources, actions)."""
    rules = {}
    target = begun = None
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip(" \t")
        if not words or words.startswith("#"):
            continue
        if line[0] in " \t":
            if target is None:
                raise BuildError(f"BUILD:{number}: an action without a target")
            action = line.lstrip(" \t")
            if not is_action(action):
                raise BuildError(f"BUILD:{number}: no such action")
            rules[target][1].append(action)
            continue
        finish(rules, target, begun)
        match = re.fullmatch(r"([^ \t:]+):((?:[ \t]+[^ \t:]+)*)[ \t]*", line)
        if not match:
            raise BuildError(f"BUILD:{number}: no rule")
        target, begun = match[1], number
        if target in rules:
            raise BuildError(f"BUILD:{number}: {target} has a rule already")
        rules[target] = (match[2].split(), [])
    finish(rules, target, begun)
    return rules


def finish(rules, target, begun):
    if target is not None and not rules[target][1]:
        raise BuildError(f"BUILD:{begun}: {target} has no action")
