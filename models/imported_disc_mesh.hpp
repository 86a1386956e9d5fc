#pragma once

#include "models/imported_anatomy.hpp"
#include "models/plate_fit.hpp"

namespace foramen::models {

/// Where an imported disc lies: its end-plates in the files, and the bodies below and above it, all in the files.
struct ImportedDiscPlace {
    PlateFit lower, upper;
    engine::Pose lower_body, upper_body;
};

/// An imported mesh in the frame of its lower body with all that the laws and measures need to know, found from its shape:
///
/// - level: harmonic between the end-plates; depth in the annulus: harmonic from the outer surface (0) to the nucleus (1)
/// - around: across the gradients of both; circumference: polar angle about the middle of the plates
/// - core, where the needle reads: elements of the nucleus within sqrt(1/3) of the ellipse with its second moments
/// - cartilage on bone: as the mesh has it; without cartilage the end-plates out to cartilage_reach of their outline
/// - fibres: mean direction of the pieces of paths between nodes of an element, apart by the side to which they climb
///
/// as_given: nodes, elements and their order are those of the file. split: elements beside the end-plates (of a disc without
/// cartilage, where the pressure layer is much thinner) and the outer surface are split into layers, the first 0.15 mm thick (disc_layers.hpp), each part with the fibres of the whole; the file's nodes come first.
[[nodiscard]] DiscMesh imported_disc_mesh(const ImportedDisc& disc, const ImportedDiscPlace& place, ImportedElements elements);

/// The same mesh with its height changed: every node moves by its level x `longer` along `axis`. The end-plates keep their shape, the
/// angle between them too; directions of fibres are not turned.
[[nodiscard]] DiscMesh stretched(DiscMesh mesh, double longer, const Eigen::Vector3d& axis);

}  // namespace foramen::models
