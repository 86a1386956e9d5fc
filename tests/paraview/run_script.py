"""pvbatch run_script.py SCRIPT ARGUMENT...: runs a Python file in ParaView as `pvbatch SCRIPT ARGUMENT...` would, with the modules of
FORAMEN_PARAVIEW_PYTHON where they are not installed. Exit 0 done, 1 an exception, 77 this pvbatch has no Python module."""
import os
import runpy
import sys
import traceback

if os.environ.get("FORAMEN_PARAVIEW_PYTHON"):
    sys.path.insert(0, os.environ["FORAMEN_PARAVIEW_PYTHON"])
try:
    import paraview.simple  # noqa: F401
except ImportError as error:
    print("pvbatch cannot import paraview: %s" % error)
    sys.stdout.flush()
    os._exit(77)
sys.argv = sys.argv[1:]
status = 0
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except BaseException:
    traceback.print_exc()
    status = 1
sys.stdout.flush()
sys.stderr.flush()
os._exit(status)
