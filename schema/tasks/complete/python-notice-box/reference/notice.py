def frame(text, title=""):
    if text.endswith("\n"):
        text = text[:-1]
    lines = [line.rstrip(" ") for line in text.split("\n")]
    inner = max(len(line) for line in lines) + 2
    head = f"- {title} -" if title else ""
    inner = max(inner, len(head))
    top = head + "-" * (inner - len(head))
    body = [f"| {line:<{inner - 2}} |" for line in lines]
    return "\n".join([f"+{top}+", *body, "+" + "-" * inner + "+"])
