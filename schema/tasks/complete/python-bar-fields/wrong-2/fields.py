def parse_quoted(line, at):
    field = []
    while True:
        end = line.find("'", at)
        if end < 0:
            raise ValueError("a quoted field is not closed")
        field.append(line[at:end])
        at = end + 1
        if line[at : at + 1] != "'":
            return "".join(field), at
        field.append("'")
        at += 1


def parse_line(line):
    fields = []
    at = 0
    while True:
        if line.startswith("'", at):
            field, at = parse_quoted(line, at + 1)
        else:
            end = line.find("|", at)
            end = len(line) if end < 0 else end
            field, at = line[at:end], end
        end = line.find("|", at)
        end = len(line) if end < 0 else end
        fields.append(field + line[at:end])
        at = end
        if at == len(line):
            return fields
        if line[at] != "|":
            raise ValueError("something behind a quoted field")
        at += 1


def format_field(field):
    if "|" in field or field.startswith("'"):
        return "'" + field.replace("'", "''") + "'"
    return field


def format_line(fields):
    if not fields:
        raise ValueError("a line has at least one field")
    return "|".join(format_field(f) for f in fields)
