#include "io/verify/case.hpp"
#include "io/verify/peer_disc.hpp"

namespace foramen::io {

namespace {
std::vector<models::BenchmarkKind> all_kinds() {
    std::vector<models::BenchmarkKind> kinds = models::benchmark_kinds();
    kinds.push_back(
        {"peer_disc", "a biphasic, fibre-reinforced disc through a pull-rest session", models::make_benchmark<PeerDisc>});
    return kinds;
}
}  // namespace

const std::vector<models::BenchmarkKind>& verification_kinds() {
    static const std::vector<models::BenchmarkKind> table = all_kinds();
    return table;
}

}  // namespace foramen::io
