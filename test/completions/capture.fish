# capture.fish SCRIPT LINE: prints what fish offers when Tab is pressed behind LINE, one a line.
source $argv[1]
complete -C $argv[2] | string replace --regex '\t.*' ''
