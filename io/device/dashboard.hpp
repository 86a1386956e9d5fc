#pragma once

#include <memory>
#include <string>
#include <vector>

#include "io/device/live_session.hpp"

namespace foramen::io {

inline constexpr int dashboard_port = 8765;  ///< where none is given

/// What a page says of a session as a whole.
struct DashboardTitle {
    std::string title, device, notice;
    double rate = 100.0;  ///< ticks a second
};

/// A page in the browser that shows a running session: force, pressures, foramina, shares of the limits, state, timing. It listens on the
/// loopback address only, gives and takes no command, and reads the session's mailboxes in threads of its own: the loop does not know of
/// it.
///
///     GET /         the page        GET /session  what stays (JSON)
///     GET /state    now (JSON)      GET /events   the same ten times a second (server-sent events)
///
/// A request whose Host is another name than this machine's loopback is refused, so that a page of another site cannot read it.
class Dashboard {
public:
    /// @param view  outlives the dashboard  @param port  0: any that is free
    /// @throws FileError  the port is taken, or the page is missing
    Dashboard(const SessionView& view, DashboardTitle title, int port);
    ~Dashboard();
    Dashboard(const Dashboard&) = delete;
    Dashboard& operator=(const Dashboard&) = delete;

    [[nodiscard]] int port() const;

private:
    struct Server;
    std::unique_ptr<Server> server_;
};

/// The state of a session as JSON.
[[nodiscard]] std::string dashboard_state(const SessionView& view, double rate);

}  // namespace foramen::io
