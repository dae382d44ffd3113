def frame(text, title=""):
    lines = [line.rstrip() for line in text.splitlines()]
    inner = max(len(line) for line in lines) + 2
    head = f"- {title} -" if title else ""
    inner = max(inner, len(head))
    top = head + "-" * (inner - len(head))
    body = [f"| {line:<{inner - 2}} |" for line in lines]
    return "\n".join([f"+{top}+", *body, "+" + "-" * inner + "+"])
