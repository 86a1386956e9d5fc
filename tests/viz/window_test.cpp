#include <doctest/doctest.h>

#include <chrono>
#include <array>
#include <atomic>
#include <string>
#include <thread>

#include <vtkCommand.h>
#include <vtkCoordinate.h>
#include <vtkNew.h>

#include "io/result_file.hpp"
#include "io/scene/nerve_roots.hpp"
#include "tests/viz/picture_file.hpp"
#include "viz/option_values.hpp"
#include "viz/window/spine_window.hpp"

#include <X11/Xlib.h>  // last: its macros spoil Eigen
#include <X11/keysym.h>

using namespace foramen;
using namespace foramen::testing;

namespace {

constexpr std::array<int, 2> size{1280, 860};
constexpr int middle_node = 3 + 7 * (3 + 7 * 2);  // of a disc of 6 x 6 x 4 elements

void mouse(viz::SpineWindow& window, int x, int y, unsigned long event) {
    window.interactor().SetEventInformation(x, y);
    window.interactor().InvokeEvent(event);
}

void click(viz::SpineWindow& window, int x, int y) {
    mouse(window, x, y, vtkCommand::LeftButtonPressEvent);
    mouse(window, x, y, vtkCommand::LeftButtonReleaseEvent);
}

std::array<int, 2> pixel_of(viz::SpineWindow& window, const double* place) {
    vtkNew<vtkCoordinate> coordinate;
    coordinate->SetCoordinateSystemToWorld();
    coordinate->SetValue(place[0], place[1], place[2]);
    const int* at = coordinate->GetComputedDisplayValue(&window.scene());
    return {at[0], at[1]};
}

/// The middle of a disc at the first output time [mm].
std::array<double, 3> middle_of(const io::ResultFile& result, const std::string& disc) {
    for (const io::BlockSpec& block : result.blocks()) {
        if (block.name != disc) continue;
        const float* p = &block.points[3 * middle_node];
        return {p[0], p[1], p[2]};
    }
    return {};
}

/// The window of a name on the display, asked for every 50 ms for a minute; 0 if none opens.
Window opened(Display* display, const std::string& name) {
    for (int look = 0; look < 1200; ++look) {
        Window root = 0, parent = 0, *children = nullptr;
        unsigned count = 0;
        XQueryTree(display, DefaultRootWindow(display), &root, &parent, &children, &count);
        Window found = 0;
        for (unsigned c = 0; c < count; ++c) {
            char* text = nullptr;
            XWindowAttributes state{};
            if (XFetchName(display, children[c], &text) == 0 || text == nullptr) continue;
            XGetWindowAttributes(display, children[c], &state);
            if (std::string(text).starts_with(name) && state.map_state == IsViewable) found = children[c];
            XFree(text);
        }
        if (children != nullptr) XFree(children);
        if (found != 0) return found;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return 0;
}

void type(Display* display, Window window, KeySym key) {
    XEvent event{};
    event.xkey.type = KeyPress;
    event.xkey.display = display;
    event.xkey.window = window;
    event.xkey.root = DefaultRootWindow(display);
    event.xkey.same_screen = True;
    event.xkey.keycode = XKeysymToKeycode(display, key);
    XSendEvent(display, window, True, KeyPressMask, &event);
    XFlush(display);
}

}  // namespace

TEST_CASE("the window opens on a display, and the key q closes it") {
    if (!can_draw()) return;
    const SmallResult result;
    const viz::XDisplay given;
    Display* display = XOpenDisplay(nullptr);
    REQUIRE(display != nullptr);
    std::atomic<int> status = -1;
    std::thread program([&] { status = view("view " + result.path("run.h5"), "timeout 100"); });
    const Window window = opened(display, "Foramen: ");
    for (int again = 0; window != 0 && status < 0 && again < 1000; ++again) {
        if (again % 20 == 0) type(display, window, XK_q);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    program.join();
    CHECK(window != 0);
    CHECK(status == 0);
    XCloseDisplay(display);
}

TEST_CASE("a click on the cut through a disc tells its level and the pressure that was written there") {
    if (!can_draw()) return;
    const SmallResult result;
    const viz::XDisplay display;
    viz::SpineWindow window(result.path("run.h5"), size, true);
    for (const char* key : {"Home", "x", "l"}) window.press(key);
    const io::ResultFile file(result.path("run.h5"));
    double expected = 0.09;  // [MPa] of L1-L2 at rest, 0.012 more a level (synthetic_result.cpp)
    for (const std::string disc : {"L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"}) {
        const std::string text = window.pick(pixel_of(window, middle_of(file, disc).data())[0], pixel_of(window, middle_of(file, disc).data())[1]);
        INFO(text);
        CHECK(text.starts_with("disc " + disc + ":   pressure "));
        CHECK(text.find(" MPa") != std::string::npos);
        CHECK(std::stod(text.substr(text.find("pressure ") + 9)) == doctest::Approx(expected).epsilon(0.02));
        expected += 0.012;
    }
    CHECK(window.pick(5, 400).empty());
}

TEST_CASE("ligaments, bones and nerves are told by name and level") {
    if (!can_draw()) return;
    const SmallResult result;
    const viz::XDisplay display;
    viz::SpineWindow window(result.path("run.h5"), size, true);
    for (const char* key : {"b", "1", "7", "Home"}) window.press(key);
    const io::ResultFile file(result.path("run.h5"));
    const std::array<std::string, 5> levels{"L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"};
    for (const io::BlockSpec& block : file.blocks()) {
        if (block.name != "SSL") continue;
        for (std::size_t level = 0; level < levels.size(); ++level) {  // one strand each
            std::array<double, 3> middle{};
            for (const std::size_t d : {0, 1, 2}) middle[d] = 0.5 * (block.points[6 * level + d] + block.points[6 * level + 3 + d]);
            const auto at = pixel_of(window, middle.data());
            const std::string text = window.pick(at[0], at[1]);
            INFO(text);
            CHECK(text.starts_with("ligament SSL " + levels[level] + ":   strain "));
        }
    }
    for (const char* key : {"1", "7", "l"}) window.press(key);
    const std::vector<io::Nerve> nerves = io::nerves(file, 0);
    REQUIRE(nerves.size() > 5);
    for (const io::Nerve& nerve : nerves) {
        if (nerve.name != "L3-L4 left") continue;
        const auto at = pixel_of(window, nerve.path.back().data());
        CHECK(window.pick(at[0], at[1] + 2).starts_with("nerve root L3-L4 left (drawn, not modelled)"));
    }
}

TEST_CASE("the slider moves the time, keys step, play and stop, the menu colours and hides") {
    if (!can_draw()) return;
    const SmallResult result;
    const viz::XDisplay display;
    viz::SpineWindow window(result.path("run.h5"), size, false);
    window.interactor().Initialize();
    window.press("Home");
    CHECK(window.time() == 0.0);
    const int y = static_cast<int>(0.085 * size[1]), x0 = static_cast<int>(0.06 * size[0]), x1 = static_cast<int>(0.94 * size[0]);
    mouse(window, x0 + 6, y, vtkCommand::LeftButtonPressEvent);
    mouse(window, (x0 + x1) / 2, y, vtkCommand::MouseMoveEvent);
    mouse(window, (x0 + x1) / 2, y, vtkCommand::LeftButtonReleaseEvent);
    CHECK(window.time() == doctest::Approx(300.0).epsilon(0.06));
    const double there = window.time();
    window.press("Right");
    CHECK(window.time() > there);
    window.press("Left");
    CHECK(window.time() == there);

    window.press("space");
    CHECK(window.playing());
    for (int tick = 0; tick < 60; ++tick) window.interactor().InvokeEvent(vtkCommand::TimerEvent);
    CHECK(window.time() == doctest::Approx(there + 90.0).epsilon(0.08));  // 3 s of the 20 s that 600 s take
    for (int tick = 0; tick < 400; ++tick) window.interactor().InvokeEvent(vtkCommand::TimerEvent);
    CHECK(window.time() == 600.0);
    CHECK_FALSE(window.playing());

    const auto strain = window.menu().middle_of("strain, ligaments");
    click(window, strain.first, strain.second);
    CHECK(window.colouring().name == "strain");
    window.press("C");
    CHECK(window.colouring().field == "force");
    CHECK(window.shows("discs"));
    const auto discs = window.menu().middle_of("2  discs");
    click(window, discs.first, discs.second);
    CHECK_FALSE(window.shows("discs"));
    CHECK_THROWS_WITH_AS(window.colour_by("heat"), doctest::Contains("pressure, "), viz::UsageError);
}

TEST_CASE("foramen view writes a screenshot that shows the spine, another time another one") {
    if (!can_draw()) return;
    const SmallResult result;
    const std::string run = "view " + result.path("run.h5");
    REQUIRE(view(run + " --at 0s --screenshot " + result.path("a.png")) == 0);
    REQUIRE(view(run + " --at \"4 min\" --colour-by strain --screenshot " + result.path("b.png")) == 0);
    const Picture a(result.path("a.png")), b(result.path("b.png"));
    CHECK(a.width == 1280);
    CHECK(a.height == 860);
    CHECK(a.part(0.2, 0.75, is_ink) > 0.1);
    CHECK(a.part(0.8, 1.0, is_ink) > 0.005);  // the menu
    CHECK(a.pixels != b.pixels);
    CHECK(view(run + " --screenshot " + result.path("a.jpg")) == 2);
    CHECK(view(run + " --at 12 --screenshot " + result.path("c.png")) == 2);
    CHECK(view(run + " --colour-by heat --screenshot " + result.path("c.png")) == 2);
    CHECK(view("view " + result.path("none.h5") + " --screenshot " + result.path("c.png")) == 5);
    CHECK(view(run, "env DISPLAY=:9971") == 5);
}
