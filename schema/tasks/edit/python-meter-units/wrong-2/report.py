def line(meter):
    return f"{meter.name}: {meter.used / 1000:.3f} kWh"
