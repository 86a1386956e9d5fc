#include "io/device/dashboard.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <httplib.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "io/data_folder.hpp"
#include "io/json_text.hpp"
#include "io/result_file.hpp"
#include "io/scenario_sources.hpp"

namespace foramen::io {

namespace {

constexpr const char* loopback = "127.0.0.1";
constexpr std::chrono::milliseconds between_events{100};
constexpr std::size_t most_threads = 8;  // one a page that is open

std::string quantiles(const LatencyHistogram& h) {
    return fmt::format("[{:.3f},{:.3f},{:.3f},{:.3f}]", h.quantile_ms(0.5), h.quantile_ms(0.99), h.quantile_ms(0.999), h.worst_ms());
}

template <class Values>
std::string list(const Values& values) {
    return fmt::format("[{:.6g}]", fmt::join(values, ","));
}

template <class Words>
std::string texts(const Words& words) {
    std::vector<std::string> out;
    for (const auto& word : words) out.push_back(json_string(word));
    return json_array(out);
}

}  // namespace

std::string dashboard_state(const SessionView& view, double rate) {
    TickRecord t;
    Solution s;
    Accounting a;
    LatencyHistogram wake, solve;
    view.tick.read(t);
    view.solution.read(s);
    view.accounting.read(a);
    view.wake.read(wake);
    view.solve.read(solve);
    std::string out = fmt::format(R"({{"time":{:.3f},"state":{},"reason":{},"model":{},)", static_cast<double>(t.tick) / rate,
                                  json_string(state_words[static_cast<std::size_t>(t.state)]), json_string(fault_words[static_cast<std::size_t>(t.reason)]),
                                  json_string(model_used_words[static_cast<std::size_t>(t.model)]));
    out += fmt::format(R"("force":{:.6g},"age":{:.6g},"set_point":{:.6g},"ceiling":{:.6g},)", t.force, t.age, t.set_point, t.ceiling);
    out += fmt::format(R"("observed":{:.3f},"observed_force":{:.6g},"pressure":{},"height":{},"foramen":{},"share":{},)", static_cast<double>(s.observed_tick + 1) / rate,
                       s.observed_force, list(s.pressure), list(s.height), list(s.foramen), list(s.share));
    return out + fmt::format(R"("ticks":{},"solved":{},"missed":{},"skipped":{},"longest_miss":{},"wake":{},"solve":{}}})", a.ticks, a.solved, a.missed, a.skipped,
                             a.longest_miss, quantiles(wake), quantiles(solve));
}

struct Dashboard::Server {
    Server(const SessionView& v, DashboardTitle t, int wanted) : view(v), title(std::move(t)) {
        const std::string file = (data_folder() / "dashboard/page.html").string();
        const auto text = file_text(file);
        if (!text) throw FileError(file + ": cannot be read");
        page = *text;
        http.new_task_queue = [] { return new httplib::ThreadPool(most_threads); };
        http.set_socket_options([](socket_t) {});  // the library's own share a port with who has it
        http.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& answer) { return guard(request, answer); });
        http.Get("/", [this](const httplib::Request&, httplib::Response& answer) { answer.set_content(page, "text/html; charset=utf-8"); });
        http.Get("/session", [this](const httplib::Request&, httplib::Response& answer) { answer.set_content(session_text(), "application/json"); });
        http.Get("/state", [this](const httplib::Request&, httplib::Response& answer) { answer.set_content(dashboard_state(view, title.rate), "application/json"); });
        http.Get("/events", [this](const httplib::Request&, httplib::Response& answer) {
            answer.set_chunked_content_provider("text/event-stream", [this](std::size_t, httplib::DataSink& sink) { return next_event(sink); });
        });
        port = wanted == 0 ? http.bind_to_any_port(loopback) : (http.bind_to_port(loopback, wanted) ? wanted : -1);
        if (port < 0) throw FileError(fmt::format("port {} of {} is taken; --dashboard=PORT names another", wanted, loopback));
        thread = std::thread([this] { http.listen_after_bind(); });
        while (!http.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));  // a stop before that would be forgotten
    }
    ~Server() {
        ending = true;
        http.stop();
        thread.join();
    }

    httplib::Server::HandlerResponse guard(const httplib::Request& request, httplib::Response& answer) const {
        answer.set_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:");
        answer.set_header("Cache-Control", "no-store");
        const std::string host = request.get_header_value("Host");
        if (host == fmt::format("{}:{}", loopback, port) || host == fmt::format("localhost:{}", port)) return httplib::Server::HandlerResponse::Unhandled;
        answer.status = 403;
        return httplib::Server::HandlerResponse::Handled;
    }

    bool next_event(httplib::DataSink& sink) const {
        const std::string event = "data: " + dashboard_state(view, title.rate) + "\n\n";
        if (!sink.write(event.data(), event.size())) return false;
        if (ending) sink.done();
        else std::this_thread::sleep_for(between_events);
        return true;
    }

    [[nodiscard]] std::string session_text() const {
        return fmt::format(R"({{"title":{},"device":{},"notice":{},"rate":{:g},"discs":{},"limits":{}}})", json_string(title.title), json_string(title.device),
                           json_string(title.notice), title.rate, texts(models::disc_names), texts(limit_words));
    }

    const SessionView& view;
    DashboardTitle title;
    std::string page;
    int port = -1;
    std::atomic<bool> ending = false;
    httplib::Server http;
    std::thread thread;
};

Dashboard::Dashboard(const SessionView& view, DashboardTitle title, int port) : server_(std::make_unique<Server>(view, std::move(title), port)) {}
Dashboard::~Dashboard() = default;
int Dashboard::port() const { return server_->port; }

}  // namespace foramen::io
