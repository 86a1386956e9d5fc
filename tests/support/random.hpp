#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <random>

namespace foramen::testing {

/// Uniform numbers in [-1, 1), the same on every library (the std:: distributions are not).
class Uniform {
public:
    explicit Uniform(std::uint64_t seed) : engine_(seed) {}
    double operator()() { return static_cast<double>(engine_() >> 11) * 0x1.0p-52 - 1.0; }
    Eigen::VectorXd vector(Eigen::Index n) {
        Eigen::VectorXd v(n);
        for (Eigen::Index i = 0; i < n; ++i) v[i] = (*this)();
        return v;
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace foramen::testing
