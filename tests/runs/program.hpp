#pragma once

#include <fcntl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace foramen::testing {

[[nodiscard]] inline std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The built program, started as a user would in a folder, with the data and the library of the source tree. Killed when it
/// still runs at the end.
class Program {
public:
    /// @param logs  folder that takes its two streams; may be another
    /// @param data  the folder of the tables
    Program(const std::string& folder, std::vector<std::string> arguments, const std::string& logs, const std::string& data = FORAMEN_SOURCE_DIR "/data")
        : out_(logs + "/out-" + std::to_string(++count())), err_(logs + "/err-" + std::to_string(count())) {
        arguments.insert(arguments.begin(), FORAMEN_BINARY_DIR "/foramen");
        std::vector<char*> words;
        for (std::string& a : arguments) words.push_back(a.data());
        words.push_back(nullptr);
        process_ = fork();
        if (process_ != 0) return;
        const bool ready = chdir(folder.c_str()) == 0 && redirect(out_, STDOUT_FILENO) && redirect(err_, STDERR_FILENO) &&
                           setenv("FORAMEN_DATA", data.c_str(), 1) == 0 &&
                           setenv("FORAMEN_LIBRARY", FORAMEN_SOURCE_DIR "/scenarios/library", 1) == 0 &&
                           unsetenv("OMP_NUM_THREADS") == 0;
        if (ready) execv(words[0], words.data());
        _exit(126);
    }
    ~Program() { kill_now(); }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void kill_now() {
        if (!running()) return;
        kill(process_, SIGKILL);
        (void)wait();
    }
    void interrupt() const { kill(process_, SIGINT); }
    /// Whether it has not ended yet; does not wait.
    [[nodiscard]] bool running() {
        if (!ended_ && waitpid(process_, &status_, WNOHANG) == process_) ended_ = true;
        return !ended_;
    }
    /// Waits for the end. @return exit code; -1 if a signal ended it
    int wait() {
        if (!ended_) waitpid(process_, &status_, 0);
        ended_ = true;
        return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
    }
    [[nodiscard]] std::string out() const { return text_of(out_); }
    [[nodiscard]] std::string err() const { return text_of(err_); }

private:
    static int& count() {
        static int number = 0;
        return number;
    }
    static bool redirect(const std::string& path, int stream) {
        const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        return file >= 0 && dup2(file, stream) == stream;
    }

    std::string out_, err_;
    pid_t process_ = -1;
    int status_ = 0;
    bool ended_ = false;
};

/// What a command printed and how it ended.
struct Outcome {
    int code;
    std::string out, err;
};

[[nodiscard]] inline Outcome run_program(const std::string& folder, std::vector<std::string> arguments, const std::string& logs,
                                         const std::string& data = FORAMEN_SOURCE_DIR "/data") {
    Program program(folder, std::move(arguments), logs, data);
    const int code = program.wait();
    return {code, program.out(), program.err()};
}

}  // namespace foramen::testing
