#pragma once

#include "core/engine/precompiled.h"

#include <QtTest/QtTest>
