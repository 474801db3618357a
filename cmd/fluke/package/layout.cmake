# CPack runs this on the files that it is about to pack: lays them out as a Debian package wants them,
# and dates them all alike.
set(root "${CPACK_TEMPORARY_INSTALL_DIRECTORY}")
set(source "${CMAKE_CURRENT_LIST_DIR}")
set(doc "${root}/usr/share/doc/fluke")
set(epoch "$ENV{SOURCE_DATE_EPOCH}")

# in_order(COMMAND...): runs it, or fails.
function(in_order)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# CPack installs below /usr; settings and units have their places elsewhere.
file(RENAME "${root}/usr/etc" "${root}/etc")
file(MAKE_DIRECTORY "${root}/etc/fluke")
file(RENAME "${root}/usr/lib" "${root}/lib")

# Debian's own log of the package, beside that of the program; and the licence once.
execute_process(COMMAND date --utc --rfc-email "--date=@${epoch}" OUTPUT_VARIABLE date
                OUTPUT_STRIP_TRAILING_WHITESPACE)
file(WRITE "${doc}/changelog.Debian"
     "fluke (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium\n\n"
     "  * Packaged as it was released; see changelog.gz for what is new.\n\n"
     " -- ${CPACK_PACKAGE_CONTACT}  ${date}\n")
file(RENAME "${doc}/CHANGELOG.md" "${doc}/changelog")
file(REMOVE "${doc}/LICENSE")
# Debian has these, under /usr/share/common-licenses.
foreach(licence Apache-2.0 GPL-2 GPL-3 LGPL-2.1 LGPL-3)
  file(REMOVE "${doc}/licences/${licence}")
endforeach()
file(COPY_FILE "${source}/copyright" "${doc}/copyright")
file(MAKE_DIRECTORY "${root}/usr/share/lintian/overrides")
file(COPY_FILE "${source}/lintian-overrides" "${root}/usr/share/lintian/overrides/fluke")
file(GLOB manuals "${root}/usr/share/man/man*/*")
in_order(gzip -9n "${doc}/changelog" "${doc}/changelog.Debian" ${manuals})

# Whatever the umask of the builder was.
in_order(chmod -R u=rwX,go=rX "${root}")
in_order(find "${root}" -exec touch --no-dereference "--date=@${epoch}" "{}" +)
