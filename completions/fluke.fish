# Completion of fluke's command line in fish.

set -l commands run check validate list fmt doctor init completion help

# The words before the cursor but the program and the options that stand before the subcommand.
function __fluke_arguments
    set -l words (commandline -opc)
    set -e words[1]
    string join -- \n $words
end

# Is the cursor behind one of these subcommands?
function __fluke_is_in
    set -l words (__fluke_arguments | string match --invert -- '-*')
    contains -- "$words[1]" $argv
end

# Is the subcommand still to come?
function __fluke_needs_command
    not __fluke_arguments | string match --quiet --invert -- '-*'
end

# What the manifests on the line have to offer (resources or variables), told by the fluke on the
# line.
function __fluke_from_manifests
    set -l program (commandline -opc)[1]
    set -l manifests
    set -l variables
    set -l option
    for word in (__fluke_arguments)[2..]
        if test -n "$option"
            string match --quiet -- '--var*' $option
            and set --append variables $option=$word
            set option
        else if string match --quiet --regex -- '^--var(-file)?=' $word
            set --append variables $word
        else if contains -- $word --only --skip --timeout --lock-timeout --splay --format --report --color --mise --git --var --var-file
            set option $word
        else if not string match --quiet -- '-*' $word
            set --append manifests (string replace --regex '^~/' "$HOME/" -- $word)
        end
    end
    test (count $manifests) -gt 0
    and $program complete $argv $variables $manifests </dev/null 2>/dev/null
end

function __fluke_variables
    __fluke_from_manifests variables | string replace \t =\t
end

# A kind, then files behind it.
function __fluke_reports
    set -l typed (commandline -ct | string replace --regex '^--report=' '')
    set -l kind (string match --regex '^[a-z]+=' -- $typed)
    if test "$kind" = github=
        echo github=off
    else if test -n "$kind"
        __fish_complete_path (string replace $kind '' -- $typed) | string replace --regex '^' $kind
    else
        string join -- \n json= jsonl= junit= prometheus= html= github
    end
end

complete -c fluke -f
complete -c fluke -n __fluke_needs_command -s h -l help -d 'Print help'
complete -c fluke -n __fluke_needs_command -l version -d 'Print the version'
complete -c fluke -n __fluke_needs_command -a run -d 'Bring every resource to its desired state'
complete -c fluke -n __fluke_needs_command -a check -d 'Show drift and change nothing'
complete -c fluke -n __fluke_needs_command -a validate -d 'Read the manifests and start no process'
complete -c fluke -n __fluke_needs_command -a list -d 'Print the names of the resources'
complete -c fluke -n __fluke_needs_command -a fmt -d 'Lay manifests out in their canonical form'
complete -c fluke -n __fluke_needs_command -a doctor -d 'Show what a run would meet on this host'
complete -c fluke -n __fluke_needs_command -a init -d 'Write a first manifest for a directory'
complete -c fluke -n __fluke_needs_command -a completion -d 'Print the completion script of a shell'
complete -c fluke -n __fluke_needs_command -a help -d 'Print the help of a command'

complete -c fluke -n "__fluke_is_in $commands" -s h -l help -d 'Print help'
complete -c fluke -n '__fluke_is_in help' -a "$commands"
complete -c fluke -n '__fluke_is_in completion' -a 'bash zsh fish'

set -l takes_manifests '__fluke_is_in run check validate list doctor'
complete -c fluke -n $takes_manifests -F
complete -c fluke -n '__fluke_is_in list doctor' -l format -x -a 'text json' -d 'How the result is printed'
complete -c fluke -n '__fluke_is_in run check validate' -l format -x -a 'text json jsonl' -d 'How the result is printed'
complete -c fluke -n '__fluke_is_in run check validate' -l report -x -a '(__fluke_reports)' -d 'Write a report to a file'
complete -c fluke -n '__fluke_is_in run check validate list fmt doctor' -l color -x -a 'auto always never' -d 'When to colour'
complete -c fluke -n $takes_manifests -l var -x -a '(__fluke_variables)' -d 'Set a variable'
complete -c fluke -n $takes_manifests -l var-file -r -F -d 'Set variables from a file'
complete -c fluke -n $takes_manifests -s q -l quiet -d 'Say only what changed or failed'

complete -c fluke -n '__fluke_is_in fmt' -F
complete -c fluke -n '__fluke_is_in fmt' -l check -d 'List what would change'
complete -c fluke -n '__fluke_is_in fmt' -l diff -d 'Show what would change'

complete -c fluke -n '__fluke_is_in init' -x -a '(__fish_complete_directories)'
complete -c fluke -n '__fluke_is_in init' -l tasks -d 'Also write the tasks that are missing'
complete -c fluke -n '__fluke_is_in init' -l example -d 'Make a toy to try'

set -l chooses '__fluke_is_in run check list doctor'
complete -c fluke -n $chooses -l only -x -a '(__fluke_from_manifests resources)' -d 'Take only this resource'
complete -c fluke -n $chooses -l skip -x -a '(__fluke_from_manifests resources)' -d 'Leave this resource out'

set -l reconciles '__fluke_is_in run check'
complete -c fluke -n '__fluke_is_in run check doctor' -l timeout -x -d 'Deadline of each command'
complete -c fluke -n $reconciles -l lock-timeout -x -d 'How long to wait for a directory in use'
complete -c fluke -n $reconciles -l splay -x -d 'Wait first, at most so long'
complete -c fluke -n $reconciles -l fail-fast -d 'Stop at the first failure'
complete -c fluke -n $reconciles -s v -l verbose -d 'Show the output of every command'
complete -c fluke -n '__fluke_is_in validate' -l tasks -d 'Also ask mise whether the tasks exist'
complete -c fluke -n '__fluke_is_in run check validate doctor init' -l mise -r -F -d 'The mise program'
complete -c fluke -n '__fluke_is_in run check doctor init' -l git -r -F -d 'The git program'
complete -c fluke -n '__fluke_is_in run' -l detailed-exitcode -d 'Exit 2 when something was applied or updated'
