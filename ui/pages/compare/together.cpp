#include "ui/pages/compare/together.h"

#include <algorithm>

namespace loom::ui {

Result<Together> read_together(const RunQueries& queries, const std::vector<int64_t>& runs) {
  std::vector<ComparedPart> parts;
  for (int64_t run : runs) parts.push_back({run, {}});
  Together together;
  LOOM_TRY(together.compared, read_parts(queries, parts));
  const TaskKeys keys = task_keys(together.compared);
  together.tasks_shared = keys.shared.size();
  together.tasks_all = keys.all.size();
  for (size_t part = 0; part < parts.size(); ++part) {
    together.all.push_back(part_summary(together.compared, part, keys.all));
    together.shared.push_back(part_summary(together.compared, part, keys.shared));
    together.devices =
        std::max(together.devices, together.compared.provenances[part].devices.size());
  }
  together.differences = differences_that_matter(together.compared, together.all);
  return together;
}

}  // namespace loom::ui
