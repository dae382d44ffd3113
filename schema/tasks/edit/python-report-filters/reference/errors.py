class LogError(ValueError):
    pass


class BadFilter(LogError):
    def __init__(self, name, position, why):
        super().__init__(f"filter {position}, {name!r}: {why}")
        self.name = name
        self.position = position
