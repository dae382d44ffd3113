from rates import rate


def net(cart):
    return sum(cents * count for _, cents, _, count in cart.lines)


def by_rate(cart):
    sums = {}
    for _, cents, kind, count in cart.lines:
        tenths = rate(cart.country, kind)
        amount, part = sums.get(tenths, (0, 0))
        sums[tenths] = (amount + cents * count, part + (cents * count * tenths + 500) // 1000)
    return [(tenths, amount, part) for tenths, (amount, part) in sorted(sums.items())]


def tax(cart):
    return sum(part for _, _, part in by_rate(cart))
