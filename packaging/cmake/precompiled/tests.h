#pragma once

#include "packaging/cmake/precompiled/standard.h"

#include <QtTest/QtTest>
