#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "engine/time/time_stepper.hpp"
#include "io/verify/peer_disc_mesh.hpp"
#include "models/benchmarks/benchmark.hpp"

namespace foramen::io {

/// Reads what is compared at every step; the traces that run(PeerDisc) lists.
class PeerDiscHistory : public engine::Observer {
public:
    explicit PeerDiscHistory(const PeerDiscMesh& disc);
    /// Compares all nodes with the tables febio-nodes_tT.csv of a folder at their times T.
    void compare_nodes(const std::filesystem::path& folder);

    void on_step(const engine::StepView& view) override;
    [[nodiscard]] std::vector<models::Trace> traces() const;

private:
    /// What another program has at a time: u and p of nodes.
    struct NodeTable {
        std::vector<int> node;
        Eigen::Matrix3Xd u;
        std::vector<double> p;
    };
    void record(const char* name, const char* unit, double time, double value);
    void record_means(const engine::BiphasicDomain& domain, double time);
    void record_nodes(const engine::BiphasicDomain& domain, double time, const NodeTable& table);

    std::vector<int> node_number_;
    std::vector<int> probes_, centre_line_, equator_;
    std::vector<char> in_nucleus_;      // per element
    std::map<long, NodeTable> tables_;  // by time [ms]
    std::vector<models::Trace> traces_;
};

}  // namespace foramen::io
