def line(meter):
    return f"{meter.name}: {meter.used // 1000}.{meter.used % 1000:03} kWh"
