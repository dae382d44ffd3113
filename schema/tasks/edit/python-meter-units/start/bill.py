def cost(meter, cents_per_kwh):
    return round(meter.used_kwh * cents_per_kwh)
