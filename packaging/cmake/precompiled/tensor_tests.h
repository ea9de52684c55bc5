#pragma once

#include "packaging/cmake/precompiled/tensors.h"

#include <QtTest/QtTest>
