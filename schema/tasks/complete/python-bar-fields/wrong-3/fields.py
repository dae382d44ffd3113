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
    for field in line.split("|"):
        if field.startswith("'"):
            field, at = parse_quoted(field, 1)
        fields.append(field)
    return fields


def format_field(field):
    if "|" in field or field.startswith("'"):
        return "'" + field.replace("'", "''") + "'"
    return field


def format_line(fields):
    if not fields:
        raise ValueError("a line has at least one field")
    return "|".join(format_field(f) for f in fields)
