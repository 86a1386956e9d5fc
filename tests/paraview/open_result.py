"""pvbatch open_result.py PATH EXPECTED: opens the result PATH (without its ending) as a double click would and compares it
with EXPECTED, lines of
  time STEP VALUE | block NAME/POINTS/CELLS | array STEP/NAME/point or cell/ARRAY/COMPONENTS/FIRST/LAST/SMALLEST/LARGEST
whose numbers are float32, compared to the bit. Exit 0 right, 1 wrong, 77 this pvbatch has no Python module."""
import os
import sys

if os.environ.get("FORAMEN_PARAVIEW_PYTHON"):
    sys.path.insert(0, os.environ["FORAMEN_PARAVIEW_PYTHON"])
try:
    import numpy
    from paraview import servermanager
    from paraview.simple import GetParaViewVersion, OpenDataFile
    from vtkmodules.util.numpy_support import vtk_to_numpy
    from vtkmodules.vtkCommonDataModel import vtkCompositeDataSet
except ImportError as error:
    print("pvbatch cannot import paraview: %s" % error)
    sys.stdout.flush()
    os._exit(77)

wrong = []
compared = 0


def leaves(data, name=""):
    if not data.IsA("vtkCompositeDataSet"):
        return {name: data}
    found = {}
    for i in range(data.GetNumberOfBlocks()):
        block = data.GetBlock(i)
        if block is not None:
            label = data.GetMetaData(i).Get(vtkCompositeDataSet.NAME()) if data.HasMetaData(i) else "unnamed %d" % i
            found.update(leaves(block, label))
    return found


def expectations(path):
    times, blocks, arrays = [], {}, {}
    for line in open(path):
        kind, rest = line.rstrip("\n").split(" ", 1)
        words = rest.split("/")
        if kind == "time":
            times.append(float(rest.split()[1]))
        elif kind == "block":
            blocks[words[0]] = (int(words[1]), int(words[2]))
        else:
            arrays.setdefault(int(words[0]), []).append((words[1], words[2], words[3], int(words[4]), [numpy.float32(w) for w in words[5:]]))
    return times, blocks, arrays


def compare(step, blocks, name, kind, array, components, numbers):
    global compared
    where = "step %d %s %s" % (step, name, array)
    data = (blocks[name].GetPointData() if kind == "point" else blocks[name].GetCellData()).GetArray(array)
    if data is None or data.GetNumberOfComponents() != components:
        wrong.append("%s is %s" % (where, "absent" if data is None else "of %d components" % data.GetNumberOfComponents()))
        return
    values = vtk_to_numpy(data).astype(numpy.float32).ravel()
    found = [values[0], values[-1], values.min(), values.max()]
    if found != numbers:
        wrong.append("%s: first, last, least, most are %s, not %s" % (where, found, numbers))
    compared += len(values)


def main(path, expected):
    times, sizes, arrays = expectations(expected)
    version = GetParaViewVersion()
    modern = (version.major, version.minor) >= (5, 13)
    reader = OpenDataFile(path + (".vtkhdf" if modern else ".xdmf2"))
    reader.UpdatePipelineInformation()
    found = list(reader.TimestepValues)
    if found != times:
        wrong.append("the times are %s, not %s" % (found, times))
    for step in sorted(arrays):
        reader.UpdatePipeline(times[step])
        blocks = leaves(servermanager.Fetch(reader))
        if {n: (b.GetNumberOfPoints(), b.GetNumberOfCells()) for n, b in blocks.items()} != sizes:
            wrong.append("step %d: the blocks are %s" % (step, sorted(blocks)))
            break
        for line in arrays[step]:
            compare(step, blocks, *line)
    print("ParaView %s: %d values compared, %d faults" % (version, compared, len(wrong)))
    print("\n".join(wrong[:20]))
    sys.stdout.flush()
    os._exit(1 if wrong or not compared else 0)


main(sys.argv[1], sys.argv[2])
