#pragma once

#include <stdexcept>
#include <string>
#include <sys/types.h>

namespace foramen::viz {

/// The machine lacks something that drawing needs; the message says what to install.
class SystemError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// An X display for as long as the object lives: the user's, or else an Xvfb of its own that ends with the object (and with
/// the process, however that ends). VTK of Debian draws through X even off screen, and aborts where there is none.
class XDisplay {
public:
    XDisplay();  ///< @throws SystemError when there is neither a display nor Xvfb
    ~XDisplay();
    /// Whether the user has a display that opens.
    [[nodiscard]] static bool given();
    XDisplay(const XDisplay&) = delete;
    XDisplay& operator=(const XDisplay&) = delete;

private:
    pid_t server_ = -1;  // of our own Xvfb; -1: the user's display
};

}  // namespace foramen::viz
