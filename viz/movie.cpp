#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "io/progress.hpp"
#include "viz/sequence.hpp"
#include "viz/x_display.hpp"

namespace foramen::viz {
namespace {

namespace fs = std::filesystem;

constexpr double shortest_picture = 0.04;  // [s]: 25 a second

/// A folder that is gone with the object.
class PictureFolder {
public:
    PictureFolder() {
        std::string name = (fs::temp_directory_path() / "foramen-movie-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw SystemError(fmt::format("no temporary folder {}", name));
        path_ = name;
    }
    ~PictureFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    PictureFolder(const PictureFolder&) = delete;
    PictureFolder& operator=(const PictureFolder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

/// Runs a program with its output thrown away; its exit status, 127 if there is none of that name.
int run_quietly(std::vector<std::string> words) {
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        const int null = open("/dev/null", O_RDWR);
        for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(null, stream);
        execvp(argv[0], argv.data());
        _exit(127);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/// One line on a terminal, a line every tenth elsewhere.
void say_progress(int done, int all, std::chrono::steady_clock::time_point start, bool quiet) {
    const bool terminal = isatty(STDERR_FILENO) != 0;
    if (quiet || (!terminal && done * 10 / all == (done - 1) * 10 / all)) return;
    const double spent = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::fprintf(stderr, "%spicture %d of %d, %s left%s", terminal ? "\r" : "", done, all, io::duration_text(spent / done * (all - done)).c_str(),
                 terminal && done < all ? "   " : "\n");
}

/// What ffmpeg's concat reads: each picture and how long it stays.
void write_list(const fs::path& file, const std::vector<Moment>& moments, double seconds) {
    std::ofstream list(file);
    const double span = std::max(1e-9, moments.back().time - moments.front().time);
    for (std::size_t i = 0; i < moments.size(); ++i) {
        const double stays = i + 1 < moments.size() ? seconds * (moments[i + 1].time - moments[i].time) / span : 1.0;
        list << fmt::format("file '{:05}.png'\nduration {:.4f}\n", i, std::max(stays, shortest_picture));
    }
    list << fmt::format("file '{:05}.png'\n", moments.size() - 1);
}

void encode(const fs::path& list, const std::string& output) {
    const bool webp = fs::path(output).extension() == ".webp";
    const std::string part = output + (webp ? ".part.webp" : ".part.mp4");
    std::vector<std::string> words{"ffmpeg", "-y", "-f", "concat", "-safe", "0", "-i", list.string(), "-vf", webp ? "fps=12" : "fps=25,crop=trunc(iw/2)*2:trunc(ih/2)*2,format=yuv420p"};
    if (webp) {
        words.insert(words.end(), {"-c:v", "libwebp", "-loop", "0", "-quality", "70", part});
    } else {
        words.insert(words.end(), {"-c:v", "libx264", "-crf", "24", "-movflags", "+faststart", part});
    }
    const int status = run_quietly(words);
    std::error_code error;
    if (status == 0) fs::rename(part, output, error);
    if (status != 0 || error) {
        std::error_code ignored;
        fs::remove(part, ignored);
        throw io::FileError(fmt::format("cannot write {}: {}", output, error ? error.message() : fmt::format("ffmpeg ended with {}", status)));
    }
}

}  // namespace

int draw_movie(const std::string& result_path, const PictureOptions& options, const Span& span, const MovieOptions& movie) {
    if (run_quietly({"ffmpeg", "-version"}) != 0) throw SystemError("a movie needs ffmpeg, which does not start: install the package ffmpeg (apt install ffmpeg)");
    const Painter painter(result_path, options.view, options.level);
    const std::vector<double>& outputs = painter.result().field_times();
    if (outputs.empty()) throw io::FileError("the result holds no output time yet: nothing to draw");
    const auto moments = moments_between(painter.result(), span.from.value_or(outputs.front()), span.to.value_or(outputs.back()), movie.frames);
    const PictureFolder folder;
    const XDisplay display;
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < moments.size(); ++i) {
        const auto window = hidden_window(options.size);
        painter.paint_page(*window, moments[i], options.size);
        write_png(*window, (folder.path() / fmt::format("{:05}.png", i)).string());
        say_progress(static_cast<int>(i) + 1, static_cast<int>(moments.size()), start, movie.quiet);
    }
    write_list(folder.path() / "list.txt", moments, movie.seconds);
    encode(folder.path() / "list.txt", options.output);
    return static_cast<int>(moments.size());
}

}  // namespace foramen::viz
