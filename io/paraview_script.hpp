#pragma once

#include <string>

namespace foramen::io {

struct ParaviewFiles {
    std::string script;  ///< Python, for paraview --script and pvbatch
    std::string curves;  ///< the histories that it plots, CSV
};

/// Writes data/paraview/session.py filled in for one result, and the curves that it shows beside it. Both name the result by its whole path.
/// @throws FileError if the result cannot be read, has no output time, or a file not be written
ParaviewFiles write_paraview_script(const std::string& result_path, const std::string& script_path);

}  // namespace foramen::io
