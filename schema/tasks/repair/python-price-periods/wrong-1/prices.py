from bisect import bisect_left, bisect_right


class Prices:
    def __init__(self):
        # From starts[i] to the day before starts[i + 1] prices[i] holds; neighbours differ, and before all there is None.
        self.starts = []
        self.prices = []

    def on(self, day):
        i = bisect_left(self.starts, day)
        return self.prices[i - 1] if i else None

    def set(self, first, last, price):
        if last is not None and last < first:
            raise ValueError("the last day is before the first")
        low = bisect_left(self.starts, first)
        starts, prices = [first], [price]
        if last is None:
            high = len(self.starts)
        else:
            high = bisect_right(self.starts, last)
            starts.append(last + 1)
            prices.append(self.on(last))
        self.starts[low:high] = starts
        self.prices[low:high] = prices

    def periods(self):
        result = []
        for i, (first, price) in enumerate(zip(self.starts, self.prices)):
            if price is None:
                continue
            last = self.starts[i + 1] - 1 if i + 1 < len(self.starts) else None
            result.append((first, last, price))
        return result

    def changes(self, first, last):
        result = []
        for day in range(first + 1, last + 1):
            if self.on(day) != self.on(day - 1):
                result.append((day, self.on(day)))
        return result
