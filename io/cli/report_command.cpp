#include "io/cli/report_command.hpp"

#include <fmt/core.h>

#include <charconv>
#include <filesystem>

#include "io/replace_file.hpp"
#include "io/report/report.hpp"

namespace foramen::io {

int report_command(const Arguments& arguments) {
    ReportOptions options{.title = arguments.value("title")};
    if (arguments.has("frames")) {
        const std::string text = arguments.value("frames");
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), options.most_frames);
        if (error != std::errc() || end != text.data() + text.size() || options.most_frames < 2 || options.most_frames > 2000) {
            fmt::print(stderr, "foramen: --frames {}: expected a whole number from 2 to 2000\n", text);
            return exit_usage;
        }
    }
    const std::filesystem::path first = arguments.words.front();
    const std::string usual = arguments.words.size() == 1 ? std::filesystem::path(first).replace_extension(".html").string() : "report.html";
    const std::string output = arguments.value("output", usual);
    const std::string page = report_page(arguments.words, options);
    replace_file(output, page);
    fmt::print("{}  {:.1f} MB\n", output, static_cast<double>(page.size()) * 1e-6);
    return exit_done;
}

}  // namespace foramen::io
