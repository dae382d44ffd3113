TAX = 190  # tenths of a percent


def net(cart):
    return sum(cents * count for _, cents, count in cart.lines)


def tax(cart):
    return (net(cart) * TAX + 500) // 1000
