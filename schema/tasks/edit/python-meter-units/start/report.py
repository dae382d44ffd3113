def line(meter):
    return f"{meter.name}: {meter.used_kwh} kWh"
