"""A session in fifteen lines: force, disc pressure and foraminal opening.  python3 session.py RESULT.h5 [PICTURE.png]"""
import sys

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import xarray

history = xarray.open_dataset(sys.argv[1], group="history", engine="h5netcdf")
minutes = history.time / 60
opened = 100 * (history.foramen_area / history.foramen_area.isel(time=0) - 1)
figure, (force, pressure, area) = plt.subplots(3, sharex=True, figsize=(8, 8), layout="constrained")
force.plot(minutes, history.device_force, color="black")
force.set_ylabel("device force [N]")
for disc in history.disc.values:
    pressure.plot(minutes, history.idp.sel(disc=disc), label=disc)
    area.plot(minutes, opened.sel(foramen=disc + " left"))
pressure.set_ylabel("disc pressure [MPa]")
pressure.legend(ncols=5, fontsize="small")
area.set(xlabel="time [min]", ylabel="left foramen opened [%]")
figure.savefig(sys.argv[2] if len(sys.argv) > 2 else "session-curves.png")
