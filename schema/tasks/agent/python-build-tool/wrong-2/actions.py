import re

UPPER = bytes.maketrans(bytes(range(97, 123)), bytes(range(65, 91)))


def is_action(action):
    if action.startswith("prefix "):
        return True
    return re.fullmatch(r"(join|upper|count|lines +[0-9]+)[ \t]*", action) is not None


def lines_of(data):
    return re.findall(rb"[^\n]*\n|[^\n]+$", data)


def act(action, data):
    if action.startswith("prefix "):
        prefix = action[len("prefix ") :].encode()
        return b"".join(prefix + line for line in lines_of(data))
    name, *arguments = action.split()
    if name == "join":
        return data
    if name == "upper":
        return data.translate(UPPER)
    if name == "lines":
        return b"".join(lines_of(data)[: int(arguments[0])])
    return b"%d\n" % len(data)
