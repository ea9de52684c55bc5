// A field with the names that tests and screen readers know it by.
#pragma once

#include <QString>

namespace loom::ui {

template <typename Field>
Field* named(Field* field, const char* object, const QString& name) {
  field->setObjectName(QLatin1String(object));
  field->setAccessibleName(name);
  return field;
}

}  // namespace loom::ui
