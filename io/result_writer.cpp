#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <random>

#include "engine/core/contract.hpp"
#include "io/hdf5_file.hpp"
#include "io/history_writer.hpp"
#include "io/output_claim.hpp"
#include "io/replace_file.hpp"
#include "io/result_file.hpp"
#include "io/result_schema.hpp"
#include "io/version.hpp"
#include "io/vtkhdf_writer.hpp"
#include "io/xdmf_sidecar.hpp"

namespace foramen::io {

namespace {

using Clock = std::chrono::steady_clock;

std::string utc_now() {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

/// Random UUID (RFC 4122, version 4).
std::string make_run_id() {
    std::random_device random;
    const auto draw = [&random](std::uint32_t mask) { return static_cast<std::uint32_t>(random()) & mask; };
    return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:08x}{:04x}", draw(0xffffffffU), draw(0xffffU), draw(0xfffU),
                       0x8000U | draw(0x3fffU), draw(0xffffffffU), draw(0xffffU));
}

void remove_if_present(const std::string& path) {
    std::error_code error;
    std::filesystem::remove(path, error);
    if (error) {
        throw FileError(fmt::format("cannot remove {}: {}", path, error.message()));
    }
}

/// NAME.vtkhdf: nothing but a link, by a relative name, to the result beside it.
void write_vtkhdf_stub(const std::string& h5_path) {
    const std::filesystem::path path(h5_path);
    const std::string stub = std::filesystem::path(path).replace_extension(".vtkhdf").string();
    const std::string temporary = stub + ".tmp";
    remove_if_present(temporary);
    {
        constexpr int smallest_index = 0;
        Hdf5File file = Hdf5File::create(temporary, smallest_index);
        file.root().external_link("VTKHDF", path.filename().string(), "/VTKHDF");
        file.flush();
    }
    rename_file(temporary, stub);
}

void write_root_attributes(Hdf5Group root, const ResultOptions& options) {
    const std::string created = utc_now();
    root.set_text("Conventions", "CF-1.10");
    root.set_text("title", options.title);
    root.set_text("source", "Foramen " + version_text());
    root.set_text("history", options.command.empty() ? created : created + " " + options.command);
    root.set_text("schema", schema_name);
    root.set_text("schema_version", schema_version);
    root.set_text("run_id", make_run_id());
    root.set_text("created", created);
    root.set_fixed_text("status", status_text(RunStatus::running), status_length);
}

Hdf5Dataset make_entry(Hdf5Group& provenance, const std::string& name, const ProvenanceEntry& entry) {
    FORAMEN_EXPECTS(!entry.name.empty() && entry.name.find('/') == std::string::npos, entry.name);
    Hdf5Dataset dataset = provenance.make_text_dataset(name);
    dataset.write_texts(std::span(&entry.value, 1));
    dataset.describe({"1", entry.long_name.empty() ? entry.name : entry.long_name});
    return dataset;
}

/// Texts lie in heaps that several objects share, and HDF5 does not survive one that is half written. Opened anew the file
/// gets a new heap for the new texts; they are complete on disk before anything is linked to them.
void add_provenance(Hdf5File& file, std::span<const ProvenanceEntry> entries) {
    Hdf5Group provenance = file.root().open_group("provenance");
    std::vector<Hdf5Dataset> made;
    for (const ProvenanceEntry& entry : entries) {
        made.push_back(make_entry(provenance, "", entry));
    }
    file.flush();
    for (std::size_t i = 0; i < made.size(); ++i) {
        provenance.link(entries[i].name, made[i]);
    }
    file.flush();
}

}  // namespace

struct ResultWriter::Impl {
    /// What is closed by finish(). The file comes first: it outlives its datasets.
    struct Open {
        Hdf5File file;
        VtkhdfWriter fields;
        HistoryWriter history;
    };

    std::string path;
    std::string part_path;
    std::vector<BlockSpec> blocks;
    ResultOptions options;
    OutputClaim claim;
    std::optional<Open> open{};
    bool committed = false;  // the file has its name
    Clock::time_point last_commit = Clock::now();
    Clock::time_point last_sidecar = Clock::now();
    Clock::duration sidecar_cost{};

    void create(std::span<const SeriesSpec> series, std::span<const ProvenanceEntry> provenance);
    [[nodiscard]] Open& expect_open();
    [[nodiscard]] bool has_data() const;
    template <class Action>
    void write_or_close(const Action& action);
    void commit();
    void publish();
    void write_sidecar();
    void write_sidecar_if_due();
    void finish(RunStatus status, std::span<const ProvenanceEntry> provenance);
    void abandon();
};

void ResultWriter::Impl::create(std::span<const SeriesSpec> series, std::span<const ProvenanceEntry> entries) {
    Hdf5File file = Hdf5File::create(part_path, options.planned_field_outputs + 16);
    write_root_attributes(file.root(), options);
    VtkhdfWriter fields(file, blocks, options.mantissa_bits);
    HistoryWriter history(file, series);
    constexpr unsigned expected_entries = 64;
    Hdf5Group provenance = file.root().make_group("provenance", expected_entries);
    for (const ProvenanceEntry& entry : entries) {
        (void)make_entry(provenance, entry.name, entry);
    }
    file.flush();
    open.emplace(Open{std::move(file), std::move(fields), std::move(history)});
}

ResultWriter::Impl::Open& ResultWriter::Impl::expect_open() {
    FORAMEN_EXPECTS(open.has_value(), path);
    return *open;
}

bool ResultWriter::Impl::has_data() const {
    return committed || (open && (open->history.row_count() > 0 || !open->fields.times().empty()));
}

/// After a write that failed no other may follow: the file then is as a killed run leaves it, and every committed step in it.
template <class Action>
void ResultWriter::Impl::write_or_close(const Action& action) {
    Open& o = expect_open();
    try {
        action(o);
    } catch (const FileError&) {
        if (open) {
            o.file.detach();
            open.reset();
        }
        throw;
    }
}

/// Data first, then the counts that make them valid: at any moment the counts on disk speak of data on disk.
void ResultWriter::Impl::commit() {
    Open& o = expect_open();
    o.history.write_collected();
    o.file.flush();
    o.fields.commit();
    o.history.commit();
    o.file.flush();
    if (!committed) {
        publish();
    } else {
        write_sidecar_if_due();
    }
    last_commit = Clock::now();
}

/// Gives the file its name, in place of an older result; the older sidecar goes first, it would describe the wrong file.
void ResultWriter::Impl::publish() {
    remove_if_present(xdmf_path(path));
    rename_file(part_path, path);
    committed = true;
    if (!blocks.empty()) {
        write_vtkhdf_stub(path);
        write_sidecar();
    }
}

void ResultWriter::Impl::write_sidecar() {
    const auto start = Clock::now();
    write_xdmf_sidecar(path, blocks, open->fields.times());
    last_sidecar = Clock::now();
    sidecar_cost = last_sidecar - start;
}

/// Its text grows with the run: it may take 2 % of the time and no more.
void ResultWriter::Impl::write_sidecar_if_due() {
    constexpr auto shortest_interval = std::chrono::seconds(3);
    if (!blocks.empty() && Clock::now() - last_sidecar >= std::max<Clock::duration>(shortest_interval, 50 * sidecar_cost)) {
        write_sidecar();
    }
}

void ResultWriter::Impl::finish(RunStatus status, std::span<const ProvenanceEntry> entries) {
    commit();
    if (!blocks.empty()) {
        write_sidecar();
    }
    open->file.detach();
    open.reset();
    Hdf5File file = Hdf5File::open_to_add(path);
    try {
        add_provenance(file, entries);
        file.root().set_fixed_text("status", status_text(status), status_length);
        file.flush();
    } catch (const FileError&) {
        file.detach();
        throw;
    }
    file.detach();
    claim = {};
}

/// Without finish(): what was appended is kept; where there is nothing, an older result of that name stays.
void ResultWriter::Impl::abandon() {
    if (!open) {
        return;
    }
    if (has_data()) {
        write_or_close([this](Open&) { finish(RunStatus::stopped, {}); });
    } else {
        open.reset();
        remove_if_present(part_path);
    }
}

ResultWriter::ResultWriter(const std::string& path, std::vector<BlockSpec> blocks, std::vector<SeriesSpec> series,
                           std::vector<ProvenanceEntry> provenance, const ResultOptions& options) {
    FORAMEN_EXPECTS(path.ends_with(".h5"), path);
    impl_ = std::make_unique<Impl>(Impl{.path = path,
                                        .part_path = path + ".part",
                                        .blocks = std::move(blocks),
                                        .options = options,
                                        .claim = OutputClaim(path, path + ".part")});
    try {
        impl_->create(series, provenance);
    } catch (const FileError&) {
        std::error_code ignored;
        std::filesystem::remove(impl_->part_path, ignored);
        throw;
    }
}

ResultWriter::~ResultWriter() {
    try {
        impl_->abandon();
    } catch (const std::exception&) {  // the committed part is on disk; a destructor has nobody to tell
    }
}

void ResultWriter::append_history(double time, std::span<const double> values) {
    impl_->expect_open().history.append(time, values);
}

void ResultWriter::append_fields(double time, std::span<const BlockFields> fields) {
    impl_->write_or_close([&](Impl::Open& open) { open.fields.append(time, fields); });
}

bool ResultWriter::commit_if_due() {
    const std::chrono::duration<double> age = Clock::now() - impl_->last_commit;
    if (age.count() < impl_->options.flush_seconds) {
        return false;
    }
    commit();
    return true;
}

void ResultWriter::commit() {
    impl_->write_or_close([this](Impl::Open&) { impl_->commit(); });
}

void ResultWriter::finish(RunStatus status, std::vector<ProvenanceEntry> provenance) {
    impl_->write_or_close([&](Impl::Open&) { impl_->finish(status, provenance); });
}

}  // namespace foramen::io
