#pragma once

#include <atomic>
#include <functional>
#include <thread>

namespace foramen::engine {

/// One piece of work, again and again, in a thread of its own: begin() starts it, finish() waits for it. Between the two what the work
/// reads and writes belongs to that thread. No lock is taken.
class BackgroundTask {
public:
    /// Starts the thread, which works with one OpenMP thread. @param enter  called once by it, for a priority; may be empty
    explicit BackgroundTask(std::function<void()> work, std::function<void()> enter = {});
    /// Waits for what is under way.
    ~BackgroundTask();
    BackgroundTask(const BackgroundTask&) = delete;
    BackgroundTask& operator=(const BackgroundTask&) = delete;

    [[nodiscard]] bool idle() const { return state_.load(std::memory_order_acquire) == State::idle; }
    [[nodiscard]] bool ready() const { return state_.load(std::memory_order_acquire) == State::ready; }
    /// Only while idle.
    void begin();
    /// Waits until the work is done; idle afterwards. Only after begin().
    void finish();

private:
    enum class State : int { idle, asked, ready, ending };
    void run(const std::function<void()>& enter);

    std::function<void()> work_;
    std::atomic<State> state_ = State::idle;
    std::thread thread_;
};

}  // namespace foramen::engine
