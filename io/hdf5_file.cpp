#include "io/hdf5_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <hdf5.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include "io/hdf5_error.hpp"
#include "io/result_file.hpp"

namespace foramen::io {

static_assert(sizeof(hid_t) == sizeof(std::int64_t));

namespace {

herr_t take_innermost(unsigned depth, const H5E_error2_t* error, void* text) {
    if (depth == 0 && error->desc != nullptr) {
        *static_cast<std::string*>(text) = error->desc;
    }
    return 0;
}

/// What the operating system said, if HDF5 quotes it; otherwise HDF5's own innermost message.
std::string last_reason() {
    std::string reason;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, take_innermost, &reason);
    constexpr std::string_view quote = "error message = '";
    if (const auto start = reason.find(quote); start != std::string::npos) {
        reason = reason.substr(start + quote.size());
        reason = reason.substr(0, reason.find('\''));
    }
    return reason.empty() ? "HDF5 gives no reason" : reason;
}

/// A result is written as NAME.h5.part and known as NAME.h5.
std::string file_name(hid_t location) {
    std::string name(4096, '\0');
    const auto length = H5Fget_name(location, name.data(), name.size());
    name.resize(static_cast<std::size_t>(std::clamp<std::int64_t>(length, 0, 4095)));
    constexpr std::string_view part = ".part";
    if (name.ends_with(part)) {
        name.resize(name.size() - part.size());
    }
    return name.empty() ? "an HDF5 file" : name;
}

void silence_hdf5() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

Hdf5Handle file_access() {
    Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS));
    H5Pset_file_locking(access.id(), false, true);
    return access;
}

/// The oldest formats: no "open for write" flag that would shut readers out, and headers without checksums, of which a
/// half-written one is half old and half new, both valid.
Hdf5Handle writing_access() {
    constexpr hsize_t metadata_block = 1 << 16;  // keeps headers made together side by side: one write a flush
    Hdf5Handle access = file_access();
    H5Pset_libver_bounds(access.id(), H5F_LIBVER_EARLIEST, H5F_LIBVER_V18);
    H5Pset_meta_block_size(access.id(), metadata_block);
    return access;
}

Hdf5Handle ordered_group_properties(unsigned expected_members) {
    constexpr unsigned expected_name_length = 24;
    Hdf5Handle properties(H5Pcreate(H5P_GROUP_CREATE));
    H5Pset_link_creation_order(properties.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    if (expected_members > 0) {
        H5Pset_est_link_info(properties.id(), expected_members, expected_name_length);
        H5Pset_link_phase_change(properties.id(), 2 * expected_members, expected_members);
    }
    return properties;
}

herr_t append_name(hid_t, const char* name, const H5L_info_t*, void* names) {
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
}

}  // namespace

std::int64_t checked(std::int64_t result, std::int64_t location, const std::string& operation) {
    if (result < 0) {
        const std::string reason = last_reason();
        throw FileError(fmt::format("cannot {} in {}: {}", operation, file_name(location), reason));
    }
    return result;
}

std::int64_t checked_path(std::int64_t result, const std::string& path, const std::string& operation) {
    if (result < 0) {
        throw FileError(fmt::format("cannot {} {}: {}", operation, path, last_reason()));
    }
    return result;
}

Hdf5Handle::Hdf5Handle(Hdf5Handle&& other) noexcept : id_(std::exchange(other.id_, -1)) {}

Hdf5Handle& Hdf5Handle::operator=(Hdf5Handle&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
}

Hdf5Handle::~Hdf5Handle() {
    if (id_ >= 0) {
        H5Idec_ref(id_);
    }
}

Hdf5Group Hdf5Group::make_group(const std::string& name, unsigned expected_members) {
    const Hdf5Handle properties = ordered_group_properties(expected_members);
    return Hdf5Group(Hdf5Handle(
        checked(H5Gcreate2(id(), name.c_str(), H5P_DEFAULT, properties.id(), H5P_DEFAULT), id(), "make the group " + name)));
}

Hdf5Group Hdf5Group::open_group(const std::string& name) const {
    return Hdf5Group(Hdf5Handle(checked(H5Gopen2(id(), name.c_str(), H5P_DEFAULT), id(), "open the group " + name)));
}

Hdf5Dataset Hdf5Group::make_text_dataset(const std::string& name, std::uint64_t count) {
    const std::string operation = "make the dataset " + name;
    const Hdf5Handle type = variable_text_type(id());
    const hsize_t extent = count;
    const Hdf5Handle space(checked(count == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &extent, nullptr), id(), operation));
    const Hdf5Handle timeless(H5Pcreate(H5P_DATASET_CREATE));
    H5Pset_obj_track_times(timeless.id(), false);  // the same content is the same bytes
    return Hdf5Dataset(Hdf5Handle(
        checked(name.empty() ? H5Dcreate_anon(id(), type.id(), space.id(), timeless.id(), H5P_DEFAULT)
                             : H5Dcreate2(id(), name.c_str(), type.id(), space.id(), H5P_DEFAULT, timeless.id(), H5P_DEFAULT),
                id(), operation)));
}

Hdf5Dataset Hdf5Group::open_dataset(const std::string& name) const {
    return Hdf5Dataset(Hdf5Handle(checked(H5Dopen2(id(), name.c_str(), H5P_DEFAULT), id(), "open the dataset " + name)));
}

bool Hdf5Group::has(const std::string& name) const { return H5Lexists(id(), name.c_str(), H5P_DEFAULT) > 0; }

bool Hdf5Group::is_group(const std::string& name) const {
    const Hdf5Handle object(H5Oopen(id(), name.c_str(), H5P_DEFAULT));
    return object.id() >= 0 && H5Iget_type(object.id()) == H5I_GROUP;
}

std::vector<std::string> Hdf5Group::names() const {
    std::vector<std::string> names;
    checked(H5Literate(id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, append_name, &names), id(), "list a group");
    return names;
}

void Hdf5Group::link(const std::string& name, const Hdf5Object& target) {
    if (has(name)) {
        checked(H5Ldelete(id(), name.c_str(), H5P_DEFAULT), id(), "replace " + name);
    }
    checked(H5Olink(target.id(), id(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), id(), "link " + name);
}

void Hdf5Group::soft_link(const std::string& name, const std::string& target) {
    checked(H5Lcreate_soft(target.c_str(), id(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), id(), "link " + name);
}

void Hdf5Group::external_link(const std::string& name, const std::string& file, const std::string& target) {
    checked(H5Lcreate_external(file.c_str(), target.c_str(), id(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), id(), "link " + name);
}

Hdf5File Hdf5File::create(const std::string& path, int chunk_index_size) {
    silence_hdf5();
    const Hdf5Handle access = writing_access();
    const Hdf5Handle creation(H5Pcreate(H5P_FILE_CREATE));
    H5Pset_istore_k(creation.id(), static_cast<unsigned>(std::clamp(chunk_index_size / 2, 32, 32767)));
    H5Pset_link_creation_order(creation.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    return Hdf5File(Hdf5Handle(checked_path(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.id(), access.id()), path, "create")));
}

Hdf5File Hdf5File::open_to_add(const std::string& path) {
    silence_hdf5();
    const Hdf5Handle access = writing_access();
    return Hdf5File(Hdf5Handle(checked_path(H5Fopen(path.c_str(), H5F_ACC_RDWR, access.id()), path, "open")));
}

Hdf5File Hdf5File::open(const std::string& path) {
    silence_hdf5();
    const Hdf5Handle access = file_access();
    return Hdf5File(Hdf5Handle(checked_path(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), path, "open")));
}

Hdf5Group Hdf5File::root() const {
    return Hdf5Group(Hdf5Handle(checked(H5Gopen2(handle_.id(), "/", H5P_DEFAULT), handle_.id(), "open the root group")));
}

namespace {

/// The operating system's descriptor of an open file. @return -1 if there is none
int descriptor_of(hid_t file) {
    void* descriptor = nullptr;
    return H5Fget_vfd_handle(file, H5P_DEFAULT, &descriptor) < 0 ? -1 : *static_cast<int*>(descriptor);
}

}  // namespace

void Hdf5File::flush() {
    // The length first: a superblock that speaks of more than there is makes the whole file unreadable.
    hsize_t length = 0;
    checked(H5Fget_filesize(handle_.id(), &length), handle_.id(), "write to disk");
    struct stat status {};
    const int descriptor = descriptor_of(handle_.id());
    if (descriptor >= 0 && fstat(descriptor, &status) == 0 && static_cast<hsize_t>(status.st_size) < length) {
        const int error = posix_fallocate(descriptor, status.st_size, static_cast<off_t>(length) - status.st_size);
        if (error != 0) {
            throw FileError(fmt::format("cannot write to disk in {}: {}", file_name(handle_.id()), std::strerror(error)));
        }
    }
    checked(H5Fflush(handle_.id(), H5F_SCOPE_GLOBAL), handle_.id(), "write to disk");
}

void Hdf5File::detach() {
    const int descriptor = descriptor_of(handle_.id());
    const int nowhere = memfd_create("foramen", MFD_CLOEXEC);
    if (descriptor >= 0 && nowhere >= 0) {
        dup2(nowhere, descriptor);
    }
    if (nowhere >= 0) {
        ::close(nowhere);
    }
}

}  // namespace foramen::io
