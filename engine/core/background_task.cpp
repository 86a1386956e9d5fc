#include "engine/core/background_task.hpp"

#include <omp.h>

#include "engine/core/contract.hpp"

namespace foramen::engine {

BackgroundTask::BackgroundTask(std::function<void()> work, std::function<void()> enter) : work_(std::move(work)) {
    thread_ = std::thread([this, enter = std::move(enter)] { run(enter); });
}

BackgroundTask::~BackgroundTask() {
    state_.wait(State::asked, std::memory_order_acquire);
    state_.store(State::ending, std::memory_order_release);
    state_.notify_all();
    thread_.join();
}

void BackgroundTask::begin() {
    FORAMEN_EXPECTS(idle(), 0);
    state_.store(State::asked, std::memory_order_release);
    state_.notify_all();
}

void BackgroundTask::finish() {
    FORAMEN_EXPECTS(!idle(), 0);
    state_.wait(State::asked, std::memory_order_acquire);
    state_.store(State::idle, std::memory_order_release);
}

void BackgroundTask::run(const std::function<void()>& enter) {
    omp_set_num_threads(1);
    if (enter) enter();
    for (;;) {
        State now = state_.load(std::memory_order_acquire);
        while (now == State::idle || now == State::ready) {
            state_.wait(now, std::memory_order_acquire);
            now = state_.load(std::memory_order_acquire);
        }
        if (now == State::ending) return;
        work_();
        state_.store(State::ready, std::memory_order_release);
        state_.notify_all();
    }
}

}  // namespace foramen::engine
