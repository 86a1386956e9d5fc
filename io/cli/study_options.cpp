#include "io/cli/study_options.hpp"

#include <fmt/core.h>
#include <omp.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace foramen::io {

namespace {

std::optional<int> whole(const std::string& text) {
    int n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return n;
}

/// "2/8": the second of eight; "auto/8": the array task of the scheduler, from 0.
std::optional<Shard> shard_from(const std::string& text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos) return {};
    const std::string which = text.substr(0, slash);
    const auto count = whole(text.substr(slash + 1));
    std::optional<int> index = whole(which);
    if (index) index = *index - 1;
    if (which == "auto")
        for (const char* const name : {"SLURM_ARRAY_TASK_ID", "AWS_BATCH_JOB_ARRAY_INDEX", "JOB_COMPLETION_INDEX", "SLURM_PROCID", "OMPI_COMM_WORLD_RANK", "PMI_RANK"})
            if (const char* const value = std::getenv(name); value != nullptr && !index) index = whole(value);
    if (!index || !count || *count < 1 || *index < 0 || *index >= *count) return {};
    return Shard{static_cast<std::size_t>(*index), static_cast<std::size_t>(*count)};
}

}  // namespace

std::optional<int> whole_option(const Arguments& arguments, const char* option, int least, int most) {
    const auto n = whole(arguments.value(option));
    if (n && *n >= least && *n <= most) return n;
    fmt::print(stderr, "foramen: --{} {}: expected a whole number from {} to {}\n", option, arguments.value(option), least, most);
    return {};
}

std::optional<LoadedStudy> load_study(const Arguments& arguments, const std::string& file) {
    LoadedStudy loaded = read_study(file, default_read_options());
    for (const Diagnostic& warning : loaded.warnings) fmt::print(stderr, "{}", to_text(warning));
    if (!arguments.has("size")) return loaded;
    if (!scenarios::needs_size(loaded.study.design.kind)) {
        fmt::print(stderr, "foramen: {}: --size: the size of this design follows from its values\n", file);
        return {};
    }
    const auto size = whole_option(arguments, "size", 1, 1000000);
    if (!size) return {};
    loaded.study.design.size = *size;
    return loaded;
}

std::optional<RunnerSettings> runner_settings(const Arguments& arguments) {
    RunnerSettings settings;
    settings.quiet = arguments.has("quiet");
    settings.threads = omp_get_max_threads();
    if (arguments.has("threads")) {
        const auto threads = whole_option(arguments, "threads", 1, 4096);
        if (!threads) return {};
        settings.threads = *threads;
    }
    if (arguments.has("shard")) {
        const auto shard = shard_from(arguments.value("shard"));
        if (!shard) {
            fmt::print(stderr, "foramen: --shard {}: expected such as 2/8, the second of eight, or auto/8 inside an array of a scheduler\n", arguments.value("shard"));
            return {};
        }
        settings.shard = *shard;
    }
    return settings;
}

}  // namespace foramen::io
