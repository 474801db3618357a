# Completion of fluke's command line in fish: fluke itself says what may stand there.

# Sets __fluke_offered to what fluke offers; fails where that is files, which fish knows by itself.
function __fluke_ask
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines ($words[1] complete $words[2..] "$current" </dev/null 2>/dev/null)
    set -l first (string split \t -- "$lines[1]")
    set -g __fluke_offered
    switch $first[1]
        case files
            return 1
        case directories
            set __fluke_offered (__fish_complete_directories $current)
        case words
            set __fluke_offered $first[2]$lines[2..]
    end
    return 0
end

complete -c fluke -n __fluke_ask -f -a '$__fluke_offered'
