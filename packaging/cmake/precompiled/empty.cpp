// Carries a precompiled header; see packaging/cmake/LoomPrecompiled.cmake.
