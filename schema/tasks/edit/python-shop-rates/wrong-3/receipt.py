from totals import by_rate, net, tax


def text(cart):
    lines = [f"{count} x {name}: {cents * count}" for name, cents, _, count in cart.lines]
    lines.append(f"net: {net(cart)}")
    lines += [f"tax {tenths // 10}.0 %: {part}" for tenths, _, part in by_rate(cart)]
    lines.append(f"total: {net(cart) + tax(cart)}")
    return "\n".join(lines)
