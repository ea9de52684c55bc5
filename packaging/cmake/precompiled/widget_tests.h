#pragma once

#include "packaging/cmake/precompiled/widgets.h"

#include <QtTest/QtTest>
