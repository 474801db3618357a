# What the static binary holds besides fluke: an SPDX document, the licences, and how to link it again,
# which the LGPL asks for. They are installed beside the manuals.
pkg_check_modules(gmp QUIET gmp)
execute_process(COMMAND "${CMAKE_CXX_COMPILER}" -dM -E -x c++ -include features.h /dev/null
                OUTPUT_VARIABLE macros ERROR_QUIET)
if(macros MATCHES "#define __GLIBC__ ([0-9]+)")
  set(glibc_version "${CMAKE_MATCH_1}")
endif()
if(macros MATCHES "#define __GLIBC_MINOR__ ([0-9]+)")
  string(APPEND glibc_version ".${CMAKE_MATCH_1}")
endif()

set(spdx_packages "")
set(spdx_relationships "")

# component(NAME VERSION LICENCE HOMEPAGE DEBIAN_PACKAGE)
function(component name version licence homepage debian)
  # RE2's description for pkg-config says 0.0.0 on some systems.
  if(version STREQUAL "" OR version STREQUAL "0.0.0")
    execute_process(COMMAND dpkg-query -W -f "\${source:Upstream-Version}" "${debian}"
                    OUTPUT_VARIABLE version RESULT_VARIABLE status ERROR_QUIET)
    if(NOT status EQUAL 0)
      set(version NOASSERTION)
    endif()
  endif()
  string(REPLACE "+" "p" id "SPDXRef-${name}")
  string(APPEND spdx_packages ",
    {
      \"SPDXID\": \"${id}\",
      \"name\": \"${name}\",
      \"versionInfo\": \"${version}\",
      \"homepage\": \"${homepage}\",
      \"downloadLocation\": \"NOASSERTION\",
      \"filesAnalyzed\": false,
      \"licenseConcluded\": \"${licence}\",
      \"licenseDeclared\": \"${licence}\",
      \"copyrightText\": \"NOASSERTION\"
    }")
  string(APPEND spdx_relationships ",
    {
      \"spdxElementId\": \"SPDXRef-fluke\",
      \"relationshipType\": \"STATIC_LINK\",
      \"relatedSpdxElement\": \"${id}\"
    }")
  set(spdx_packages "${spdx_packages}" PARENT_SCOPE)
  set(spdx_relationships "${spdx_relationships}" PARENT_SCOPE)
  install(FILES "/usr/share/doc/${debian}/copyright" RENAME "${name}" OPTIONAL
          DESTINATION "${CMAKE_INSTALL_DOCDIR}/licences")
endfunction()

set(lgpl "LGPL-3.0-or-later OR GPL-2.0-or-later")
set(runtime "GPL-3.0-or-later WITH GCC-exception-3.1")
string(REGEX MATCH "^[0-9]+" gcc "${CMAKE_CXX_COMPILER_VERSION}")
component(CLI11 "${CLI11_VERSION}" BSD-3-Clause https://github.com/CLIUtils/CLI11 libcli11-dev)
component(fmt "${fmt_VERSION}" MIT https://fmt.dev libfmt-dev)
component(nlohmann-json "${nlohmann_json_VERSION}" MIT https://json.nlohmann.me nlohmann-json3-dev)
component(tl-expected "${tl-expected_VERSION}" CC0-1.0 https://tl.tartanllama.xyz libexpected-dev)
component(RE2 "${re2_VERSION}" BSD-3-Clause https://github.com/google/re2 libre2-dev)
if(re2_LIBRARIES MATCHES absl)
  pkg_check_modules(absl QUIET absl_base)
  component(Abseil "${absl_VERSION}" Apache-2.0 https://abseil.io libabsl-dev)
endif()
component(utf8proc "${utf8proc_VERSION}" "MIT AND Unicode-DFS-2015"
          https://juliastrings.github.io/utf8proc libutf8proc-dev)
component(MPFR "${mpfr_VERSION}" LGPL-3.0-or-later https://www.mpfr.org libmpfr-dev)
component(GMP "${gmp_VERSION}" "${lgpl}" https://gmplib.org libgmp-dev)
component(Nettle "${nettle_VERSION}" "${lgpl}" https://www.lysator.liu.se/~nisse/nettle nettle-dev)
component(libstdc++ "${CMAKE_CXX_COMPILER_VERSION}" "${runtime}" https://gcc.gnu.org
          libstdc++-${gcc}-dev)
component(libgcc "${CMAKE_CXX_COMPILER_VERSION}" "${runtime}" https://gcc.gnu.org libgcc-${gcc}-dev)
component(glibc "${glibc_version}" LGPL-2.1-or-later
          https://www.gnu.org/software/libc libc6-dev)

# The time is that of SOURCE_DATE_EPOCH, where it is set when files are installed.
set(created "@created@")
configure_file("${CMAKE_CURRENT_LIST_DIR}/spdx.json.in" "${PROJECT_BINARY_DIR}/spdx.json.in" @ONLY)
configure_file("${CMAKE_CURRENT_LIST_DIR}/RELINKING.in" "${PROJECT_BINARY_DIR}/RELINKING" @ONLY)
install(CODE "
  string(TIMESTAMP created \"%Y-%m-%dT%H:%M:%SZ\" UTC)
  configure_file(\"${PROJECT_BINARY_DIR}/spdx.json.in\" \"${PROJECT_BINARY_DIR}/fluke.spdx.json\"
                 @ONLY)")
install(FILES "${PROJECT_BINARY_DIR}/fluke.spdx.json" "${PROJECT_BINARY_DIR}/RELINKING"
        DESTINATION "${CMAKE_INSTALL_DOCDIR}")
foreach(licence LGPL-3 LGPL-2.1 GPL-3 GPL-2 Apache-2.0)
  install(FILES "/usr/share/common-licenses/${licence}" OPTIONAL
          DESTINATION "${CMAKE_INSTALL_DOCDIR}/licences")
endforeach()
