# The library for other programs: cmake --install BUILD --component fluke-hcl, and in theirs
# find_package(fluke-hcl) and fluke::hcl, or pkg-config fluke-hcl. man/examples/hcl is such a program.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(rooms fluke_hcl_syntax fluke_hcl_value fluke_hcl_functions fluke_hcl_evaluate fluke_hcl_layout)
add_library(fluke_hcl INTERFACE)
target_link_libraries(fluke_hcl INTERFACE ${rooms})
target_compile_features(fluke_hcl INTERFACE cxx_std_20)

foreach(library ${rooms} fluke_hcl fluke_diagnostic fluke_file fluke_text fluke_fmt)
  string(REGEX REPLACE "^fluke_" "" exported ${library})
  set_target_properties(${library} PROPERTIES EXPORT_NAME ${exported})
  target_include_directories(
    ${library} INTERFACE "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/fluke-hcl>")
endforeach()

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/fluke-hcl")
set(version_file "${CMAKE_CURRENT_BINARY_DIR}/fluke-hcl-config-version.cmake")
write_basic_package_version_file("${version_file}" COMPATIBILITY SameMinorVersion)
install(TARGETS ${rooms} fluke_hcl fluke_diagnostic fluke_file fluke_text fluke_fmt EXPORT fluke-hcl
        ARCHIVE COMPONENT fluke-hcl EXCLUDE_FROM_ALL)
install(EXPORT fluke-hcl FILE fluke-hcl-targets.cmake NAMESPACE fluke:: DESTINATION "${package_dir}"
        COMPONENT fluke-hcl EXCLUDE_FROM_ALL)
install(FILES fluke-hcl-config.cmake "${version_file}" DESTINATION "${package_dir}"
        COMPONENT fluke-hcl EXCLUDE_FROM_ALL)

# What pkg-config says names each archive before those that it needs, and the prefix by where it lies.
set(archives ${rooms})
list(REVERSE archives)
list(APPEND archives fluke_diagnostic fluke_file fluke_text)
set(requires libutf8proc mpfr nettle re2)
if(FLUKE_STATIC)
  list(APPEND archives fluke_fmt)
else()
  list(APPEND requires fmt)
endif()
list(TRANSFORM archives PREPEND -l)
list(JOIN archives " " archives)
list(JOIN requires " " requires)
file(RELATIVE_PATH to_prefix "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" /)
configure_file(fluke-hcl.pc.in fluke-hcl.pc @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/fluke-hcl.pc"
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT fluke-hcl EXCLUDE_FROM_ALL)
foreach(folder text file diagnostic hcl)
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/lib/${folder}"
          DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/fluke-hcl" COMPONENT fluke-hcl EXCLUDE_FROM_ALL
          FILES_MATCHING PATTERN "*.h")
endforeach()
