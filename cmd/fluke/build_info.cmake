# Run at each build: writes OUTPUT from INPUT with what git says of the checkout SOURCE, and leaves it
# alone where nothing has changed. Without a checkout, FLUKE_COMMIT tells the commit and
# SOURCE_DATE_EPOCH the time.
function(ask variable default)
  # Whoever works in the checkout meanwhile must not find its index locked.
  execute_process(COMMAND git --no-optional-locks -C "${SOURCE}" ${ARGN} OUTPUT_VARIABLE answer
                  RESULT_VARIABLE status OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT status EQUAL 0)
    set(answer "${default}")
  endif()
  set(${variable} "${answer}" PARENT_SCOPE)
endfunction()

set(epoch 0)
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  set(epoch "$ENV{SOURCE_DATE_EPOCH}")
endif()
# A source tree that was unpacked inside some other checkout is not of that.
ask(top "" rev-parse --show-toplevel)
file(REAL_PATH "${SOURCE}" source)
if(top STREQUAL source)
  ask(commit unknown rev-parse HEAD)
  ask(changes "" status --porcelain --untracked-files=no)
  if(NOT changes STREQUAL "")
    string(APPEND commit -dirty)
  endif()
  ask(seconds ${epoch} log -1 --format=%ct)
else()
  set(commit unknown)
  if(NOT "$ENV{FLUKE_COMMIT}" STREQUAL "")
    set(commit "$ENV{FLUKE_COMMIT}")
  endif()
  set(seconds ${epoch})
endif()
configure_file("${INPUT}" "${OUTPUT}" @ONLY)
