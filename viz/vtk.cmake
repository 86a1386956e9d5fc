# Included where VTK's targets are used: imported targets and vtk_module_autoinit are known per folder.
find_package(VTK 9 REQUIRED COMPONENTS
  CommonCore CommonDataModel CommonTransforms FiltersCore FiltersGeneral FiltersGeometry FiltersSources
  RenderingCore RenderingOpenGL2 RenderingFreeType RenderingAnnotation RenderingContext2D RenderingContextOpenGL2
  ChartsCore InteractionStyle InteractionWidgets RenderingUI IOImage)
