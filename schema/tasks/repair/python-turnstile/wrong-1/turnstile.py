class Turnstile:
    def __init__(self, price):
        self.price = price
        self.state = "locked"
        self.credit = self.taken = self.passed = 0

    def event(self, name, value=None):
        events = {"coin": self.coin, "push": self.push, "alarm": self.alarm, "fix": self.fix, "refund": self.refund}
        return events[name](value)

    def try_open(self):
        if self.state == "locked" and self.credit > self.price:
            self.state = "open"
            self.credit = 0
            self.taken += self.price

    def coin(self, value):
        if not isinstance(value, int) or value <= 0:
            raise ValueError("no coin")
        self.credit += value
        self.try_open()
        return None

    def push(self, _):
        if self.state == "open":
            self.passed += 1
            self.state = "locked"
            self.try_open()

    def alarm(self, _):
        self.state = "broken"

    def fix(self, _):
        self.state = "locked"

    def refund(self, _):
        credit, self.credit = self.credit, 0
        return credit
