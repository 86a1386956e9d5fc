#pragma once

#include <map>

#include "io/import/file_rows.hpp"
#include "models/imported_anatomy.hpp"

namespace foramen::io {

/// Nodes by the number that their file gives them.
struct NumberedNodes {
    struct Node {
        Eigen::Vector3d place;  ///< [mm]
        int index = -1;         ///< in a mesh, once an element uses it
    };
    std::map<int, Node> nodes;
};

/// Adds the rows "number x y z" of a file. A number that another file gave already must lie at the same place.
/// @param scale  from the file's unit to mm
void read_nodes(ImportFiles& files, const std::string& name, double scale, NumberedNodes& out);

/// A disc in the files of the data set of Remus et al. (2021): PREFIX_AN_R1 ... R4 and PREFIX_NP, each with .node (number x y z,
/// metres), .elem (eight numbers of nodes, five that are passed over, number of the element), O.txt and U.txt (nodes on the upper
/// and the lower end-plate), and for the annulus .fiber (count, one path of nodes a line, "end"), which may be missing.
/// Element sets: AN_R1 ... NP. Reports missing files, short rows, unknown and repeated numbers, elements inside out, a count that
/// does not fit (a file that was cut).
[[nodiscard]] models::ImportedDisc read_disc_files(ImportFiles& files, const std::string& prefix);

/// Reports plates without a face of the mesh, a plate above and below at once, and elements inside out.
/// @param what  the messages are about: L4-L5
/// @param element_mark  of each element; empty: the messages name none
void check_disc(const models::ImportedDisc& disc, const std::string& what, const std::vector<int>& element_number,
                const std::vector<Mark>& element_mark, ImportFiles& files);

}  // namespace foramen::io
