class Cart:
    def __init__(self):
        self.lines = []

    def add(self, name, cents, count=1):
        if count < 1:
            raise ValueError("at least one")
        self.lines.append((name, cents, count))
