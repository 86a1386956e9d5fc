#include "io/validation/annulus_modulus.hpp"
#include "io/validation/measures.hpp"
#include "io/validation/nucleus_tissue.hpp"

namespace foramen::io {

const std::vector<MeasureKind>& measure_kinds() {
    static const std::vector<MeasureKind> table{
        {"change", "a series at one time less that at another, summed over levels", make_measure<SeriesChange>},
        {"loss", "what a series has lost between two times, as a share", make_measure<SeriesLoss>},
        {"share_of_change", "share of a series' change that has come by a time", make_measure<ShareOfChange>},
        {"compressive_stiffness", "slope of compression over shortening between two forces", make_measure<CompressiveStiffness>},
        {"pressure_over_compression", "k = P A/F", make_measure<PressureOverCompression>},
        {"creep_share", "share of the slow part in the shortening", make_measure<CreepShare>},
        {"recovery_slowness", "half time of the recovery over that of the creep", make_measure<RecoverySlowness>},
        {"stiffening", "stiffness at the end of a test over that of another", make_measure<Stiffening>},
        {"annulus_modulus", "tangent of a strip of annulus in tension, by the laws alone", make_measure<AnnulusModulus>},
        {"nucleus_swelling_stress", "stress of a sample of nucleus held at its volume, by the laws alone",
         make_measure<NucleusSwellingStress>},
        {"nucleus_aggregate_modulus", "slope of its stress in confined compression, by the laws alone",
         make_measure<NucleusAggregateModulus>},
    };
    return table;
}

}  // namespace foramen::io
