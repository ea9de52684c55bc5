#pragma once

#include "packaging/cmake/precompiled/standard.h"

#include <QtWidgets/QtWidgets>
