#include "io/study/run_key.hpp"

#include "io/data_folder.hpp"
#include "io/scenario_writer.hpp"
#include "io/version.hpp"

namespace foramen::io {

RunKeys::RunKeys(const LoadedAnatomy& anatomy) {
    for (const ProvenanceEntry& entry : build_provenance()) same_for_all_ += entry.name + "=" + entry.value + "\n";
    same_for_all_ += file_sha256("/proc/self/exe") + "\n";  // a commit names what was built only while nothing was changed after it
    for (const FileHash& h : data_file_hashes(data_folder())) same_for_all_ += h.sha256 + "  " + h.file + "\n";
    for (const std::filesystem::path& file : anatomy.files) same_for_all_ += file_sha256(file) + "\n";
}

std::string RunKeys::key(const scenarios::Scenario& scenario, std::string_view added) const {
    scenarios::Scenario what = scenario;
    what.name = "run";
    what.description.clear();
    what.output = {};
    return text_sha256(same_for_all_ + scenario_text(what) + std::string(added)).substr(0, 32);
}

}  // namespace foramen::io
