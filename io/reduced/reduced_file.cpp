// A reduced model as an HDF5 file: everything that a session needs besides the scenario.

#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "io/hdf5_error.hpp"
#include "io/hdf5_file.hpp"
#include "io/reduced/reduced_spine.hpp"
#include "io/replace_file.hpp"
#include "io/result_file.hpp"

namespace foramen::io {

namespace {

constexpr const char* kind = "foramen reduced spine 1";

void put(Hdf5Group& group, const std::string& name, const Eigen::MatrixXd& m, const char* units, const char* long_name) {
    Hdf5Dataset data = group.make_dataset(name, {.type = NumberType::float64, .extent = {static_cast<std::uint64_t>(m.rows()), static_cast<std::uint64_t>(m.cols())}});
    data.describe({units, long_name});
    const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> rows = m;
    if (m.size() > 0) data.write(std::span<const double>(rows.data(), static_cast<std::size_t>(rows.size())));
}

Eigen::MatrixXd matrix(const Hdf5Group& group, const std::string& name) {
    const Hdf5Dataset data = group.open_dataset(name);
    const std::vector<std::uint64_t> extent = data.extent();
    if (extent.size() != 2) throw FileError("dataset " + name + " is not a table");
    const auto rows = static_cast<Eigen::Index>(extent[0]), columns = static_cast<Eigen::Index>(extent[1]);
    if (rows * columns == 0) return Eigen::MatrixXd::Zero(rows, columns);
    const std::vector<double> values = data.read_rows<double>(0, extent[0]);
    return Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(values.data(), rows, columns);
}

void put(Hdf5Group& group, const std::string& name, const std::vector<int>& values, const char* long_name) {
    const std::vector<std::int64_t> wide(values.begin(), values.end());
    Hdf5Dataset data = group.make_dataset(name, {.type = NumberType::int64, .extent = {wide.size()}});
    data.describe({"1", long_name});
    if (!wide.empty()) data.write(std::span<const std::int64_t>(wide));
}

std::vector<int> integers(const Hdf5Group& group, const std::string& name) {
    const Hdf5Dataset data = group.open_dataset(name);
    const std::uint64_t count = data.extent().at(0);
    if (count == 0) return {};
    const std::vector<std::int64_t> wide = data.read_rows<std::int64_t>(0, count);
    return {wide.begin(), wide.end()};
}

/// Poses as rows of nine and three numbers.
Eigen::MatrixXd table_of(const std::vector<engine::Pose>& poses) {
    Eigen::MatrixXd out(static_cast<Eigen::Index>(poses.size()), 12);
    for (std::size_t i = 0; i < poses.size(); ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        out.row(row).head<9>() = poses[i].rotation.reshaped().transpose();
        out.row(row).tail<3>() = poses[i].origin.transpose();
    }
    return out;
}

std::vector<engine::Pose> poses_of(const Eigen::MatrixXd& table) {
    std::vector<engine::Pose> poses;
    for (Eigen::Index i = 0; i < table.rows(); ++i) {
        engine::Pose pose;
        const Eigen::VectorXd row = table.row(i).transpose();
        pose.rotation = Eigen::Map<const Eigen::Matrix3d>(row.data());
        pose.origin = row.tail<3>();
        poses.push_back(pose);
    }
    return poses;
}

void write_model(Hdf5Group& root, const engine::ReducedModel& m) {
    Hdf5Group model = root.make_group("model");
    put(model, "step", Eigen::MatrixXd::Constant(1, 1, m.step), "s", "length of a step");
    put(model, "poses", table_of(m.basis.reference.poses), "1", "rotation column by column, then origin [mm], of each body at the reference");
    put(model, "moves", m.basis.moves, "1", "moves of the bodies for each displacement coordinate in mm; rows of rotations: 1/mm");
    put(model, "missing_force", m.missing.force, "N", "all elements less the sampled ones at the reference");
    put(model, "missing_volume", m.missing.volume, "mm3", "likewise");
    put(model, "missing_outflow", m.missing.outflow, "mm3 s-1", "likewise");
    put(model, "amplitudes", Eigen::MatrixXd::Constant(1, 1, static_cast<double>(m.basis.reference.amplitude.size())), "1", "bodies that deform");
    for (std::size_t f = 0; f < m.basis.reference.amplitude.size(); ++f) put(model, fmt::format("amplitude_{}", f), m.basis.reference.amplitude[f], "mm", "at the reference");
    for (std::size_t d = 0; d < m.sample.domains.size(); ++d) {
        Hdf5Group disc = model.make_group(fmt::format("disc_{}", d));
        put(disc, "displacement", m.basis.displacement[d], "1", "three rows a node, a column a coordinate");
        put(disc, "pressure", m.basis.pressure[d], "1", "a row a node, a column a coordinate");
        put(disc, "reference_displacement", m.basis.reference.u[d], "mm", "of each node");
        put(disc, "reference_pressure", m.basis.reference.p[d], "MPa", "of each node");
        put(disc, "elements", m.sample.domains[d].elements, "elements that stand for all");
        put(disc, "nodes", m.sample.domains[d].nodes, "nodes of these");
        put(disc, "weights", Eigen::Map<const Eigen::VectorXd>(m.sample.domains[d].weights.data(), static_cast<Eigen::Index>(m.sample.domains[d].weights.size())), "1",
            "how much each counts");
    }
    for (std::size_t t = 0; t < m.tangents.size(); ++t) {
        Hdf5Group tangent = model.make_group(fmt::format("tangent_{}", t));
        put(tangent, "q", m.tangents[t].q, "1", "coordinates");
        put(tangent, "K", m.tangents[t].K, "1", "the discs' tangent there");
    }
}

engine::ReducedModel read_model(const Hdf5Group& root) {
    const Hdf5Group model = root.open_group("model");
    engine::ReducedModel m;
    m.step = matrix(model, "step")(0, 0);
    m.basis.reference.poses = poses_of(matrix(model, "poses"));
    m.basis.moves = matrix(model, "moves");
    m.missing = {matrix(model, "missing_force"), matrix(model, "missing_volume"), matrix(model, "missing_outflow")};
    const auto amplitudes = static_cast<std::size_t>(matrix(model, "amplitudes")(0, 0));
    for (std::size_t f = 0; f < amplitudes; ++f) m.basis.reference.amplitude.emplace_back(matrix(model, fmt::format("amplitude_{}", f)));
    for (std::size_t d = 0; model.has(fmt::format("disc_{}", d)); ++d) {
        const Hdf5Group disc = model.open_group(fmt::format("disc_{}", d));
        m.basis.displacement.push_back(matrix(disc, "displacement"));
        m.basis.pressure.push_back(matrix(disc, "pressure"));
        m.basis.reference.u.emplace_back(matrix(disc, "reference_displacement"));
        m.basis.reference.p.emplace_back(matrix(disc, "reference_pressure"));
        const Eigen::MatrixXd weights = matrix(disc, "weights");
        m.sample.domains.push_back({integers(disc, "elements"), {weights.data(), weights.data() + weights.size()}, integers(disc, "nodes")});
    }
    for (std::size_t t = 0; model.has(fmt::format("tangent_{}", t)); ++t) {
        const Hdf5Group tangent = model.open_group(fmt::format("tangent_{}", t));
        m.tangents.push_back({matrix(tangent, "q"), matrix(tangent, "K")});
    }
    return m;
}

}  // namespace

void write_reduced(const std::string& path, const ReducedSpine& spine) {
    const std::string part = path + ".part";
    std::remove(part.c_str());
    {
        Hdf5File file = Hdf5File::create(part, 64);
        Hdf5Group root = file.root();
        root.set_text("kind", kind);
        root.set_text("scenario", spine.scenario);
        root.set_text("version", spine.version);
        root.set_text("waveforms", spine.waveforms);
        write_model(root, spine.model);
        Eigen::MatrixXd errors(static_cast<Eigen::Index>(spine.errors.size()), 8);
        std::vector<std::string> names, words;
        for (std::size_t i = 0; i < spine.errors.size(); ++i) {
            const ReductionError& e = spine.errors[i];
            errors.row(static_cast<Eigen::Index>(i)) << e.unseen, e.pressure, e.foramen, e.pressure_estimate, e.foramen_estimate, e.step_milliseconds, e.corrections, e.full_seconds;
            names.push_back(e.waveform);
            words.push_back(e.words);
        }
        put(root, "errors", errors, "1", "unseen, error of pressures and foramina over their ranges, estimates of both, ms a step, corrections a step, s with all elements");
        if (!names.empty()) {
            root.make_text_dataset("checked", names.size()).write_texts(names);
            root.make_text_dataset("checked_words", words.size()).write_texts(words);
        }
    }
    rename_file(part, path);
}

ReducedSpine read_reduced(const std::string& path) {
    const Hdf5File file = Hdf5File::open(path);
    const Hdf5Group root = file.root();
    if (!root.has_attribute("kind") || root.text("kind") != kind) throw FileError(fmt::format("{}: is no reduced model; foramen reduce makes one", path));
    ReducedSpine spine{root.text("scenario"), root.text("version"), root.text("waveforms"), read_model(root), {}};
    const Eigen::MatrixXd errors = matrix(root, "errors");
    if (errors.rows() == 0) return spine;
    const std::vector<std::string> names = root.open_dataset("checked").read_texts(), words = root.open_dataset("checked_words").read_texts();
    for (Eigen::Index i = 0; i < errors.rows(); ++i)
        spine.errors.push_back({names.at(static_cast<std::size_t>(i)), words.at(static_cast<std::size_t>(i)), errors(i, 0) != 0.0, errors(i, 1), errors(i, 2), errors(i, 3),
                                errors(i, 4), errors(i, 5), errors(i, 6), errors(i, 7)});
    return spine;
}

}  // namespace foramen::io
