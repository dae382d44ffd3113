def cost(meter, cents_per_kwh):
    return round(meter.used * cents_per_kwh / 1000)
