#pragma once

#include <string>
#include <vector>

#include <vtkLookupTable.h>
#include <vtkSmartPointer.h>

#include "io/result_file.hpp"

namespace foramen::viz {

/// A field by which parts are coloured: of the blocks of one group, or of every block.
struct Colouring {
    std::string name;   ///< as typed: "pressure", or with its group where several have it, "muscles-force"
    std::string field;
    std::string group;  ///< empty: every block has it
    std::string units;
    bool of_cells = false;

    [[nodiscard]] bool colours(const io::BlockSpec& block) const { return group.empty() || block.group == group; }
    /// "pressure [MPa], discs".
    [[nodiscard]] std::string label() const;
};

/// Every field of one or three components that a result's blocks write at each output time, in the order of the groups; of vectors
/// the length is shown.
[[nodiscard]] std::vector<Colouring> colourings_of(const io::ResultFile& result);

/// Colours over the range of the whole session (viridis for discs, cividis for the rest); of a vector over its length.
[[nodiscard]] vtkSmartPointer<vtkLookupTable> colour_table(const io::ResultFile& result, const Colouring& colouring);

}  // namespace foramen::viz
