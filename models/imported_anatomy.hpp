#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "models/anatomy.hpp"
#include "models/anatomy_tables.hpp"
#include "models/disc_mesh.hpp"
#include "models/triangle_surface.hpp"

namespace foramen::models {

// Somebody's own spine as its files give it: plain data in the frame of the files, x anterior, y left, z cranial [mm]. What is not
// given comes from the tables, scaled to what is.

/// A disc's own hexahedra, in any order; wedges as hexahedra with repeated nodes.
struct ImportedDisc {
    engine::HexMesh mesh;                    ///< node sets lower and upper: on the end-plates
    std::vector<DiscTissue> tissue;          ///< of each element
    std::vector<std::array<int, 2>> fibres;  ///< straight pieces of fibre paths from node to node; none: angles by the law of the tables
};

/// One ligament of one level.
struct ImportedLigament {
    std::string name;                                       ///< ALL PLL LF CL ITL ISL SSL
    int disc;                                               ///< 0..4
    std::vector<std::vector<Eigen::Vector3d>> strands;      ///< from the upper vertebra over via points to the lower one
    double reference_strain, transition_strain, stiffness;  ///< as in LigamentRow
    double max_force;  ///< given by the files and not used: the published law does not limit the force [N]
};

/// Articular surfaces of one facet joint; empty where not given.
struct ImportedFacet {
    TriangleSurface inferior;  ///< of the upper vertebra, turned away from its bone
    TriangleSurface superior;  ///< of the lower vertebra
    [[nodiscard]] bool given() const { return !inferior.triangles.empty(); }
};

/// Surfaces of one bone; empty where not given.
struct ImportedVertebra {
    TriangleSurface bone;  ///< closed: all of it
    TriangleSurface body;  ///< the vertebral body
};

struct ImportedAnatomy {
    std::string name;
    std::optional<DiscTissueFactors> tissues;  ///< none: those of the tables for this name, else 1
    std::array<std::optional<ImportedDisc>, disc_count> discs;
    std::array<ImportedVertebra, 6> vertebrae;  ///< L1..L5, S1
    std::vector<ImportedLigament> ligaments;    ///< none: those of the tables
    std::array<std::array<ImportedFacet, 2>, disc_count> facets;  ///< left, right
};

}  // namespace foramen::models
