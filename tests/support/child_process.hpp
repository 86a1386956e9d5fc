#pragma once

#include <omp.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace foramen::testing {

/// A fork that runs `work(pipe)` and ends; what it writes to the pipe is read here.
class ChildProcess {
public:
    template <class Work>
    explicit ChildProcess(const Work& work) {
        int ends[2];
        if (pipe(ends) != 0) {
            throw std::runtime_error("cannot make a pipe");
        }
        process_ = fork();
        if (process_ == 0) {
            close(ends[0]);
            omp_set_num_threads(1);  // the others of OpenMP's pool are in the parent only
            int status = 0;
            try {
                work(ends[1]);
            } catch (...) {
                status = 99;
            }
            _exit(status);  // no destructors, no test runner in the child
        }
        close(ends[1]);
        pipe_ = ends[0];
    }
    ~ChildProcess() {
        kill_now();
        close(pipe_);
    }
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// The next record from the child; false at the end. The child writes each with one call.
    template <class Record>
    bool receive(Record& record) {
        return read(pipe_, &record, sizeof(record)) == static_cast<ssize_t>(sizeof(record));
    }

    /// SIGKILL, and waits until it is gone.
    void kill_now() {
        if (process_ > 0) {
            kill(process_, SIGKILL);
            (void)exit_status();
        }
    }

    /// Waits for the end. @return exit status, -1 if a signal ended it
    int exit_status() {
        int status = 0;
        waitpid(process_, &status, 0);
        process_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    pid_t process_ = -1;
    int pipe_ = -1;
};

template <class Record>
void send(int pipe, const Record& record) {
    (void)!write(pipe, &record, sizeof(record));
}

}  // namespace foramen::testing
