def iso(text):
    day, month, year = text.split(".")
    return f"{year}-{month}-{day}"
