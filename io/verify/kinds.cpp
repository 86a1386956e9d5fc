#include "io/verify/case.hpp"
#include "io/verify/elastic_disc.hpp"
#include "io/verify/peer_disc.hpp"
#include "io/verify/peer_disc_convergence.hpp"
#include "io/verify/session_convergence.hpp"

namespace foramen::io {

namespace {
std::vector<models::BenchmarkKind> all_kinds() {
    std::vector<models::BenchmarkKind> kinds = models::benchmark_kinds();
    kinds.push_back({"elastic_disc", "a disc of one elastic material, drained or undrained, at small strain",
                     models::make_benchmark<ElasticDisc>});
    kinds.push_back(
        {"peer_disc", "a biphasic, fibre-reinforced disc through a pull-rest session", models::make_benchmark<PeerDisc>});
    kinds.push_back({"peer_disc_convergence", "that disc on two meshes with both elements, against the value to which they go",
                     models::make_benchmark<PeerDiscConvergence>});
    kinds.push_back({"session_convergence", "a session over meshes or time steps, against what they extrapolate to",
                     models::make_benchmark<SessionConvergence>});
    return kinds;
}
}  // namespace

const std::vector<models::BenchmarkKind>& verification_kinds() {
    static const std::vector<models::BenchmarkKind> table = all_kinds();
    return table;
}

}  // namespace foramen::io
