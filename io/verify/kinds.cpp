#include "io/verify/case.hpp"

namespace foramen::io {

const std::vector<models::BenchmarkKind>& verification_kinds() {
    static const std::vector<models::BenchmarkKind> table = models::benchmark_kinds();
    return table;
}

}  // namespace foramen::io
