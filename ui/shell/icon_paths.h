// The icons' lines. A path is written as letters and numbers:
//   M x y  move   L x y  line   C x1 y1 x2 y2 x y  curve   Z  close
//   O cx cy r  circle   R x y w h r  rounded rectangle   A cx cy r start sweep  arc in degrees
#pragma once

#include <QPainterPath>

#include "ui/shell/icons.h"

namespace loom::ui {

QPainterPath icon_path(Icon which);

}  // namespace loom::ui
