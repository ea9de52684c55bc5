#include "ui/shell/icon_paths.h"

#include <array>
#include <sstream>

namespace loom::ui {
namespace {

const char* lines_of(Icon which) {
  switch (which) {
    case Icon::add:
      return "M 12 5 L 12 19 M 5 12 L 19 12";
    case Icon::back:
      return "M 19 12 L 5 12 M 11 6 L 5 12 L 11 18";
    case Icon::benchmarks:
      return "O 12 12 8.5 O 12 12 4.5 O 12 12 0.6";
    case Icon::book:
      return "M 12 6.5 C 10 5 7 4.5 3.5 5 L 3.5 18.5 C 7 18 10 18.5 12 20 C 14 18.5 17 18 20.5 "
             "18.5 L 20.5 5 C 17 4.5 14 5 12 6.5 Z M 12 6.5 L 12 20";
    case Icon::cancel:
      return "O 12 12 8.5 M 9 9 L 15 15 M 15 9 L 9 15";
    case Icon::chart:
      return "M 4 4 L 4 20 L 20 20 M 7.5 15 L 11 10.5 L 14 13 L 19.5 6.5";
    case Icon::check:
      return "M 5 12.5 L 10 17.5 L 19 7";
    case Icon::chevron_down:
      return "M 6 9.5 L 12 15.5 L 18 9.5";
    case Icon::chevron_right:
      return "M 9.5 6 L 15.5 12 L 9.5 18";
    case Icon::clock:
      return "O 12 12 8.5 M 12 7 L 12 12 L 15.5 14";
    case Icon::close:
      return "M 6 6 L 18 18 M 18 6 L 6 18";
    case Icon::compare:
      return "M 12 3.5 L 12 20.5 M 8.5 7 L 4 7 L 4 17 L 8.5 17 M 15.5 7 L 20 7 L 20 17 L 15.5 17";
    case Icon::copy:
      return "R 8.5 8.5 11.5 11.5 2 M 5.5 15.5 L 4 15.5 L 4 4 L 15.5 4 L 15.5 5.5";
    case Icon::delete_:
      return "M 4 6.5 L 20 6.5 M 9 6.5 L 9 4 L 15 4 L 15 6.5 M 6 6.5 L 7 20 L 17 20 L 18 6.5 M 10 "
             "10.5 L 10 16 M 14 10.5 L 14 16";
    case Icon::device:
      return "R 6 6 12 12 2 R 9.5 9.5 5 5 1 M 9 3 L 9 6 M 15 3 L 15 6 M 9 18 L 9 21 M 15 18 L 15 "
             "21 M 3 9 L 6 9 M 3 15 L 6 15 M 18 9 L 21 9 M 18 15 L 21 15";
    case Icon::document:
      return "M 6 3.5 L 14 3.5 L 18.5 8 L 18.5 20.5 L 6 20.5 Z M 14 3.5 L 14 8 L 18.5 8 M 9 12.5 L "
             "15.5 12.5 M 9 16 L 15.5 16";
    case Icon::download:
      return "M 12 4 L 12 15 M 7 10.5 L 12 15.5 L 17 10.5 M 4.5 20 L 19.5 20";
    case Icon::edit:
      return "M 4 20 L 5 15.5 L 16 4.5 L 19.5 8 L 8.5 19 Z M 13.5 7 L 17 10.5";
    case Icon::error:
      return "O 12 12 8.5 M 12 7.5 L 12 13 M 12 16 L 12 16.2";
    case Icon::evaluate:
      return "M 4.5 17.5 A 12 14.5 8 200 -220 M 12 14.5 L 16 9.5 O 12 14.5 1.3 M 6 20 L 18 20";
    case Icon::export_:
      return "M 12 15.5 L 12 4 M 7.5 8.5 L 12 4 L 16.5 8.5 M 5 13 L 5 20 L 19 20 L 19 13";
    case Icon::eye:
      return "M 2.5 12 C 6 5 18 5 21.5 12 C 18 19 6 19 2.5 12 Z O 12 12 3";
    case Icon::filter:
      return "M 4 5 L 20 5 L 14 12.5 L 14 18 L 10 20 L 10 12.5 Z";
    case Icon::flag:
      return "M 6 21 L 6 4 M 6 5 L 18.5 5 L 15.5 9.5 L 18.5 14 L 6 14";
    case Icon::folder:
      return "M 3.5 6 L 9.5 6 L 11.5 8.5 L 20.5 8.5 L 20.5 19 L 3.5 19 Z";
    case Icon::help:
      return "O 12 12 8.5 M 9.5 9.5 C 9.5 6.2 14.5 6.2 14.5 9.5 C 14.5 11.6 12 11.6 12 13.7 M 12 "
             "16.4 L 12 16.6";
    case Icon::info:
      return "O 12 12 8.5 M 12 11 L 12 16.5 M 12 7.8 L 12 8";
    case Icon::key:
      return "O 8 15.5 4 M 11 12.5 L 19.5 4 M 15.5 8 L 18.5 11";
    case Icon::link:
      return "M 10 14 L 14 10 M 11 7.5 L 13.5 5 C 16.5 2 22 7.5 19 10.5 L 16.5 13 M 13 16.5 L 10.5 "
             "19 C 7.5 22 2 16.5 5 13.5 L 7.5 11";
    case Icon::list:
      return "M 9 6 L 20 6 M 9 12 L 20 12 M 9 18 L 20 18 O 4.5 6 0.5 O 4.5 12 0.5 O 4.5 18 0.5";
    case Icon::memory:
      return "R 3 7 18 9 1.5 M 7 10 L 7 13 M 12 10 L 12 13 M 17 10 L 17 13 M 6 16 L 6 19 M 10 16 L "
             "10 19 M 14 16 L 14 19 M 18 16 L 18 19";
    case Icon::models:
      return "M 12 3 L 20 7.5 L 20 16.5 L 12 21 L 4 16.5 L 4 7.5 Z M 4 7.5 L 12 12 L 20 7.5 M 12 "
             "12 "
             "L 12 21";
    case Icon::more:
      return "O 5 12 0.8 O 12 12 0.8 O 19 12 0.8";
    case Icon::open:
      return "M 13.5 4 L 20 4 L 20 10.5 M 20 4 L 11 13 M 17 14 L 17 20 L 4 20 L 4 7 L 10 7";
    case Icon::pause:
      return "R 6.5 5 3.5 14 1 R 14 5 3.5 14 1";
    case Icon::pin:
      return "M 12 21 L 12 15 M 7 15 L 17 15 L 14.5 11.5 L 14.5 4.5 L 9.5 4.5 L 9.5 11.5 Z";
    case Icon::play:
      return "M 7 4.5 L 19 12 L 7 19.5 Z";
    case Icon::refresh:
      return "A 12 12 7.5 30 -300 M 19.5 3.5 L 19.5 8.5 L 14.5 8.5";
    case Icon::runs:
      return "R 4 4 16 16 2.5 M 8 16 L 8 12 M 12 16 L 12 8 M 16 16 L 16 10.5";
    case Icon::search:
      return "O 10.5 10.5 6 M 15 15 L 20 20";
    case Icon::settings:
      return "M 4 7 L 13 7 M 18 7 L 20 7 O 15.5 7 2.3 M 4 17 L 6 17 M 11 17 L 20 17 O 8.5 17 2.3";
    case Icon::speed:
      return "M 13 3 L 5 13.5 L 11 13.5 L 10 21 L 19 10 L 12.5 10 Z";
    case Icon::star:
      return "M 12 3.5 L 14.6 9 L 20.5 9.8 L 16.2 14 L 17.3 20 L 12 17.1 L 6.7 20 L 7.8 14 L 3.5 "
             "9.8 L 9.4 9 Z";
    case Icon::tag:
      return "M 4 4 L 12 4 L 20.5 12.5 L 12.5 20.5 L 4 12 Z O 8.3 8.3 1";
    case Icon::undo:
      return "M 8.5 5 L 4 9.5 L 8.5 14 M 4 9.5 L 14 9.5 A 14 14.5 5 90 -180 L 9 19.5";
    case Icon::warning:
      return "M 12 4 L 21 19.5 L 3 19.5 Z M 12 10 L 12 14 M 12 16.6 L 12 16.8";
    case Icon::count_:
      break;
  }
  return "";
}

template <size_t N>
std::array<double, N> numbers(std::istringstream& in) {
  std::array<double, N> values{};
  for (double& value : values) in >> value;
  return values;
}

void arc(QPainterPath& path, const std::array<double, 5>& a) {
  QRectF box(a[0] - a[2], a[1] - a[2], 2 * a[2], 2 * a[2]);
  path.arcMoveTo(box, a[3]);
  path.arcTo(box, a[3], a[4]);
}

}  // namespace

QPainterPath icon_path(Icon which) {
  QPainterPath path;
  std::istringstream in(lines_of(which));
  in.imbue(std::locale::classic());
  for (char letter = 0; in >> letter;) {
    switch (letter) {
      case 'M': {
        auto [x, y] = numbers<2>(in);
        path.moveTo(x, y);
        break;
      }
      case 'L': {
        auto [x, y] = numbers<2>(in);
        path.lineTo(x, y);
        break;
      }
      case 'C': {
        auto [x1, y1, x2, y2, x, y] = numbers<6>(in);
        path.cubicTo(x1, y1, x2, y2, x, y);
        break;
      }
      case 'O': {
        auto [x, y, r] = numbers<3>(in);
        path.addEllipse(QPointF(x, y), r, r);
        break;
      }
      case 'R': {
        auto [x, y, w, h, r] = numbers<5>(in);
        path.addRoundedRect(x, y, w, h, r, r);
        break;
      }
      case 'A':
        arc(path, numbers<5>(in));
        break;
      case 'Z':
        path.closeSubpath();
        break;
      default:
        Q_ASSERT_X(false, "icon_path", "unknown letter");
    }
  }
  return path;
}

}  // namespace loom::ui
