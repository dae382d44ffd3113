from totals import net, tax


def text(cart):
    lines = [f"{count} x {name}: {cents * count}" for name, cents, count in cart.lines]
    lines.append(f"net: {net(cart)}")
    lines.append(f"tax 19.0 %: {tax(cart)}")
    lines.append(f"total: {net(cart) + tax(cart)}")
    return "\n".join(lines)
