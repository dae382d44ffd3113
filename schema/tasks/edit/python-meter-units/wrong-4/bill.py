def cost(meter, cents_per_kwh):
    return (2 * meter.used * cents_per_kwh + 1000) // 2000
