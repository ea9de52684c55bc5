# Headers of tensors, widgets, JSON and the standard library took most of a build's time: six
# precompiled headers, each built once and shared by all targets of its kind. GCC takes one only
# where flags agree, so every target is compiled as position-independent code with the flags of its
# kind; -Winvalid-pch with -Werror tells when they part. Sources include what they use and build
# without them as well.
option(LOOM_PRECOMPILED_HEADERS "Read common headers precompiled" ON)

function(loom_precompiled kind)
  cmake_parse_arguments(P "" "HEADER" "LINK;DEFINE;OPTIONS" ${ARGN})
  if(NOT P_HEADER)
    set(P_HEADER packaging/cmake/precompiled/${kind}.h)
  endif()
  set(target loom_precompiled_${kind})
  add_library(${target} OBJECT "${CMAKE_SOURCE_DIR}/packaging/cmake/precompiled/empty.cpp")
  target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}")
  target_link_libraries(${target} PRIVATE loom_warnings ${P_LINK})
  target_compile_definitions(${target} PRIVATE ${P_DEFINE})
  target_compile_options(${target} PRIVATE ${P_OPTIONS})
  target_precompile_headers(${target} PRIVATE "${CMAKE_SOURCE_DIR}/${P_HEADER}")
endfunction()

if(LOOM_PRECOMPILED_HEADERS)
  loom_precompiled(standard)
  # That of the tensors, core/engine/precompiled.h, is made in core/engine.
  if(LOOM_BUILD_DESKTOP)
    loom_precompiled(widgets LINK Qt6::Widgets DEFINE ${LOOM_QT_DEFINITIONS})
  endif()
  if(LOOM_BUILD_TESTS)
    loom_precompiled(tests LINK Qt6::Test DEFINE QT_NO_KEYWORDS OPTIONS ${LOOM_TEST_OPTIONS})
    loom_precompiled(tensor_tests LINK loom_libtorch Qt6::Test DEFINE QT_NO_KEYWORDS OPTIONS ${LOOM_TEST_OPTIONS})
  endif()
  if(LOOM_BUILD_TESTS AND LOOM_BUILD_DESKTOP)
    loom_precompiled(widget_tests LINK Qt6::Widgets Qt6::Test DEFINE ${LOOM_QT_DEFINITIONS} OPTIONS ${LOOM_TEST_OPTIONS})
  endif()
endif()

# KIND is a header in packaging/cmake/precompiled, "tensors" or "none". A build without a desktop or
# without tests has not all of them.
function(loom_use_precompiled target kind)
  if(TARGET loom_precompiled_${kind})
    target_precompile_headers(${target} REUSE_FROM loom_precompiled_${kind})
  endif()
endfunction()
