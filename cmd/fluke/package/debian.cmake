# The Debian package that CPack makes of an installation. ./bootstrap package calls it. Two builds of one
# commit give the same bytes: SOURCE_DATE_EPOCH dates everything.
set(CPACK_PACKAGE_NAME fluke)
set(CPACK_PACKAGE_VENDOR "The fluke authors")
set(CPACK_PACKAGE_CONTACT "The fluke authors <fluke@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "bring a host to its desired state with git and mise")
set(CPACK_PACKAGE_DESCRIPTION
"fluke reads a manifest that names directories. Each says in its own mise
tasks how to check whether it is as it should be, and how to make it so.
fluke pulls, checks, applies only where the check says no, checks again, and
tells what happened in one line each and one exit code.
.
It needs mise (https://mise.jdx.dev), which is not part of Debian: install it
from its own repository, to /usr/local/bin or below the home of the user who
runs fluke. \"fluke doctor\" tells whether it is found.")
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/layout.cmake")

set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
if(CMAKE_CROSSCOMPILING AND CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64")
  set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE arm64)
endif()
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_DEPENDS git)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS openssh-client)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    "${CMAKE_CURRENT_LIST_DIR}/conffiles" "${CMAKE_CURRENT_LIST_DIR}/postinst"
    "${CMAKE_CURRENT_LIST_DIR}/prerm" "${CMAKE_CURRENT_LIST_DIR}/postrm")
include(CPack)
