#include "io/xdmf_sidecar.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iterator>

#include "io/replace_file.hpp"
#include "io/vtkhdf_writer.hpp"

namespace foramen::io {

namespace {

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string topology_attributes(CellType type) {
    switch (type) {
        case CellType::line:
            return R"(TopologyType="Polyline" NodesPerElement="2")";
        case CellType::triangle:
            return R"(TopologyType="Triangle")";
        case CellType::quad:
            return R"(TopologyType="Quadrilateral")";
        case CellType::hexahedron:
            return R"(TopologyType="Hexahedron")";
    }
    return {};
}

/// A field's part of every step: what depends on the step is only the first row.
struct FieldText {
    std::string head;      // up to the first row
    std::string tail;      // after it
    std::size_t rows = 0;  // a step; 0: the same rows at every step
};

struct Place {
    std::string block_path;  // NAME.h5:/VTKHDF/BLOCK, escaped
    const char* center;      // Node or Cell
    std::size_t rows;
    std::size_t steps;
};

std::string attribute_start(const FieldSpec& field, const Place& place) {
    const char* type = field.components == 1 ? "Scalar" : field.components == 3 ? "Vector" : "Matrix";
    return fmt::format(R"(<Attribute Name="{}" AttributeType="{}" Center="{}">)", escaped(field.name), type, place.center);
}

/// Dimensions as the reader must see them: M, M 3 or M 1 6.
std::string dimensions(const FieldSpec& field, std::size_t rows) {
    switch (field.components) {
        case 1:
            return fmt::format("{}", rows);
        case 6:
            return fmt::format("{} 1 6", rows);
        default:
            return fmt::format("{} {}", rows, field.components);
    }
}

std::string data_path(const FieldSpec& field, const Place& place) {
    const char* folder = place.center[0] == 'N' ? "PointData" : "CellData";
    return fmt::format("{}/{}/{}", place.block_path, folder, escaped(field.name));
}

FieldText temporal_field(const FieldSpec& field, const Place& place) {
    const bool scalar = field.components == 1;
    FieldText text;
    text.rows = place.rows;
    text.head = fmt::format(R"({}<DataItem ItemType="HyperSlab" Dimensions="{}"><DataItem Dimensions="3 {}" Format="XML">)",
                            attribute_start(field, place), dimensions(field, place.rows), scalar ? 1 : 2);
    text.tail = scalar ? fmt::format(" 1 {}", place.rows) : fmt::format(" 0 1 1 {} {}", place.rows, field.components);
    const std::string whole =
        scalar ? fmt::format("{}", place.steps * place.rows) : fmt::format("{} {}", place.steps * place.rows, field.components);
    text.tail += fmt::format(
        "</DataItem><DataItem Format=\"HDF\" Dimensions=\"{}\" NumberType=\"Float\" "
        "Precision=\"4\">{}</DataItem></DataItem></Attribute>\n",
        whole, data_path(field, place));
    return text;
}

FieldText static_field(const FieldSpec& field, const Place& place) {
    return {.head = fmt::format(
                "{}<DataItem Format=\"HDF\" Dimensions=\"{}\" NumberType=\"Float\" Precision=\"4\">{}</DataItem></Attribute>\n",
                attribute_start(field, place), dimensions(field, place.rows), data_path(field, place)),
            .tail = {}};
}

std::string mesh_text(const BlockSpec& block, const std::string& block_path) {
    return fmt::format(
        "<Topology {} NumberOfElements=\"{}\"><DataItem Format=\"HDF\" Dimensions=\"{}\" NumberType=\"Int\" "
        "Precision=\"8\">{}/Connectivity</DataItem></Topology>\n"
        "<Geometry GeometryType=\"XYZ\"><DataItem Format=\"HDF\" Dimensions=\"{} 3\" NumberType=\"Float\" "
        "Precision=\"4\">{}/Points</DataItem></Geometry>\n",
        topology_attributes(block.cell_type), cell_count(block), block.connectivity.size(), block_path, point_count(block),
        block_path);
}

void append_block(fmt::memory_buffer& out, const std::string& h5_name, const BlockSpec& block, std::span<const double> times) {
    const std::string name = escaped(block.name);
    const std::string block_path = fmt::format("{}:/VTKHDF/{}", escaped(h5_name), name);
    std::vector<FieldText> fields;
    for (const FieldSpec& field : block.point_fields) {
        fields.push_back(temporal_field(field, {block_path, "Node", point_count(block), times.size()}));
    }
    for (const FieldSpec& field : block.cell_fields) {
        fields.push_back(temporal_field(field, {block_path, "Cell", cell_count(block), times.size()}));
    }
    for (const auto& [field, values] : block.static_cell_fields) {
        fields.push_back(static_field(field, {block_path, "Cell", cell_count(block), times.size()}));
    }
    const std::string mesh = mesh_text(block, block_path);
    const auto end = std::back_inserter(out);
    fmt::format_to(end, "<Grid Name=\"{}\" GridType=\"Collection\" CollectionType=\"Temporal\">\n", name);
    for (std::size_t step = 0; step < times.size(); ++step) {
        fmt::format_to(end, "<Grid Name=\"{}_{}\"><Time Value=\"{}\"/>\n", name, step, times[step]);
        out.append(mesh);
        for (const FieldText& field : fields) {
            out.append(field.head);
            if (field.rows > 0) {
                fmt::format_to(end, "{}", step * field.rows);
            }
            out.append(field.tail);
        }
        out.append(std::string_view("</Grid>\n"));
    }
    out.append(std::string_view("</Grid>\n"));
}

}  // namespace

std::string xdmf_text(const std::string& h5_name, std::span<const BlockSpec> blocks, std::span<const double> times) {
    fmt::memory_buffer out;
    out.append(std::string_view("<?xml version=\"1.0\"?>\n<Xdmf Version=\"2.0\"><Domain>\n"));
    for (const BlockSpec& block : blocks) {
        append_block(out, h5_name, block, times);
    }
    out.append(std::string_view("</Domain></Xdmf>\n"));
    return fmt::to_string(out);
}

std::string xdmf_path(const std::string& h5_path) { return std::filesystem::path(h5_path).replace_extension(".xdmf2").string(); }

void write_xdmf_sidecar(const std::string& h5_path, std::span<const BlockSpec> blocks, std::span<const double> times) {
    replace_file(xdmf_path(h5_path), xdmf_text(std::filesystem::path(h5_path).filename().string(), blocks, times));
}

}  // namespace foramen::io
