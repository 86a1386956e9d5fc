#include <hdf5.h>

#include "io/hdf5_error.hpp"
#include "io/hdf5_file.hpp"

namespace foramen::io {

Hdf5Handle variable_text_type(std::int64_t location) {
    Hdf5Handle type(checked(H5Tcopy(H5T_C_S1), location, "make a text type"));
    checked(H5Tset_size(type.id(), H5T_VARIABLE), location, "make a text type");
    checked(H5Tset_cset(type.id(), H5T_CSET_UTF8), location, "make a text type");
    return type;
}

void Hdf5Integer::write(std::int64_t value) {
    checked(H5Awrite(attribute_.id(), H5T_NATIVE_INT64, &value), attribute_.id(), "rewrite a count");
}

void Hdf5Object::set_text(const std::string& name, const std::string& value) {
    const std::string operation = "write the attribute " + name;
    const Hdf5Handle type = variable_text_type(id());
    const Hdf5Handle space(checked(H5Screate(H5S_SCALAR), id(), operation));
    const Hdf5Handle attribute(
        checked(H5Acreate2(id(), name.c_str(), type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT), id(), operation));
    const char* text = value.c_str();
    checked(H5Awrite(attribute.id(), type.id(), &text), id(), operation);
}

void Hdf5Object::set_fixed_text(const std::string& name, const std::string& value, std::size_t length) {
    const std::string operation = "write the attribute " + name;
    const Hdf5Handle type(checked(H5Tcopy(H5T_C_S1), id(), operation));
    checked(H5Tset_size(type.id(), length), id(), operation);
    checked(H5Tset_strpad(type.id(), H5T_STR_NULLPAD), id(), operation);
    const Hdf5Handle space(checked(H5Screate(H5S_SCALAR), id(), operation));
    const Hdf5Handle attribute(checked(has_attribute(name)
                                           ? H5Aopen(id(), name.c_str(), H5P_DEFAULT)
                                           : H5Acreate2(id(), name.c_str(), type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
                                       id(), operation));
    std::string padded = value;
    padded.resize(length, '\0');
    checked(H5Awrite(attribute.id(), type.id(), padded.data()), id(), operation);
}

void Hdf5Object::set_integers(const std::string& name, std::span<const std::int64_t> values) {
    const std::string operation = "write the attribute " + name;
    const hsize_t count = values.size();
    const Hdf5Handle space(checked(H5Screate_simple(1, &count, nullptr), id(), operation));
    const Hdf5Handle attribute(
        checked(H5Acreate2(id(), name.c_str(), H5T_STD_I64LE, space.id(), H5P_DEFAULT, H5P_DEFAULT), id(), operation));
    checked(H5Awrite(attribute.id(), H5T_NATIVE_INT64, values.data()), id(), operation);
}

Hdf5Integer Hdf5Object::make_integer(const std::string& name, std::int64_t value) {
    const std::string operation = "write the attribute " + name;
    const Hdf5Handle space(checked(H5Screate(H5S_SCALAR), id(), operation));
    Hdf5Integer integer(Hdf5Handle(
        checked(H5Acreate2(id(), name.c_str(), H5T_STD_I64LE, space.id(), H5P_DEFAULT, H5P_DEFAULT), id(), operation)));
    integer.write(value);
    return integer;
}

void Hdf5Object::describe(const Description& description) {
    set_text("units", description.units);
    set_text("long_name", description.long_name);
    if (!description.comment.empty()) {
        set_text("comment", description.comment);
    }
}

bool Hdf5Object::has_attribute(const std::string& name) const { return H5Aexists(id(), name.c_str()) > 0; }

std::string Hdf5Object::text(const std::string& name) const {
    if (!has_attribute(name)) {
        return "";
    }
    const std::string operation = "read the attribute " + name;
    const Hdf5Handle attribute(checked(H5Aopen(id(), name.c_str(), H5P_DEFAULT), id(), operation));
    const Hdf5Handle type(checked(H5Aget_type(attribute.id()), id(), operation));
    if (H5Tis_variable_str(type.id()) > 0) {
        char* text = nullptr;
        checked(H5Aread(attribute.id(), type.id(), &text), id(), operation);
        std::string value = text == nullptr ? "" : text;
        H5free_memory(text);
        return value;
    }
    std::string value(H5Tget_size(type.id()), '\0');
    checked(H5Aread(attribute.id(), type.id(), value.data()), id(), operation);
    return value.substr(0, value.find('\0'));
}

std::int64_t Hdf5Object::integer(const std::string& name) const {
    const std::string operation = "read the attribute " + name;
    const Hdf5Handle attribute(checked(H5Aopen(id(), name.c_str(), H5P_DEFAULT), id(), operation));
    std::int64_t value = 0;
    checked(H5Aread(attribute.id(), H5T_NATIVE_INT64, &value), id(), operation);
    return value;
}

}  // namespace foramen::io
