from rates import rate


def net(cart):
    return sum(cents * count for _, cents, _, count in cart.lines)


def by_rate(cart):
    sums = {}
    for _, cents, kind, count in cart.lines:
        tenths = rate(cart.country, kind)
        sums[tenths] = sums.get(tenths, 0) + cents * count
    return [(tenths, amount, (amount * tenths + 500) // 1000) for tenths, amount in sorted(sums.items()) if amount]


def tax(cart):
    return sum(part for _, _, part in by_rate(cart))
