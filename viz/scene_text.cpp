#include "viz/scene_text.hpp"

#include <vtkBillboardTextActor3D.h>
#include <vtkNew.h>
#include <vtkScalarBarActor.h>
#include <vtkTextProperty.h>

#include "viz/page_text.hpp"

namespace foramen::viz {

void add_label(vtkRenderer& renderer, const std::string& text, const std::array<double, 3>& at, const LabelStyle& style, double scale) {
    vtkNew<vtkBillboardTextActor3D> actor;
    actor->SetInput(text.c_str());
    actor->SetPosition(at[0], at[1], at[2]);
    vtkTextProperty* property = actor->GetTextProperty();
    property->SetFontSize(pixels(style.size, scale));
    property->SetColor(style.colour[0], style.colour[1], style.colour[2]);
    property->SetBold(style.bold);
    property->SetJustificationToCentered();
    property->SetVerticalJustificationToCentered();
    renderer.AddActor(actor);
}

vtkScalarBarActor* add_colour_bar(vtkRenderer& renderer, vtkScalarsToColors* table, const char* title, const char* format, const std::array<double, 2>& place,
                                  double scale) {
    vtkNew<vtkScalarBarActor> bar;
    bar->SetLookupTable(table);
    bar->SetTitle(title);
    bar->SetNumberOfLabels(5);
    bar->SetLabelFormat(format);
    bar->SetOrientationToVertical();
    bar->SetPosition(place[0], place[1]);
    bar->SetWidth(0.13);
    bar->SetHeight(0.36);
    bar->SetBarRatio(0.22);
    bar->UnconstrainedFontSizeOn();
    for (vtkTextProperty* text : {bar->GetTitleTextProperty(), bar->GetLabelTextProperty()}) {
        text->SetColor(colours::ink.data());
        text->SetFontSize(pixels(15.0, scale));
        text->ItalicOff();
        text->BoldOff();
        text->ShadowOff();
    }
    bar->SetVerticalTitleSeparation(pixels(8.0, scale));
    renderer.AddActor2D(bar);
    return bar;
}

}  // namespace foramen::viz
