"""A session in ParaView: the left half of the spine, discs coloured by pressure, ligaments as tubes coloured by strain, curves beside it.

paraview --script=THIS_FILE          or in ParaView: View > Python Shell > Run Script
pvbatch THIS_FILE PICTURE.png [TIME] writes a picture at a time in seconds (default: the middle of the session)

Made by `foramen paraview`; the names of parts are those of docs/result-file.md. Research software, not a medical device.
"""
import os
import sys

from paraview.simple import *  # noqa: F403  (as ParaView's own traces do)

RESULT = "@result@"  # without its ending; NAME.h5, NAME.xdmf2 and NAME.vtkhdf lie there
CURVES = "@curves@"  # histories as CSV
CHARTS = @charts@
PARTS = @parts@
PRESSURE = [@pressure_low@, @pressure_high@]  # MPa, of the whole session
STRAIN = [@strain_low@, @strain_high@]
BONE = [0.93, 0.87, 0.75]


def open_result():
    """ParaView from 5.13 reads VTKHDF of version 2; older ones read the XDMF beside it."""
    version = GetParaViewVersion()
    ending = ".vtkhdf" if (version.major, version.minor) >= (5, 13) else ".xdmf2"
    reader = OpenDataFile(RESULT + ending)
    if reader is None:
        raise RuntimeError("ParaView cannot open " + RESULT + ending)
    RenameSource(os.path.basename(RESULT), reader)
    reader.UpdatePipelineInformation()
    return reader


def part(reader, group):
    """The blocks of a group, moved by their displacement."""
    blocks = ExtractBlock(Input=reader)
    blocks.Selectors = ["//" + n for name in PARTS[group] for n in (name, name.replace("-", ""))]  # older versions drop hyphens
    RenameSource(group, blocks)
    surface = blocks if group == "discs" else ExtractSurface(Input=blocks)
    moved = WarpByVector(Input=surface)
    moved.Vectors = ["POINTS", "displacement"]
    RenameSource(group + ", moved", moved)
    return moved


def plane(kind, source, normal, name):
    cut = kind(Input=source)
    plane_of = cut.ClipType if kind is Clip else cut.SliceType
    plane_of.Origin = [0.0, 0.0, 0.0]
    plane_of.Normal = normal
    if kind is Clip:
        cut.Invert = 0  # keeps what lies along the normal: the left half
    RenameSource(name, cut)
    return cut


def colour(display, view, where, field, span, preset, title):
    ColorBy(display, (where, field))
    table = GetColorTransferFunction(field)
    table.ApplyPreset(preset, True)
    table.RescaleTransferFunction(*span)
    bar = GetScalarBar(table, view)
    bar.Title, bar.ComponentTitle = title, ""
    bar.TitleColor = bar.LabelColor = [0.1, 0.1, 0.1]
    display.SetScalarBarVisibility(view, True)


def show_spine(reader, view):
    if "vertebrae" in PARTS:
        half = plane(Clip, part(reader, "vertebrae"), [0.0, 1.0, 0.0], "vertebrae, left half")
        display = Show(half, view)
        display.DiffuseColor = display.AmbientColor = BONE
    if "discs" in PARTS:
        discs = part(reader, "discs")
        half = plane(Clip, discs, [0.0, 1.0, 0.0], "discs, left half")
        colour(Show(half, view), view, "POINTS", "pressure", PRESSURE, "Viridis (matplotlib)", "pressure [MPa]")
        for normal, name in (([0.0, 1.0, 0.0], "discs, sagittal cut"), ([1.0, 0.0, 0.0], "discs, frontal cut")):
            cut = plane(Slice, discs, normal, name)  # there to be switched on
            colour(Show(cut, view), view, "POINTS", "pressure", PRESSURE, "Viridis (matplotlib)", "pressure [MPa]")
            Hide(cut, view)
    if "ligaments" in PARTS:
        tubes = Tube(Input=part(reader, "ligaments"))
        tubes.Radius = 0.7
        RenameSource("ligaments, tubes", tubes)
        colour(Show(tubes, view), view, "CELLS", "strain", STRAIN, "Cividis", "ligament strain")
    if "foramina" in PARTS:
        display = Show(part(reader, "foramina"), view)
        ColorBy(display, None)
        display.DiffuseColor = display.AmbientColor = [0.9, 0.62, 0.0]
        display.Opacity = 0.6
    for group in ("facets", "muscles"):  # there to be switched on
        if group in PARTS:
            Hide(part(reader, group), view)


def show_time(reader, view):
    time = AnnotateTimeFilter(Input=reader)
    time.Format = "time: {time:.1f} s" if GetParaViewVersion() >= (5, 10) else "time: %.1f s"
    display = Show(time, view)
    display.Color = [0.1, 0.1, 0.1]
    display.WindowLocation = "Upper Left Corner"


def show_curves(layout, table, columns, title, cell):
    view = CreateView("XYChartView")
    AssignViewToLayout(view=view, layout=layout, hint=cell)
    display = Show(table, view, "XYChartRepresentation")
    display.UseIndexForXAxis = 0
    display.XArrayName = "time [s]"
    display.SeriesVisibility = columns
    view.ChartTitle, view.BottomAxisTitle = title, "time [s]"
    return view


def main():
    reader = open_result()
    view = CreateRenderView()
    view.UseColorPaletteForBackground = 0
    view.Background = [1.0, 1.0, 1.0]
    view.OrientationAxesVisibility = 1
    layout = CreateLayout("session")
    AssignViewToLayout(view=view, layout=layout, hint=0)
    layout.SplitHorizontal(0, 0.55)
    show_spine(reader, view)
    show_time(reader, view)
    table = CSVReader(FileName=[CURVES])
    RenameSource("curves", table)
    table.UpdatePipeline()
    cell = 2
    for i, (title, columns) in enumerate(CHARTS.items()):
        if i + 1 < len(CHARTS):
            layout.SplitVertical(cell, 1.0 / (len(CHARTS) - i))
            show_curves(layout, table, columns, title, 2 * cell + 1)
            cell = 2 * cell + 2
        else:
            show_curves(layout, table, columns, title, cell)
    times = list(reader.TimestepValues)
    time = float(sys.argv[2]) if len(sys.argv) > 2 else times[len(times) // 2]
    scene = GetAnimationScene()
    scene.UpdateAnimationUsingDataTimeSteps()
    scene.AnimationTime = min(times, key=lambda t: abs(t - time))
    view.CameraParallelProjection = 1
    ResetCameraToDirection([0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], view)
    Render(view)
    if len(sys.argv) > 1 and sys.argv[1].endswith(".png"):
        SaveScreenshot(sys.argv[1], layout, ImageResolution=[1600, 1000])


main()
