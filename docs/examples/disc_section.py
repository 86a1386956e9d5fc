"""The pressure along a disc's mid-line at three times, with h5py alone.  python3 disc_section.py RESULT.h5 [PICTURE.png]"""
import sys

import h5py
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

with h5py.File(sys.argv[1]) as result:
    disc = result["VTKHDF/L4-L5"]
    points, times = disc["Points"][:], disc["Steps/Values"][:]
    pressure = disc["PointData/pressure"][:].reshape(len(times), len(points))  # one row a time
middle = np.abs(points[:, 1]) < 0.1 * np.ptp(points[:, 1])
height = points[:, 2] - np.median(points[middle, 2])
line = np.flatnonzero(middle & (np.abs(height) < 0.15 * np.ptp(points[middle, 2])))
line = line[np.argsort(points[line, 0])]
for step in (0, len(times) // 2, len(times) - 1):
    plt.plot(points[line, 0], pressure[step, line], ".", label="%.1f min" % (times[step] / 60))
plt.xlabel("x, anterior [mm]")
plt.ylabel("pressure in L4-L5 [MPa]")
plt.legend()
plt.savefig(sys.argv[2] if len(sys.argv) > 2 else "disc-section.png")
