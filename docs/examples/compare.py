"""Runs side by side: one line a result, at the end of its last pull.  python3 compare.py RESULT.h5 ..."""
import sys

import xarray

rows = []
for path in sys.argv[1:]:
    history = xarray.open_dataset(path, group="history", engine="h5netcdf")
    force = history.device_force
    pull = int((force > 0.99 * force.max()).values.nonzero()[0][-1])
    start, now = history.isel(time=0), history.isel(time=pull)
    level = dict(disc="L4-L5", foramen="L4-L5 left")
    area = float(now.foramen_area.sel(foramen=level["foramen"]) / start.foramen_area.sel(foramen=level["foramen"]) - 1)
    rows.append((path, float(force.max()), float(now.idp.sel(disc=level["disc"])), 100 * area))
print("%-40s %9s %10s %8s" % ("result", "force [N]", "idp [MPa]", "area [%]"))
for row in rows:
    print("%-40s %9.0f %10.3f %+8.1f" % row)
