class Meter:
    def __init__(self, name):
        self.name = name
        self.readings = []

    def add(self, watt_hours):
        if type(watt_hours) is not int:
            raise TypeError("readings are whole watt-hours")
        if self.readings and watt_hours < self.readings[-1]:
            raise ValueError("a meter does not run backwards")
        self.readings.append(watt_hours)

    @property
    def used(self):
        return self.readings[-1] - self.readings[0] if self.readings else 0
