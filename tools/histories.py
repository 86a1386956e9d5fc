"""Series of a result as columns of numbers, for the tools of this folder."""
import bisect
import csv
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
LEVELS = ["L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"]


class History:
    """What `foramen export` wrote of one result: column(name), at(name, time); names as `series` or `series[label]`."""

    def __init__(self, path):
        with open(path, newline="") as stream:
            rows = list(csv.reader(stream))
        names = [name.rsplit(" [", 1)[0] for name in rows[0]]
        self.columns = {name: [float(row[i]) for row in rows[1:]] for i, name in enumerate(names)}
        self.time = self.columns["time"]

    def column(self, name):
        return self.columns[name]

    def at(self, name, time):
        """Linear between the steps."""
        t, v = self.time, self.columns[name]
        i = bisect.bisect_left(t, time)
        if i == 0:
            return v[0]
        if i == len(t):
            return v[-1]
        s = (time - t[i - 1]) / (t[i] - t[i - 1])
        return (1 - s) * v[i - 1] + s * v[i]
