def act(action, data):
    name, _, argument = action.partition(" ")
    if name == "join":
        return data
    if name == "upper":
        return data.upper()
    if name == "lines":
        return b"\n".join(data.split(b"\n")[: int(argument)])
    if name == "prefix":
        return argument.encode() + data
    return b"%d\n" % len(data)
