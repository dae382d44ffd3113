class Meter:
    def __init__(self, name):
        self.name = name
        self.readings = []

    def add(self, kwh):
        if self.readings and kwh < self.readings[-1]:
            raise ValueError("a meter does not run backwards")
        self.readings.append(kwh)

    @property
    def used_kwh(self):
        return self.readings[-1] - self.readings[0] if self.readings else 0.0
