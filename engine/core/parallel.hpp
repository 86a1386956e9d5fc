#pragma once

#include <omp.h>

#include <exception>

namespace foramen::engine {

/// Calls f(0) to f(count - 1), each once, on the run's threads in any order; within a parallel region one after the other. Each call writes to
/// places of its own, so that the result does not depend on threads.
/// @throws the exception of one of the calls that threw
template <class Call>
void in_parallel(int count, const Call& f) {
    std::exception_ptr thrown;
#pragma omp parallel for schedule(dynamic, 1) if (count > 1 && !omp_in_parallel())
    for (int i = 0; i < count; ++i) {
        try {
            f(i);
        } catch (...) {
#pragma omp critical(foramen_in_parallel)
            thrown = std::current_exception();
        }
    }
    if (thrown) std::rethrow_exception(thrown);
}

/// Both, the second by another thread of the team if one waits: five discs leave one of two threads idle for the time of a sixth. What
/// they write must not touch; neither may throw.
template <class First, class Second>
void both(const First& first, const Second& second) {
    if (!omp_in_parallel()) {
        first();
        second();
        return;
    }
#pragma omp task default(none) shared(second)
    second();
    first();
#pragma omp taskwait
}

}  // namespace foramen::engine
