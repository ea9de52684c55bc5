# One static library per folder. A target sees only what it lists, so a wrong arrow does not link.
#   loom_library(NAME SOURCES a.cpp b.cpp PUBLIC loom_base PRIVATE loom_text [QT] [TORCH] [COLD] [PRECOMPILED none])

add_library(loom_warnings INTERFACE)
target_compile_options(loom_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow
  -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast -Wundef -Wformat=2
  -Wno-missing-field-initializers)  # designated initialisers leave defaults on purpose
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 reports overlapping and overlong copies in std::string's operator+ and insert that cannot
  # happen (bugs 105651, 105329), the more so where the header was precompiled.
  target_compile_options(loom_warnings INTERFACE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow
    -Wno-stringop-overread)
endif()
if(LOOM_WARNINGS_AS_ERRORS)
  target_compile_options(loom_warnings INTERFACE -Werror)
endif()
if(LOOM_SANITIZE)
  add_compile_options(-fsanitize=${LOOM_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=${LOOM_SANITIZE})
  # Tests take ten times as long then. Qt's and the fonts' libraries leave memory behind at exit.
  set(LOOM_TEST_PATIENCE 10)
  set(LOOM_TEST_ENVIRONMENT LOOM_TEST_PATIENCE=${LOOM_TEST_PATIENCE} QTEST_FUNCTION_TIMEOUT=3000000
    ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1)
  # Instrumented code makes GCC lose sight of what std::regex and std::function have initialised.
  target_compile_options(loom_warnings INTERFACE -Wno-maybe-uninitialized)
endif()
# Shipped binaries run on any x86-64-v2 machine; kernels choose wider instructions at run time.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  add_compile_options(-march=x86-64-v2)
endif()

set(LOOM_QT_DEFINITIONS QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_USE_QSTRINGBUILDER)
# Tests measure what the libraries do; their own code is compiled quickly rather than for speed.
set(LOOM_TEST_OPTIONS -O1)
include(LoomPrecompiled)
# Half of a file's compile time goes to headers and to templates that its neighbours instantiate as
# well; several files read as one take a third of the time of the same files apart. Sources include
# what they use and build alone too, which is quicker while one of them is being edited.
option(LOOM_UNITY_BUILD "Compile several files of a library together" ON)

# COLD: no time is spent in it that a user would notice; compiled quickly rather than for speed. The
# window always is: what it shows is read by core and painted by Qt.
function(loom_configure target)
  cmake_parse_arguments(L "QT;TORCH;COLD" "PRECOMPILED" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  target_include_directories(${target} PUBLIC "${CMAKE_SOURCE_DIR}")
  target_link_libraries(${target} PUBLIC ${L_PUBLIC} PRIVATE loom_warnings ${L_PRIVATE})
  target_compile_options(${target} PRIVATE -fPIC)
  set(kind standard)
  if(L_QT)
    target_compile_definitions(${target} PRIVATE ${LOOM_QT_DEFINITIONS})
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    set(kind widgets)
  endif()
  if(L_TORCH)
    target_link_libraries(${target} PUBLIC loom_libtorch)
    set(kind tensors)
  endif()
  if(L_PRECOMPILED)
    set(kind ${L_PRECOMPILED})
  endif()
  loom_use_precompiled(${target} ${kind})
  if(L_COLD OR L_QT)
    target_compile_options(${target} PRIVATE -O1)
  endif()
endfunction()

function(loom_library name)
  cmake_parse_arguments(L "QT;TORCH;COLD" "PRECOMPILED" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${L_SOURCES})
  loom_configure(${name} ${ARGN})
  set_target_properties(${name} PROPERTIES UNITY_BUILD ${LOOM_UNITY_BUILD} UNITY_BUILD_BATCH_SIZE 6)
endfunction()

function(loom_executable name)
  cmake_parse_arguments(L "QT;TORCH;COLD" "PRECOMPILED" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_executable(${name} ${L_SOURCES})
  loom_configure(${name} ${ARGN})
endfunction()

# loom_test(metrics/rouge_test LINK loom_metrics [QT] [TORCH] [LABELS slow] [TIMEOUT 120])
# The file is PATH.cpp below the calling folder; the test is named after it. It ends in
# #include "NAME.moc", which is made here directly: AUTOMOC would compile one empty file per test.
function(loom_test path)
  cmake_parse_arguments(T "QT;TORCH" "TIMEOUT;PRECOMPILED" "LINK;LABELS;SOURCES" ${ARGN})
  string(REPLACE "/" "." name "${path}")
  file(RELATIVE_PATH folder "${CMAKE_SOURCE_DIR}/tests" "${CMAKE_CURRENT_SOURCE_DIR}")
  if(folder)
    string(REPLACE "/" "." folder "${folder}")
    set(name "${folder}.${name}")
  endif()
  get_filename_component(file_name "${path}" NAME)
  set(moc "${CMAKE_CURRENT_BINARY_DIR}/${name}_moc/${file_name}.moc")
  qt_generate_moc("${CMAKE_CURRENT_SOURCE_DIR}/${path}.cpp" "${moc}")
  add_executable(${name} ${path}.cpp ${T_SOURCES} "${moc}")
  target_include_directories(${name} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${name}_moc")
  set(flags)
  set(kind tests)
  if(T_QT)
    list(APPEND flags QT)
    set(kind widget_tests)
  endif()
  if(T_TORCH)
    list(APPEND flags TORCH)
    set(kind tensor_tests)
  endif()
  if(T_PRECOMPILED)
    set(kind ${T_PRECOMPILED})
  endif()
  loom_configure(${name} PRIVATE ${T_LINK} loom_test_support Qt6::Core Qt6::Test ${flags} PRECOMPILED ${kind})
  set_target_properties(${name} PROPERTIES AUTOMOC OFF RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  target_compile_definitions(${name} PRIVATE QT_NO_KEYWORDS)
  target_compile_options(${name} PRIVATE ${LOOM_TEST_OPTIONS})
  add_test(NAME ${name} COMMAND ${name})
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${T_LABELS}")
  # Tests run side by side; threads that spin for each other would slow all of them.
  loom_test_limits(${name} ${T_TIMEOUT} QT_QPA_PLATFORM=offscreen GOMP_SPINCOUNT=1000)
endfunction()

# Seconds that a test may take, and its environment (NAME=VALUE ...).
function(loom_test_limits name seconds)
  if(LOOM_TEST_PATIENCE)
    math(EXPR seconds "${seconds} * ${LOOM_TEST_PATIENCE}")
  endif()
  set(environment ${ARGN} ${LOOM_TEST_ENVIRONMENT})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${seconds} ENVIRONMENT "${environment}")
endfunction()
