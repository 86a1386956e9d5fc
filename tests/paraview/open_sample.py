"""pvbatch open_sample.py FOLDER STEPS: opens the sample result (tests/support/sample_result.hpp) in FOLDER as a double
click would and compares steps, block names and every value. Exit 0 right, 1 wrong, 77 this pvbatch has no Python module."""
import math
import os
import sys

if os.environ.get("FORAMEN_PARAVIEW_PYTHON"):
    sys.path.insert(0, os.environ["FORAMEN_PARAVIEW_PYTHON"])
try:
    from paraview import servermanager
    from paraview.simple import GetParaViewVersion, OpenDataFile
    from vtkmodules.util.numpy_support import vtk_to_numpy
    from vtkmodules.vtkCommonDataModel import vtkCompositeDataSet
except ImportError as error:
    print("pvbatch cannot import paraview: %s" % error)
    sys.stdout.flush()
    os._exit(77)

# name, points, cells, {array: (field number, components)}; points' arrays come before cells' in the numbering
DISC = (27, 8, {"displacement": (0, 3), "pressure": (1, 1)}, {"stress": (2, 6), "fluid_fraction": (3, 1)})
SURFACE = (4, 1, {"displacement": (0, 3)}, {})
LIGAMENT = (4, 1, {"displacement": (0, 3)}, {"force": (1, 1)})
BLOCKS = [("L3-L4", DISC), ("L4-L5", DISC), ("L4", SURFACE), ("ALL", LIGAMENT), ("erector spinae", SURFACE), ("facets", SURFACE)]
ROUNDING = 2.0 ** -17  # 16 mantissa bits are kept
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


def compare(where, array, rows, components, block, field, step):
    global compared
    if array is None or array.GetNumberOfTuples() != rows or array.GetNumberOfComponents() != components:
        wrong.append("%s is %s" % (where, "absent" if array is None else
                                   "%d x %d" % (array.GetNumberOfTuples(), array.GetNumberOfComponents())))
        return
    for place, value in enumerate(vtk_to_numpy(array).ravel()):
        expected = math.sin(0.37 * place + 0.11 * step + field) * (1.0 + block)
        if abs(value - expected) > ROUNDING * abs(expected) * 1.01 + 1e-7:
            wrong.append("%s[%d] is %.9g, not %.9g" % (where, place, value, expected))
            return
        compared += 1


def check_block(name, number, layout, data, step):
    points, cells, point_arrays, cell_arrays = layout
    if (data.GetNumberOfPoints(), data.GetNumberOfCells()) != (points, cells):
        wrong.append("%s has %d points and %d cells" % (name, data.GetNumberOfPoints(), data.GetNumberOfCells()))
        return
    for array, (field, components) in point_arrays.items():
        compare("step %d %s %s" % (step, name, array), data.GetPointData().GetArray(array), points, components, number, field, step)
    for array, (field, components) in cell_arrays.items():
        compare("step %d %s %s" % (step, name, array), data.GetCellData().GetArray(array), cells, components, number, field, step)
    if layout is DISC and list(vtk_to_numpy(data.GetCellData().GetArray("tissue"))) != [1 + c % 3 for c in range(cells)]:
        wrong.append("step %d %s: tissue differs" % (step, name))


def main(folder, steps):
    version = GetParaViewVersion()
    modern = (version.major, version.minor) >= (5, 13)
    reader = OpenDataFile(os.path.join(folder, "run.vtkhdf" if modern else "run.xdmf2"))
    reader.UpdatePipelineInformation()
    times = list(reader.TimestepValues)
    if times != [0.5 * step for step in range(steps)]:
        wrong.append("the times are %s" % times)
    for step, time in enumerate(times):
        reader.UpdatePipeline(time)
        data = leaves(servermanager.Fetch(reader))
        if sorted(data) != sorted(name for name, _ in BLOCKS):
            wrong.append("step %d: the blocks are %s" % (step, sorted(data)))
            break
        for number, (name, layout) in enumerate(BLOCKS):
            check_block(name, number, layout, data[name], step)
    print("ParaView %s: %d values compared, %d faults" % (version, compared, len(wrong)))
    print("\n".join(wrong[:20]))
    sys.stdout.flush()
    os._exit(1 if wrong or not compared else 0)


main(sys.argv[1], int(sys.argv[2]))
